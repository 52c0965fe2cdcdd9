import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** A file as it was when it was written down. */
export interface ExpectedFile {
  /** Where it is. */
  path: string;
  /** Its size in bytes, where that was written down. */
  bytes?: number;
  /** Lower-case hexadecimal SHA-256. */
  sha256: string;
}

/** What is wrong with a file, and how that shows, in a few words, where there is more to say. */
export interface FileDamage {
  kind: 'missing' | 'changed' | 'unreadable';
  detail?: string;
}

async function sha256Of(
  path: string,
  signal: AbortSignal,
  onRead: (bytes: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    onRead(chunk.length);
  }
  return hash.digest('hex');
}

/**
 * Reads a file to its end and holds it against what was written down of it.
 *
 * @param file what it is to be
 * @param signal ends the reading
 * @param onRead is told, as it goes, how many bytes more were read
 * @returns what is wrong, or undefined for a file that is as it was
 * @throws the signal's reason if it is aborted meanwhile
 */
export async function fileDamage(
  { path, bytes, sha256 }: ExpectedFile,
  signal: AbortSignal,
  onRead: (bytes: number) => void = () => undefined,
): Promise<FileDamage | undefined> {
  signal.throwIfAborted();
  try {
    const found = await stat(path);
    if (!found.isFile()) return { kind: 'changed', detail: 'it is no file' };
    if (bytes !== undefined && found.size !== bytes) {
      return { kind: 'changed', detail: `it has ${found.size} bytes in place of ${bytes}` };
    }
    if ((await sha256Of(path, signal, onRead)) === sha256) return undefined;
    return { kind: 'changed', detail: 'its SHA-256 is another one' };
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    if (code === undefined) throw error;
    return { kind: 'unreadable', detail: message };
  }
}
