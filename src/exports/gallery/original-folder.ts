import { constants, type Stats } from 'node:fs';
import { copyFile, link, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../files/error-code.js';

/** FAT keeps times in steps of two seconds. */
const coarsestTime = 2000;

/** What a file system answers that has no hard links, or no more of them, or is another one. */
const linksAreRefused = ['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'];

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isTheSame(source: Stats, placed: Stats): boolean {
  if (source.ino === placed.ino && source.dev === placed.dev && source.ino !== 0) return true;
  return source.size === placed.size && Math.abs(source.mtimeMs - placed.mtimeMs) <= coarsestTime;
}

async function linkOrCopy(source: string, part: string, from: Stats, copy: boolean): Promise<void> {
  if (!copy) {
    try {
      await link(source, part);
      return;
    } catch (error) {
      if (!linksAreRefused.includes(errorCode(error) ?? '')) throw error;
    }
  }
  await copyFile(source, part, constants.COPYFILE_FICLONE);
  await utimes(part, from.atime, from.mtime);
}

/** The originals of a gallery, byte for byte. */
export class OriginalFolder {
  constructor(
    private readonly folder: string,
    private readonly copy: boolean,
  ) {}

  /** Path of an original in this folder. */
  path(name: string): string {
    return join(this.folder, name);
  }

  /**
   * Puts an original in: a hard link where the file system allows, else a copy with the same time
   * of change, by which a later run knows it. What is there already stays.
   *
   * @param source path of the original in the storage folder
   * @returns whether the original is there now; not so where it is gone from the storage folder
   * @throws the file system's error
   */
  async place(source: string, name: string): Promise<boolean> {
    const [from, placed] = await Promise.all([statOf(source), statOf(this.path(name))]);
    if (from === undefined) return placed !== undefined;
    if (placed !== undefined && isTheSame(from, placed)) return true;
    const part = `${this.path(name)}.part`;
    await rm(part, { force: true });
    await linkOrCopy(source, part, from, this.copy);
    await rename(part, this.path(name));
    return true;
  }
}
