import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { lstat, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../../errors.js';
import { reportedAsDiskError } from '../../files/disk-error.js';
import { insteadOf } from '../../files/error-code.js';
import { type FolderLock, lockFolder } from '../../files/folder-lock.js';
import { syncFolderNow } from '../../files/folder-sync.js';
import { makeFolder } from '../../files/make-folder.js';
import { placeWhole } from '../../files/whole-file.js';

/** Name of the list of checksums, at the top of the folder. */
export const checksumFile = 'SHA256SUMS';

/** The folder for the export's own files. Photo programs ignore folders that begin with a dot. */
const own = '.photo-escape';
/** The list of the names that the photos have here. */
export const namesFile = `${own}/names.json`;

/**
 * A folder that an album is exported to. A file gets its name only when it is whole; until then it is
 * in a folder for unfinished files. One process at a time may write to it.
 */
export class ExportFolder {
  readonly #unfinished: string;
  readonly #changed = new Set<string>();

  private constructor(
    private readonly folder: string,
    private readonly lock: FolderLock,
  ) {
    this.#unfinished = join(folder, own, 'unfinished');
  }

  /**
   * Opens a folder for writing; created if there is none.
   *
   * @throws UsageError where it has a list of checksums that no export made; StorageBusyError where
   *   another process exports to it; DiskError
   */
  static open(folder: string): ExportFolder {
    if (existsSync(join(folder, checksumFile)) && !existsSync(join(folder, namesFile))) {
      throw new UsageError([
        `${join(folder, checksumFile)} was not made by an export, and stays as it is. Choose another folder with --out, or move the file away`,
      ]);
    }
    // Before the lock, which would create the folder so that only its owner can read it.
    makeFolder(folder);
    const opened = new ExportFolder(folder, lockFolder(join(folder, own)));
    reportedAsDiskError(opened.#unfinished, () =>
      rmSync(opened.#unfinished, { recursive: true, force: true }),
    );
    makeFolder(opened.#unfinished);
    return opened;
  }

  /** Unlocks the folder. */
  close(): void {
    this.lock.release();
  }

  /** @param name a path in the folder, with forward slashes */
  path(name: string): string {
    return join(this.folder, name);
  }

  /** Whether anything has that name. So it is also where a file has the name of a folder above it. */
  async has(name: string): Promise<boolean> {
    return lstat(this.path(name))
      .then(() => true, insteadOf(['ENOENT'], false))
      .catch(insteadOf(['ENOTDIR'], true));
  }

  /** The text of a file, or undefined where there is no file. */
  async read(name: string): Promise<string | undefined> {
    return readFile(this.path(name), 'utf8').catch(insteadOf(['ENOENT', 'EISDIR'], undefined));
  }

  /**
   * Adds a file; one that already has the name stays as it is.
   *
   * @param make makes the file at the path that it is given, and puts its bytes on the disk
   * @returns whether the file was added
   * @throws DiskError; what `make` throws. Nothing of the file is then left
   */
  async add(name: string, make: (unfinished: string) => Promise<unknown>): Promise<boolean> {
    if (await this.has(name)) return false;
    // Asked again at the end, since making a large file takes time.
    return this.#place(name, make, async () => !(await this.has(name)));
  }

  /** Writes a file of text, in place of one that had the name. Throws a DiskError. */
  async write(name: string, text: string): Promise<void> {
    await this.#place(name, (unfinished) => writeFile(unfinished, text, { flush: true }));
  }

  /** Puts the names of all files that were added or written on the disk. Throws a DiskError. */
  sync(): void {
    for (const folder of this.#changed) reportedAsDiskError(folder, () => syncFolderNow(folder));
    this.#changed.clear();
  }

  async #place(
    name: string,
    make: (unfinished: string) => Promise<unknown>,
    mayRename?: () => Promise<boolean>,
  ): Promise<boolean> {
    const path = this.path(name);
    const temporary = join(this.#unfinished, randomUUID());
    const makeBoth = async (unfinished: string) => {
      await make(unfinished);
      makeFolder(dirname(path));
    };
    const isPlaced = await placeWhole(path, makeBoth, { temporary, mayRename });
    if (isPlaced) this.#noteChange(dirname(path));
    return isPlaced;
  }

  /** The folders above count as changed too, since the names of new folders are in them. */
  #noteChange(folder: string): void {
    this.#changed.add(folder);
    if (folder !== this.folder && folder.length > this.folder.length) {
      this.#noteChange(dirname(folder));
    }
  }
}
