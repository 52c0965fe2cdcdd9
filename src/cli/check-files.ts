import { SingleBar } from 'cli-progress';
import type { RunControl } from '../crawl/run-control.js';
import { type ExpectedFile, type FileDamage, fileDamage } from '../files/file-damage.js';
import { plainText } from '../text/plain-text.js';
import { inMegabytes } from './progress-display.js';
import { say, type Terminal } from './terminal.js';

/** A file and the name that it has for people. */
export interface NamedFile extends ExpectedFile {
  name: string;
}

/** Milliseconds between two plain lines, where there is no terminal to draw a bar on. */
const lineInterval = 10_000;

interface Checked {
  files: number;
  bytes: number;
}

function showProgress(terminal: Terminal, total: number, checked: Checked): () => void {
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

function print(terminal: Terminal, { name }: NamedFile, { kind, detail }: FileDamage): void {
  const more = detail === undefined ? '' : ` (${detail})`;
  terminal.out.write(`${plainText(`${kind}: ${name}${more}`, 1000)}\n`);
}

/** What checking files has found. */
export interface CheckedFiles<File> {
  damaged: { file: File; damage: FileDamage }[];
  /** Bytes that were read. */
  bytes: number;
}

/**
 * Reads files to their ends, one after the other, shows how it goes, and prints each that is not as
 * it was written down, in a line of its own on standard output.
 *
 * @throws the cause of the stop, if it is stopped meanwhile; what was found by then is printed
 */
export async function checkFiles<File extends NamedFile>(
  files: readonly File[],
  terminal: Terminal,
  control: RunControl,
): Promise<CheckedFiles<File>> {
  const stopping = new AbortController();
  control.onStop(() => stopping.abort(control.cause));
  const damaged: CheckedFiles<File>['damaged'] = [];
  const checked: Checked = { files: 0, bytes: 0 };
  const onRead = (bytes: number): void => {
    checked.bytes += bytes;
  };
  const endProgress = showProgress(terminal, files.length, checked);
  try {
    for (const file of files) {
      const damage = await fileDamage(file, stopping.signal, onRead);
      if (damage !== undefined) damaged.push({ file, damage });
      checked.files += 1;
    }
    return { damaged, bytes: checked.bytes };
  } finally {
    endProgress();
    for (const { file, damage } of damaged) print(terminal, file, damage);
    if (control.cause !== undefined) control.close();
  }
}
