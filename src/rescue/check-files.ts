import type { RunControl } from '../crawl/run-control.js';
import type { EscapeError } from '../errors.js';
import { type ExpectedFile, type FileDamage, fileDamage } from '../files/file-damage.js';

/** A file and the name that it has for people. */
export interface NamedFile extends ExpectedFile {
  name: string;
}

/** How far a check of files has come. */
export interface CheckProgress {
  /** Files checked so far. */
  files: number;
  /** Files to check in all. */
  total: number;
  /** Bytes read so far. */
  bytes: number;
}

/** The result of a check of files. */
export interface CheckedFiles<File extends NamedFile = NamedFile> extends CheckProgress {
  damaged: { file: File; damage: FileDamage }[];
  /** Why the check was stopped before its end, or undefined. */
  cause?: EscapeError;
}

/** Shows a check. It is called as the check begins, and returns the function to call at its end. */
export type ShowCheck = (progress: Readonly<CheckProgress>) => () => void;

/** Reads files to their ends, one after the other, and compares each with its record. */
export async function checkFiles<File extends NamedFile>(
  files: readonly File[],
  show: ShowCheck,
  control: RunControl,
): Promise<CheckedFiles<File>> {
  const stop = new AbortController();
  control.onStop(() => stop.abort(control.cause));
  const checked: CheckedFiles<File> = { files: 0, total: files.length, bytes: 0, damaged: [] };
  const endShow = show(checked);
  try {
    for (const file of files) {
      const damage = await fileDamage(file, stop.signal, (bytes) => {
        checked.bytes += bytes;
      });
      if (damage !== undefined) checked.damaged.push({ file, damage });
      checked.files += 1;
    }
    return checked;
  } catch (error) {
    if (control.cause === undefined) throw error;
    control.close();
    return { ...checked, cause: control.cause };
  } finally {
    endShow();
  }
}
