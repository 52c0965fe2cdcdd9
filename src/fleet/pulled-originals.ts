import { createHash } from 'node:crypto';
import { join, posix } from 'node:path';
import type { Readable } from 'node:stream';
import type { SavedOutcome } from '../album/photo.js';
import { fileDamage } from '../files/file-damage.js';
import { TemporaryFile, type WrittenFile } from '../files/temporary-file.js';
import { FileStore } from '../storage/file-store.js';
import { originalKey } from './state/keys.js';
import type { ObjectStore } from './store/object-store.js';
import { readAgain } from './store/store-error.js';

/** An original that could not be pulled. */
export interface PullProblem {
  /** The photo's id. */
  id: string;
  /** Where its file would be, relative to the storage folder. */
  file: string;
  /** What is wrong with it in the store, in a few words. */
  problem: string;
}

/** The originals of an album as files of a storage folder, out of a store. */
export class PulledOriginals {
  readonly #files: FileStore;
  readonly #temporary: string;

  constructor(
    private readonly store: ObjectStore,
    private readonly folder: string,
    private readonly signal: AbortSignal,
  ) {
    this.#temporary = join(folder, 'tmp');
    this.#files = new FileStore(folder, 'photos', this.#temporary);
  }

  /**
   * Puts an original into its place, unless it is there already, whole.
   *
   * @returns what is wrong with it, or undefined where it is there now
   * @throws EscapeError where the store or the disk fails; the signal's reason
   */
  async pull({ id, file, bytes, sha256 }: SavedOutcome): Promise<PullProblem | undefined> {
    const expected = { path: join(this.folder, file), bytes, sha256 };
    if ((await fileDamage(expected, this.signal)) === undefined) return undefined;
    const written = await readAgain(async () => {
      const content = await this.store.open(originalKey(sha256), this.signal);
      return content === undefined
        ? 'the store does not have it'
        : await this.#checked(content, sha256);
    });
    if (typeof written === 'string') return { id, file, problem: written };
    await this.#files.put(posix.basename(file), written);
    return undefined;
  }

  /** Writes what comes, if it has the SHA-256. @returns the file, or what is wrong with what came */
  async #checked(content: Readable, sha256: string): Promise<WrittenFile | string> {
    const file = new TemporaryFile(this.#temporary);
    const hash = createHash('sha256');
    try {
      for await (const chunk of content as AsyncIterable<Buffer>) {
        hash.update(chunk);
        await file.write(chunk);
      }
      if (hash.digest('hex') === sha256) return await file.finish();
      await file.discard();
      return 'what the store has is damaged: its SHA-256 differs';
    } catch (error) {
      await file.discard();
      this.signal.throwIfAborted();
      throw error;
    }
  }
}
