import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../../errors.js';
import { diskError, reportedAsDiskError } from '../../files/disk-error.js';
import { errorCode } from '../../files/error-code.js';
import { type FolderLock, lockFolder } from '../../files/folder-lock.js';
import { syncFolderNow } from '../../files/folder-sync.js';

/** Name of the list of checksums, at the top of the folder. */
export const checksumFile = 'SHA256SUMS';

/** Names of the folder's own files, which no photo program looks for. */
const own = '.photo-escape';
/** The names that the photos have here. */
export const namesFile = `${own}/names.json`;

/**
 * A folder that an album is exported to. A file gets its name only when it is whole; until then it
 * stands in a folder of its own. One process at a time may write to it.
 */
export class ExportFolder {
  readonly #unfinished: string;
  readonly #changed = new Set<string>();

  private constructor(
    private readonly folder: string,
    private readonly hold: FolderLock,
  ) {
    this.#unfinished = join(folder, own, 'unfinished');
  }

  /**
   * Opens a folder for writing; made if there is none. Throws a UsageError where it has a list of
   * checksums that no export made, a StorageBusyError where another process exports to it, and a
   * DiskError.
   */
  static open(folder: string): ExportFolder {
    if (existsSync(join(folder, checksumFile)) && !existsSync(join(folder, namesFile))) {
      throw new UsageError([
        `${join(folder, checksumFile)} is not of an export, and stays as it is. Choose another folder with --out, or move the file away`,
      ]);
    }
    // Before the hold, which makes its folder for nobody but its owner.
    reportedAsDiskError(folder, () => mkdirSync(folder, { recursive: true }));
    const opened = new ExportFolder(folder, lockFolder(join(folder, own)));
    reportedAsDiskError(opened.#unfinished, () => {
      rmSync(opened.#unfinished, { recursive: true, force: true });
      mkdirSync(opened.#unfinished, { recursive: true });
    });
    return opened;
  }

  /** Gives the folder free. */
  close(): void {
    this.hold.release();
  }

  /** @param name a path in the folder, with forward slashes */
  path(name: string): string {
    return join(this.folder, name);
  }

  /** Whether anything has that name, be it in place of a folder on the way to it. */
  async has(name: string): Promise<boolean> {
    try {
      await lstat(this.path(name));
      return true;
    } catch (error) {
      if (errorCode(error) === 'ENOTDIR') return true;
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  /** The text of a file, or undefined where there is none. */
  async read(name: string): Promise<string | undefined> {
    try {
      return await readFile(this.path(name), 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'EISDIR') return undefined;
      throw error;
    }
  }

  /**
   * Adds a file.
   *
   * @param make makes the file at the path it is given, and puts its bytes on the disk; what it
   *   throws is thrown on, and then nothing is left
   * @returns false where something has that name already, which stays as it is
   */
  async add(name: string, make: (unfinished: string) => Promise<void>): Promise<boolean> {
    return this.#finish(name, make, async () => !(await this.has(name)));
  }

  /** Writes a file of text, in place of what had its name. Throws a DiskError. */
  async write(name: string, text: string): Promise<void> {
    const make = (unfinished: string) => writeFile(unfinished, text, { flush: true });
    await this.#finish(name, make, async () => true);
  }

  /** Puts the names of all that was added or written on the disk. Throws a DiskError. */
  sync(): void {
    for (const folder of this.#changed) reportedAsDiskError(folder, () => syncFolderNow(folder));
    this.#changed.clear();
  }

  async #finish(
    name: string,
    make: (unfinished: string) => Promise<void>,
    mayBeNamed: () => Promise<boolean>,
  ): Promise<boolean> {
    const path = this.path(name);
    const unfinished = join(this.#unfinished, randomUUID());
    try {
      if (!(await mayBeNamed())) return false;
      await make(unfinished);
      await mkdir(dirname(path), { recursive: true });
      // Asked again, since making a large file takes its time.
      if (!(await mayBeNamed())) return false;
      await rename(unfinished, path);
      this.#noteChange(dirname(path));
      return true;
    } catch (error) {
      throw diskError(error, path);
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  /** A new folder's own name stands in the one above. */
  #noteChange(folder: string): void {
    this.#changed.add(folder);
    if (folder !== this.folder && folder.length > this.folder.length) {
      this.#noteChange(dirname(folder));
    }
  }
}
