import type { RunControl } from '../crawl/run-control.js';
import { type ExpectedFile, type FileDamage, fileDamage } from '../files/file-damage.js';
import { bytesInWords } from '../text/in-words.js';
import { plainText } from '../text/plain-text.js';
import { showBar, timeLeft } from './progress-bar.js';
import type { Terminal } from './terminal.js';

/** A file and the name that it has for people. */
export interface NamedFile extends ExpectedFile {
  name: string;
}

function print(terminal: Terminal, { name }: NamedFile, { kind, detail }: FileDamage): void {
  const more = detail === undefined ? '' : ` (${detail})`;
  terminal.out.write(`${plainText(`${kind}: ${name}${more}`, 1000)}\n`);
}

/** The result of a check of files. */
export interface CheckedFiles<File> {
  damaged: { file: File; damage: FileDamage }[];
  /** Bytes read. */
  bytes: number;
}

/**
 * Reads files to their ends, one after the other, and shows the progress. Each file that differs from
 * its record is printed on a line of standard output.
 *
 * @throws the cause of the stop, if it is stopped; what was found by then is printed
 */
export async function checkFiles<File extends NamedFile>(
  files: readonly File[],
  terminal: Terminal,
  control: RunControl,
): Promise<CheckedFiles<File>> {
  const stopping = new AbortController();
  control.onStop(() => stopping.abort(control.cause));
  const damaged: CheckedFiles<File>['damaged'] = [];
  const begun = performance.now();
  const total = files.length;
  const checked = { files: 0, bytes: 0 };
  const onRead = (bytes: number): void => {
    checked.bytes += bytes;
  };
  const display = showBar(terminal, () => {
    const { files: done, bytes } = checked;
    const size = bytesInWords(bytes);
    const beside = `files · ${size} · ${timeLeft(begun, done, total)} left`;
    return { done, total, beside, line: `${done} of ${total} files checked (${size})` };
  });
  try {
    for (const file of files) {
      const damage = await fileDamage(file, stopping.signal, onRead);
      if (damage !== undefined) damaged.push({ file, damage });
      checked.files += 1;
    }
    return { damaged, bytes: checked.bytes };
  } finally {
    display.stop();
    for (const { file, damage } of damaged) print(terminal, file, damage);
    if (control.cause !== undefined) control.close();
  }
}
