import { randomUUID } from 'node:crypto';
import { closeSync, fdatasync, open as openWithCallback, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { diskError } from './disk-error.js';

const openFile = promisify(openWithCallback);
const datasync = promisify(fdatasync);

/** A file that is whole and on the disk, but still has its temporary name. */
export class WrittenFile {
  constructor(
    readonly path: string,
    /** In bytes. */
    readonly size: number,
  ) {}
}

/**
 * A file that is written part by part under a temporary name. The caller must end it with
 * {@link finish} or {@link discard}.
 */
export class TemporaryFile {
  readonly #path: string;
  // Creating a file can wait for the disk while the file system syncs another one. So another thread
  // does it, while this one waits for the first bytes.
  readonly #opening: Promise<number>;
  #descriptor: number | undefined;
  #isOver = false;
  #size = 0;

  /** Starts to create a file in the folder. */
  constructor(folder: string) {
    this.#path = join(folder, randomUUID());
    this.#opening = openFile(this.#path, 'wx').then((descriptor) => {
      this.#descriptor = descriptor;
      return descriptor;
    });
    // The first write reports it.
    this.#opening.catch(() => undefined);
  }

  /**
   * Writes the next bytes. This thread does it: copying them into the system's buffers takes less
   * time than passing them to another thread.
   *
   * @throws DiskError, at once or as a rejection
   */
  write(bytes: Uint8Array): void | Promise<void> {
    if (this.#isOver) throw new Error('the file is finished or discarded');
    if (this.#descriptor !== undefined) this.#write(this.#descriptor, bytes);
    else return this.#reported(async () => this.#writeOnceOpen(bytes));
  }

  /**
   * Puts all that was written on the disk. If that fails, the file is removed.
   *
   * @throws DiskError
   */
  async finish(): Promise<WrittenFile> {
    await this.#reported(async () => {
      const descriptor = await this.#opening;
      await datasync(descriptor);
      this.#close(descriptor);
    });
    return new WrittenFile(this.#path, this.#size);
  }

  /** Removes the file. */
  async discard(): Promise<void> {
    this.#isOver = true;
    const isMade = await this.#opening.then(
      () => true,
      () => false,
    );
    if (this.#descriptor !== undefined) this.#close(this.#descriptor);
    if (isMade) await rm(this.#path, { force: true });
  }

  async #writeOnceOpen(bytes: Uint8Array): Promise<void> {
    const descriptor = await this.#opening;
    if (!this.#isOver) this.#write(descriptor, bytes);
  }

  #write(descriptor: number, bytes: Uint8Array): void {
    try {
      let written = 0;
      while (written < bytes.length) written += writeSync(descriptor, bytes, written);
      this.#size += written;
    } catch (error) {
      throw diskError(error, this.#path);
    }
  }

  #close(descriptor: number): void {
    // From now on the number may stand for another file.
    this.#isOver = true;
    this.#descriptor = undefined;
    closeSync(descriptor);
  }

  async #reported(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await this.discard();
      throw diskError(error, this.#path);
    }
  }
}
