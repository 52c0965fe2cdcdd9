import { createHash } from 'node:crypto';
import { type BigIntStats, createReadStream } from 'node:fs';
import { link, lstat, open, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { momentOf, photoDate } from '../../album/photo-date.js';
import { errorCode } from '../../files/error-code.js';
import type { ExportFolder } from './export-folder.js';
import type { SavedEntry } from './photo-names.js';

/** Whether the original now stands under its name, or why it does not. */
export type Placement = 'added' | 'present' | { problem: string };

/** What systems say where a file cannot have a second name; EISDIR is Windows on exFAT. */
const cannotLink = ['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR'];
/** What they say where a file's time cannot be set, or not to that time. */
const cannotSetTime = ['EPERM', 'EACCES', 'ENOTSUP', 'ENOSYS', 'EINVAL'];

const inTheWay =
  'the file that stands there is not this original, and stays as it is. Move it away, and run the same command again';
const missing = 'the saved original is missing. photo-escape verify --repair fetches it anew';
const damaged = 'the saved original is damaged. photo-escape verify --repair fetches it anew';

class DamagedOriginal extends Error {
  override readonly name = 'DamagedOriginal';
}

async function statsOf(path: string, ask: typeof lstat): Promise<BigIntStats | undefined> {
  try {
    return await ask(path, { bigint: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Puts the saved originals under the names that they have in an exported folder. */
export class Originals {
  /** What the person should know, each said once. */
  readonly notes = new Set<string>();
  #linking: boolean;

  /**
   * @param storage the storage folder
   * @param copy whether files are copied also where they could be linked
   * @param signal drops a copy that is under way
   */
  constructor(
    private readonly storage: string,
    private readonly folder: ExportFolder,
    copy: boolean,
    private readonly signal: AbortSignal,
  ) {
    this.#linking = !copy;
  }

  /** Adds the original where nothing has its name; else finds out whether that is it. */
  async place(entry: SavedEntry, name: string): Promise<Placement> {
    const source = join(this.storage, entry.outcome.file);
    const stored = await statsOf(source, stat);
    if (await this.folder.has(name)) {
      const isPresent = await this.#holds(name, entry, stored);
      return isPresent ? 'present' : { problem: inTheWay };
    }
    if (stored === undefined) return { problem: missing };
    if (stored.size !== BigInt(entry.outcome.bytes)) return { problem: damaged };
    try {
      const isAdded = await this.folder.add(name, async (unfinished) => {
        await this.#make(unfinished, source, entry);
        await this.#setTime(unfinished, entry, stored);
      });
      return isAdded ? 'added' : { problem: inTheWay };
    } catch (error) {
      if (error instanceof DamagedOriginal) return { problem: damaged };
      throw error;
    }
  }

  /** A link to the stored file is known by its number; anything else is read. */
  async #holds(
    name: string,
    { outcome }: SavedEntry,
    stored: BigIntStats | undefined,
  ): Promise<boolean> {
    const path = this.folder.path(name);
    try {
      const present = await lstat(path, { bigint: true });
      if (!present.isFile() || present.size !== BigInt(outcome.bytes)) return false;
      if (stored !== undefined && present.ino === stored.ino && present.dev === stored.dev) {
        return true;
      }
    } catch (error) {
      if (errorCode(error) === 'ENOTDIR') return false;
      throw error;
    }
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash, { signal: this.signal });
    return hash.digest('hex') === outcome.sha256;
  }

  async #make(unfinished: string, source: string, entry: SavedEntry): Promise<void> {
    if (this.#linking) {
      try {
        await link(source, unfinished);
        this.notes.add(
          'Each file is one with its original in the storage folder (hard links): a program that writes into it changes both. --copy makes copies.',
        );
        return;
      } catch (error) {
        const code = errorCode(error);
        if (code === undefined || !cannotLink.includes(code)) throw error;
        this.#linking = false;
        this.notes.add(`Files were copied, since hard links cannot be made here (${code}).`);
      }
    }
    await this.#copy(source, unfinished, entry);
  }

  async #copy(source: string, to: string, { outcome }: SavedEntry): Promise<void> {
    const { signal } = this;
    const hash = createHash('sha256');
    async function* hashed(): AsyncGenerator<Buffer> {
      for await (const chunk of createReadStream(source, { signal })) {
        hash.update(chunk);
        yield chunk;
      }
    }
    // Not a stream: one that is dropped while it opens makes its file after it was cleared away.
    const file = await open(to, 'wx');
    try {
      await writeFile(file, hashed());
      await file.datasync();
    } finally {
      await file.close();
    }
    if (hash.digest('hex') !== outcome.sha256) throw new DamagedOriginal();
  }

  /**
   * The time of the photo's date, else that of the saved file. Where it is a link, the saved file
   * gets it too, being the same file.
   */
  async #setTime(path: string, { photo, outcome }: SavedEntry, stored: BigIntStats): Promise<void> {
    const date = photoDate(photo, outcome);
    const time = date === undefined ? stored.mtime : momentOf(date);
    try {
      await utimes(path, time, time);
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined || !cannotSetTime.includes(code)) throw error;
      this.notes.add(`Not every file has its photo's time: it cannot be set here (${code}).`);
    }
  }
}
