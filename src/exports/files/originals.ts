import { join } from 'node:path';
import { instantOf, photoDate } from '../../album/photo-date.js';
import { fileDamage } from '../../files/file-damage.js';
import { isSameFile, LinkOrCopy, statsOf } from '../../files/link-or-copy.js';
import type { SavedEntry } from '../saved-entry.js';
import type { ExportFolder } from './export-folder.js';

/** Whether the original is now there under its name, or why it is not. */
export type Placement = 'added' | 'present' | { problem: string };

const inTheWay =
  'there is another file of that name, which stays as it is. Move it away, and run the same command again';
const missing = 'the saved original is missing. photo-escape verify --repair fetches it again';
const damaged = 'the saved original is damaged. photo-escape verify --repair fetches it again';

class DamagedOriginalError extends Error {
  override readonly name = 'DamagedOriginalError';
}

/** Puts the saved originals into an exported folder. */
export class Originals {
  readonly #linkOrCopy: LinkOrCopy;
  #linked = false;

  /**
   * @param storage the storage folder
   * @param isCopy whether files are copied also where they could be linked
   * @param signal stops a copy that is under way
   */
  constructor(
    private readonly storage: string,
    private readonly folder: ExportFolder,
    isCopy: boolean,
    private readonly signal: AbortSignal,
  ) {
    this.#linkOrCopy = new LinkOrCopy(isCopy, signal);
  }

  /**
   * Adds an original; a file that already has the name stays as it is.
   *
   * @throws DiskError; the signal's reason
   */
  async place(entry: SavedEntry, name: string): Promise<Placement> {
    const { file, bytes, sha256 } = entry.outcome;
    const source = join(this.storage, file);
    const stored = await statsOf(source);
    if (await this.folder.has(name)) {
      const path = this.folder.path(name);
      const present = await statsOf(path);
      const isOriginal =
        stored !== undefined && present?.size === BigInt(bytes) && isSameFile(stored, present);
      if (isOriginal) return 'present';
      const damage = await fileDamage({ path, bytes, sha256 }, this.signal);
      return damage === undefined ? 'present' : { problem: inTheWay };
    }
    if (stored === undefined) return { problem: missing };
    if (stored.size !== BigInt(bytes)) return { problem: damaged };
    const date = photoDate(entry.photo, entry.outcome);
    const time = date === undefined ? stored.mtime : instantOf(date);
    try {
      const isAdded = await this.folder.add(name, async (unfinished) => {
        const copied = await this.#linkOrCopy.make(source, unfinished, time);
        if (copied === undefined) this.#linked = true;
        else if (copied !== sha256) throw new DamagedOriginalError();
      });
      return isAdded ? 'added' : { problem: inTheWay };
    } catch (error) {
      if (error instanceof DamagedOriginalError) return { problem: damaged };
      throw error;
    }
  }

  /** What the person should know of how the files were made. */
  notes(): string[] {
    const { linkRefusal, timeRefusal } = this.#linkOrCopy;
    const notes = [];
    if (this.#linked) {
      notes.push(
        'The files are hard links to the originals in the storage folder: a program that changes one changes both. --copy makes copies, which get the dates of their photos.',
      );
    }
    if (linkRefusal !== undefined) {
      notes.push(`Files were copied, since hard links cannot be made here (${linkRefusal}).`);
    }
    if (timeRefusal !== undefined) {
      notes.push(
        `Not every file has the date of its photo: it cannot be set here (${timeRefusal}).`,
      );
    }
    return notes;
  }
}
