import type { RunControl } from '../crawl/run-control.js';
import {
  type CheckedFiles,
  type CheckProgress,
  checkFiles,
  type NamedFile,
} from '../rescue/check-files.js';
import { bytesInWords } from '../text/in-words.js';
import { plainText } from '../text/plain-text.js';
import { showBar, timeLeft } from './progress-bar.js';
import { say, type Terminal } from './terminal.js';

/** Shows how far a check of files has come, until the function that it returns is called. */
export function showCheck(terminal: Terminal, checked: Readonly<CheckProgress>): () => void {
  const begun = performance.now();
  return showBar(terminal, () => {
    const { files: done, total, bytes } = checked;
    const size = bytesInWords(bytes);
    const beside = `files · ${size} · ${timeLeft(begun, done, total)} left`;
    return { done, total, beside, line: `${done} of ${total} files checked (${size})` };
  });
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
  say(terminal, `${files} files checked (${bytesInWords(bytes)}): ${result}.`);
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
