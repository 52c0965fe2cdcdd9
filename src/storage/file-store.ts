import { renameSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskError } from '../files/disk-error.js';
import { insteadOf } from '../files/error-code.js';
import { FolderSync, syncFolderNow } from '../files/folder-sync.js';
import { makeFolder } from '../files/make-folder.js';
import { TemporaryFile, WrittenFile } from '../files/temporary-file.js';
import type { KeyValueStore } from './stores.js';

/** The folder of all key-value stores, in the storage folder: Crawlee's own name for it. */
export const storesFolder = 'key_value_stores';

/**
 * A key-value store of plain files, one a key, in a folder of its own. A file is on the disk under
 * its name when {@link put} resolves, so that a row which names it can be written then.
 */
export class FileStore implements KeyValueStore<Buffer | WrittenFile, Buffer> {
  readonly #folder: string;
  readonly #sync: FolderSync;
  #isReady = false;

  /**
   * @param storage the storage folder
   * @param name the store's name, and its folder's
   * @param temporaryFolder for files that are not whole yet, on the same file system
   */
  constructor(
    private readonly storage: string,
    private readonly name: string,
    private readonly temporaryFolder: string,
  ) {
    this.#folder = join(storage, storesFolder, name);
    this.#sync = new FolderSync(this.#folder);
  }

  /** Takes over a file that was written in the temporary folder, or writes bytes. */
  async put(key: string, value: Buffer | WrittenFile): Promise<string> {
    const written = value instanceof WrittenFile ? value : await this.#written(value);
    const path = this.#path(key);
    try {
      await this.#makeReady();
      renameSync(written.path, path);
      await this.#sync.sync();
    } catch (error) {
      await rm(written.path, { force: true });
      throw diskError(error, path);
    }
    return `${storesFolder}/${this.name}/${key}`;
  }

  /** @inheritdoc */
  async get(key: string): Promise<Buffer | undefined> {
    return readFile(this.#path(key)).catch(insteadOf(['ENOENT'], undefined));
  }

  /** @inheritdoc */
  async remove(key: string): Promise<void> {
    const path = this.#path(key);
    await rm(path, { force: true }).catch((error: unknown) => {
      throw diskError(error, path);
    });
  }

  /** @inheritdoc */
  async list(): Promise<string[]> {
    return (await readdir(this.#folder).catch(insteadOf(['ENOENT'], []))).sort();
  }

  #path(key: string): string {
    return join(this.#folder, key);
  }

  async #written(bytes: Buffer): Promise<WrittenFile> {
    const file = new TemporaryFile(this.temporaryFolder);
    try {
      await file.write(bytes);
      return await file.finish();
    } catch (error) {
      await file.discard();
      throw error;
    }
  }

  async #makeReady(): Promise<void> {
    if (this.#isReady) return;
    makeFolder(this.#folder);
    syncFolderNow(dirname(this.#folder));
    syncFolderNow(this.storage);
    this.#isReady = true;
  }
}
