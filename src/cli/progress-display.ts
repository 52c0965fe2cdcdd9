import { MultiBar, type SingleBar } from 'cli-progress';
import type { CrawlProgress } from '../crawl/progress.js';
import { say, type Terminal } from './terminal.js';

/** Milliseconds between two plain lines, where there is no terminal to draw a bar on. */
const lineInterval = 10_000;
/** Milliseconds between two drawings of the bar. */
const drawInterval = 200;

const megabytes = new Intl.NumberFormat('en', {
  style: 'unit',
  unit: 'megabyte',
  maximumFractionDigits: 1,
});
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A number of bytes for people, in megabytes of 1,000,000 bytes. */
export function inMegabytes(bytes: number): string {
  return megabytes.format(bytes / 1e6);
}

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '…';
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

interface Description {
  rate: string;
  left: string;
  /** What comes after the photos; empty before. */
  after: string;
}

function describe(progress: CrawlProgress, begun: number): Description {
  const seconds = (performance.now() - begun) / 1000;
  const done = progress.saved + progress.failed;
  const pace = seconds === 0 ? 0 : done / seconds;
  const open = Math.max(0, progress.listed - progress.alreadyHad - done);
  const { thumbnails } = progress;
  return {
    rate: `${number.format(pace)}/s`,
    left: duration(open / pace),
    after: thumbnails > 0 ? ` · ${number.format(thumbnails)} thumbnails looked at` : '',
  };
}

/** Shows a crawl's progress until it is told to stop. */
export interface ProgressDisplay {
  stop(): void;
}

/** A bar on a terminal, a plain line now and then elsewhere. */
export function showProgress(terminal: Terminal, progress: CrawlProgress): ProgressDisplay {
  const begun = performance.now();
  return terminal.err.isTTY === true
    ? drawBar(terminal, progress, begun)
    : printLines(terminal, progress, begun);
}

function printLines(terminal: Terminal, progress: CrawlProgress, begun: number): ProgressDisplay {
  const timer = setInterval(() => {
    const { rate, left, after } = describe(progress, begun);
    const { pages, listed, saved, alreadyHad, failed, bytes } = progress;
    say(
      terminal,
      `${pages} pages · ${listed} photos listed · ${saved} saved (${inMegabytes(bytes)}) · ${alreadyHad} already had · ${failed} failed · ${rate} · ${left} left${after}`,
    );
  }, lineInterval);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

function drawBar({ err }: Terminal, progress: CrawlProgress, begun: number): ProgressDisplay {
  const bars = new MultiBar({
    stream: err as NodeJS.WriteStream,
    format: '{bar} {done}/{total} photos · {pages} pages · {size} · {rate} · {left} left{after}',
    barsize: 20,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    forceRedraw: true,
    gracefulExit: false,
  });
  const state = () => ({
    done: progress.alreadyHad + progress.saved + progress.failed,
    pages: progress.pages,
    size: inMegabytes(progress.bytes),
    ...describe(progress, begun),
  });
  const bar: SingleBar = bars.create(1, 0, state());
  const draw = (): void => {
    const now = state();
    bar.setTotal(Math.max(progress.listed, now.done, 1));
    bar.update(now.done, now);
  };
  const timer = setInterval(draw, drawInterval);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      bars.stop();
    },
  };
}
