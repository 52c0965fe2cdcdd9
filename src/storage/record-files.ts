import { randomUUID } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fdatasync,
  mkdirSync,
  open as openWithCallback,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { diskError, reportedAsDiskError } from './disk-error.js';
import { FolderSync, syncFolderNow } from './folder-sync.js';

const openFile = promisify(openWithCallback);
const datasync = promisify(fdatasync);

/** Bytes that are on the disk, but under no name that anybody looks for. */
export interface UnpublishedFile {
  path: string;
  /** In bytes. */
  size: number;
}

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
    private readonly temporaryFolder: string,
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
  async write(source: Buffer | AsyncIterable<Uint8Array | string>): Promise<UnpublishedFile> {
    const path = join(this.temporaryFolder, randomUUID());
    if (Buffer.isBuffer(source)) return this.#writeWhole(source, path);
    const watched = new WatchedSource(source);
    try {
      const handle = await open(path, 'wx');
      try {
        await writeFile(handle, watched);
        await handle.datasync();
      } finally {
        await handle.close();
      }
      return { path, size: watched.size };
    } catch (error) {
      await this.discard({ path });
      throw watched.failed ? watched.failure : diskError(error, path);
    }
  }

  /**
   * Writes bytes that are all there. To the system's own buffers that takes less time than handing
   * it to another thread would; what takes long is only the way to the disk.
   */
  async #writeWhole(bytes: Buffer, path: string): Promise<UnpublishedFile> {
    try {
      // A new file may have to wait for the disk too, where the file system is syncing another.
      const descriptor = await openFile(path, 'wx');
      try {
        let written = 0;
        while (written < bytes.length) written += writeSync(descriptor, bytes, written);
        await datasync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      return { path, size: bytes.length };
    } catch (error) {
      await this.discard({ path });
      throw diskError(error, path);
    }
  }

  /** Removes what was written and is not to be published. */
  async discard({ path }: Pick<UnpublishedFile, 'path'>): Promise<void> {
    await rm(path, { force: true });
  }

  /**
   * Gives the file its name, in place of what had it. When the promise resolves the name is on the
   * disk too. Rejects with a `DiskError`.
   */
  async publish(file: UnpublishedFile, folder: string, name: string): Promise<void> {
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

/** Counts the bytes of a source, and tells the source's errors from those of writing. */
class WatchedSource implements AsyncIterable<Uint8Array | string> {
  size = 0;
  failed = false;
  failure: unknown;

  constructor(private readonly source: AsyncIterable<Uint8Array | string>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array | string> {
    const iterator = this.source[Symbol.asyncIterator]();
    let ended = false;
    try {
      while (true) {
        const next = await this.#next(iterator);
        if (next.done) {
          ended = true;
          return;
        }
        this.size += Buffer.byteLength(next.value);
        yield next.value;
      }
    } finally {
      // When writing fails, the source is told that nobody reads on.
      if (!ended && !this.failed) await iterator.return?.();
    }
  }

  async #next(iterator: AsyncIterator<Uint8Array | string>) {
    try {
      return await iterator.next();
    } catch (error) {
      this.failed = true;
      this.failure = error;
      throw error;
    }
  }
}
