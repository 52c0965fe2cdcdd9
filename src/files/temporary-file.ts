import { randomUUID } from 'node:crypto';
import { closeSync, fdatasync, open as openWithCallback, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { diskError } from './disk-error.js';

const openFile = promisify(openWithCallback);
const datasync = promisify(fdatasync);

/** Bytes that are on the disk, but under no name that anybody looks for. */
export class WrittenFile {
  constructor(
    readonly path: string,
    /** In bytes. */
    readonly size: number,
  ) {}
}

/**
 * A file that is being written in the folder for what is not whole yet. Each must come to its end by
 * {@link finish} or {@link discard}.
 */
export class TemporaryFile {
  readonly #path: string;
  // Making a file may have to wait for the disk, where the file system is syncing another: it is
  // left to another thread, and goes on while the first bytes are waited for.
  readonly #opening: Promise<number>;
  #descriptor: number | undefined;
  #isOver = false;
  #size = 0;

  /** Begins to make a file in the folder. */
  constructor(folder: string) {
    this.#path = join(folder, randomUUID());
    this.#opening = openFile(this.#path, 'wx').then((descriptor) => {
      this.#descriptor = descriptor;
      return descriptor;
    });
    // Whoever writes first is told.
    this.#opening.catch(() => undefined);
  }

  /**
   * Writes the next bytes. Into the system's own buffers that takes less time than handing them to
   * another thread would; what takes long is only the way to the disk.
   *
   * @throws DiskError, at once or as a rejection
   */
  write(bytes: Uint8Array): void | Promise<void> {
    if (this.#isOver) throw new Error('the file is finished or discarded');
    if (this.#descriptor !== undefined) this.#write(this.#descriptor, bytes);
    else return this.#reported(async () => this.#writeOnceOpen(bytes));
  }

  /**
   * Puts all that was written on the disk. Nothing is left if that fails.
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

  /** Removes what was written. */
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
    // Its number may be another file's from now on.
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
