import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { FileTooLargeError } from '../../files/disk-error.js';
import { isSameFile, LinkOrCopy, statsOf } from '../../files/link-or-copy.js';
import { placeWhole } from '../../files/whole-file.js';

/** Milliseconds: FAT stores times in steps of two seconds. */
const coarsestTime = 2000n;

function isOfOriginal(stored: BigIntStats, present: BigIntStats): boolean {
  if (isSameFile(stored, present)) return true;
  const difference = stored.mtimeMs - present.mtimeMs;
  const isSameTime = -coarsestTime <= difference && difference <= coarsestTime;
  return stored.size === present.size && isSameTime;
}

/** The originals of a gallery, byte for byte: hard links where possible, else copies. */
export class OriginalFolder {
  readonly #linkOrCopy: LinkOrCopy;

  /**
   * @param isCopy whether files are copied also where they could be linked
   * @param signal stops a copy that is under way
   */
  constructor(
    private readonly folder: string,
    isCopy: boolean,
    signal: AbortSignal | undefined,
  ) {
    this.#linkOrCopy = new LinkOrCopy(isCopy, signal);
  }

  /** Path of an original in this folder. */
  path(name: string): string {
    return join(this.folder, name);
  }

  /**
   * Puts an original into the folder, unless it is there already. A copy gets the original's time of
   * last change, by which a later run recognises it.
   *
   * @param source path of the original in the storage folder
   * @returns undefined where the original is in the folder; else why it is not, in a sentence
   * @throws DiskError; the signal's reason
   */
  async place(source: string, name: string): Promise<string | undefined> {
    const path = this.path(name);
    const [stored, present] = await Promise.all([statsOf(source), statsOf(path)]);
    if (stored === undefined && present === undefined) {
      return `${name} is recorded as saved, but the file is missing: run photo-escape verify`;
    }
    if (stored === undefined || (present && isOfOriginal(stored, present))) return undefined;
    try {
      await placeWhole(path, (part) => this.#linkOrCopy.make(source, part, stored.mtime));
      return undefined;
    } catch (error) {
      if (error instanceof FileTooLargeError) return `${name} is left out: ${error.reason}`;
      throw error;
    }
  }
}
