import { createHash } from 'node:crypto';
import { type BigIntStats, createReadStream } from 'node:fs';
import { link, stat, utimes, writeFile } from 'node:fs/promises';
import { errorCode, insteadOf } from './error-code.js';

/**
 * The systems' codes for a file that cannot have a second name: another disk, a file system without
 * hard links, too many of them. EISDIR is Windows on exFAT.
 */
const linkRefusals = [
  'EXDEV',
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EINVAL',
  'EISDIR',
];
/** Their codes for a time that cannot be set here, or not to that date. */
const timeRefusals = ['EPERM', 'EACCES', 'ENOTSUP', 'ENOSYS', 'EINVAL'];

/** The code of an error that is one of these; any other error is thrown. */
function refusalIn(error: unknown, codes: readonly string[]): string {
  const code = errorCode(error);
  if (code === undefined || !codes.includes(code)) throw error;
  return code;
}

/** What the system knows of a file, or undefined where nothing has that path. */
export async function statsOf(path: string): Promise<BigIntStats | undefined> {
  return stat(path, { bigint: true }).catch(insteadOf(['ENOENT', 'ENOTDIR'], undefined));
}

/** Whether both are one file under two names. File systems without such numbers give 0. */
export function isSameFile(one: BigIntStats, other: BigIntStats): boolean {
  return one.ino === other.ino && one.dev === other.dev && one.ino !== 0n;
}

/** Gives files a second name (a hard link), or copies them where that is not wanted or not possible. */
export class LinkOrCopy {
  /** The system's code, once it has refused a hard link: from then on files are copied. */
  linkRefusal: string | undefined;
  /** The system's code, once it has refused to set a copy's time. */
  timeRefusal: string | undefined;

  /**
   * @param isCopy whether files are copied also where they could be linked
   * @param signal stops a copy that is under way
   */
  constructor(
    private readonly isCopy: boolean,
    private readonly signal?: AbortSignal,
  ) {}

  /**
   * Links or copies one file. A link is the same file, so nothing of it is changed.
   *
   * @param to where nothing is yet
   * @param time the time of last change for a copy
   * @returns a copy's SHA-256 in hexadecimal, or undefined for a link
   * @throws the file system's error; the signal's reason. Part of a copy may then be left
   */
  async make(source: string, to: string, time: Date): Promise<string | undefined> {
    if (!this.isCopy && this.linkRefusal === undefined) {
      try {
        await link(source, to);
        return undefined;
      } catch (error) {
        this.linkRefusal = refusalIn(error, linkRefusals);
      }
    }
    const sha256 = await this.#copy(source, to);
    try {
      await utimes(to, time, time);
    } catch (error) {
      this.timeRefusal = refusalIn(error, timeRefusals);
    }
    return sha256;
  }

  async #copy(source: string, to: string): Promise<string> {
    const { signal } = this;
    const hash = createHash('sha256');
    async function* hashed(): AsyncGenerator<Buffer> {
      for await (const chunk of createReadStream(source)) {
        signal?.throwIfAborted();
        hash.update(chunk);
        yield chunk;
      }
    }
    // Not a write stream: one that is stopped while it opens creates its file after the cleaning up.
    await writeFile(to, hashed(), { flag: 'wx', flush: true });
    return hash.digest('hex');
  }
}
