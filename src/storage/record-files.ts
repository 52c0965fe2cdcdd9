import { createReadStream, mkdirSync, renameSync, rmSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { diskError, reportedAsDiskError } from '../files/disk-error.js';
import { FolderSync, syncFolderNow } from '../files/folder-sync.js';
import { TemporaryFile, type WrittenFile } from '../files/temporary-file.js';

/**
 * The plain files that hold records' values, in one folder a store. What is being written stands in
 * a folder of its own, so that clearing it away never means looking through the finished files.
 */
export class RecordFiles {
  readonly #sync = new FolderSync();
  readonly #readyFolders = new Set<string>();

  /** `filesFolder` and `temporaryFolder` have to be on one file system. */
  constructor(
    private readonly filesFolder: string,
    readonly temporaryFolder: string,
  ) {}

  /** Removes what an earlier process left half-written. Throws a `DiskError`. */
  removeLeftovers(): void {
    reportedAsDiskError(this.temporaryFolder, () => {
      rmSync(this.temporaryFolder, { recursive: true, force: true });
      mkdirSync(this.temporaryFolder, { recursive: true });
    });
  }

  /**
   * Writes all bytes of the source and puts them on the disk. If the source fails, nothing is left
   * and the promise rejects with the source's own error; if writing fails, with a `DiskError`.
   */
  async write(source: Buffer | AsyncIterable<Uint8Array | string>): Promise<WrittenFile> {
    const file = new TemporaryFile(this.temporaryFolder);
    try {
      if (Buffer.isBuffer(source)) await file.write(source);
      else for await (const chunk of source) await file.write(asBytes(chunk));
      return await file.finish();
    } catch (error) {
      await file.discard();
      throw error;
    }
  }

  /** Removes what was written and is not to be published. */
  async discard({ path }: WrittenFile): Promise<void> {
    await rm(path, { force: true });
  }

  /**
   * Gives the file its name, in place of what had it. When the promise resolves the name is on the
   * disk too. Rejects with a `DiskError`.
   */
  async publish(file: WrittenFile, folder: string, name: string): Promise<void> {
    const path = this.path(folder, name);
    try {
      await this.#makeReady(dirname(path));
      renameSync(file.path, path);
      await this.#sync.sync(dirname(path));
    } catch (error) {
      await this.discard(file);
      throw diskError(error, path);
    }
  }

  /** Removes the file; one that is not there is no error. Rejects with a `DiskError`. */
  async remove(folder: string, name: string): Promise<void> {
    const path = this.path(folder, name);
    try {
      await rm(path, { force: true });
    } catch (error) {
      throw diskError(error, path);
    }
  }

  /** Removes the folder with all files in it. Rejects with a `DiskError`. */
  async removeFolder(folder: string): Promise<void> {
    const path = join(this.filesFolder, folder);
    this.#readyFolders.delete(path);
    try {
      await rm(path, { recursive: true, force: true });
    } catch (error) {
      throw diskError(error, path);
    }
  }

  /** Rejects with the file system's error. */
  read(folder: string, name: string): Promise<Buffer> {
    return readFile(this.path(folder, name));
  }

  stream(folder: string, name: string): Readable {
    return createReadStream(this.path(folder, name));
  }

  path(folder: string, name: string): string {
    return join(this.filesFolder, folder, name);
  }

  async #makeReady(folder: string): Promise<void> {
    if (this.#readyFolders.has(folder)) return;
    await mkdir(folder, { recursive: true });
    syncFolderNow(dirname(folder));
    syncFolderNow(dirname(dirname(folder)));
    this.#readyFolders.add(folder);
  }
}

function asBytes(chunk: Uint8Array | string): Uint8Array {
  return typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
