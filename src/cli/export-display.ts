import { SingleBar } from 'cli-progress';
import { say, type Terminal } from './terminal.js';

/** Milliseconds between two plain lines, where there is no terminal to draw a bar on. */
const lineInterval = 10_000;

/** Shows how many photos of an export are done, until it is told to stop. */
export interface ExportDisplay {
  show(done: number, total: number): void;
  stop(): void;
}

/** A bar on a terminal, a plain line now and then elsewhere. */
export function showExport(terminal: Terminal): ExportDisplay {
  return terminal.err.isTTY === true ? drawBar(terminal) : printLines(terminal);
}

function printLines(terminal: Terminal): ExportDisplay {
  let last = performance.now();
  return {
    show(done, total) {
      if (performance.now() - last < lineInterval) return;
      last = performance.now();
      say(terminal, `${done} of ${total} photos`);
    },
    stop: () => undefined,
  };
}

/** cli-progress gives a word in place of seconds as long as it does not know. */
function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '…';
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

function drawBar({ err }: Terminal): ExportDisplay {
  const bar = new SingleBar({
    stream: err as NodeJS.WriteStream,
    format: '{bar} {value}/{total} photos · {eta_formatted} left',
    formatTime: duration,
    barsize: 20,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    gracefulExit: false,
  });
  let isDrawn = false;
  return {
    show(done, total) {
      if (isDrawn) bar.update(done);
      else bar.start(total, done);
      isDrawn = true;
    },
    stop: () => bar.stop(),
  };
}
