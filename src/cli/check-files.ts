import { SingleBar } from 'cli-progress';
import type { RunControl } from '../crawl/run-control.js';
import {
  type CheckedFiles,
  type CheckProgress,
  checkFiles,
  type NamedFile,
} from '../rescue/check-files.js';
import { plainText } from '../text/plain-text.js';
import { inMegabytes } from './progress-display.js';
import { say, type Terminal } from './terminal.js';

/** Milliseconds between two plain lines, where there is no terminal to draw a bar on. */
const lineInterval = 10_000;

/** Shows how far a check of files has come, until the function that it returns is called. */
export function showCheck(terminal: Terminal, checked: Readonly<CheckProgress>): () => void {
  const { total } = checked;
  if (terminal.err.isTTY !== true) {
    const timer = setInterval(() => {
      const { files, bytes } = checked;
      say(terminal, `${files} of ${total} files checked (${inMegabytes(bytes)})`);
    }, lineInterval);
    timer.unref();
    return () => clearInterval(timer);
  }
  const bar = new SingleBar({
    stream: terminal.err as NodeJS.WriteStream,
    format: '{bar} {value}/{total} files · {size} · {eta_formatted} left',
    barsize: 20,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    gracefulExit: false,
  });
  bar.start(total, 0, { size: inMegabytes(0) });
  const timer = setInterval(
    () => bar.update(checked.files, { size: inMegabytes(checked.bytes) }),
    200,
  );
  return () => {
    clearInterval(timer);
    bar.stop();
  };
}

/** Prints each damaged file on standard output, and the counts on standard error. */
export function sayChecked(terminal: Terminal, { files, bytes, damaged }: CheckedFiles): void {
  for (const { file, damage } of damaged) {
    const detail = damage.detail === undefined ? '' : ` (${damage.detail})`;
    terminal.out.write(`${plainText(`${damage.kind}: ${file.name}${detail}`, 1000)}\n`);
  }
  const counts = (['missing', 'changed', 'unreadable'] as const)
    .map((kind) => ({ kind, count: damaged.filter(({ damage }) => damage.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`);
  const result = counts.length === 0 ? 'each is as it was recorded' : counts.join(', ');
  say(terminal, `${files} files checked (${inMegabytes(bytes)}): ${result}.`);
}

/**
 * Checks files, shows how it goes, and says what was found.
 *
 * @throws the cause of the stop, if it is stopped; what was found by then is said
 */
export async function checkAndSay(
  files: readonly NamedFile[],
  { terminal, control }: { terminal: Terminal; control: RunControl },
): Promise<CheckedFiles> {
  const checked = await checkFiles(files, (progress) => showCheck(terminal, progress), control);
  sayChecked(terminal, checked);
  if (checked.cause !== undefined) throw checked.cause;
  return checked;
}
