import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** A file as it was recorded. */
export interface ExpectedFile {
  path: string;
  /** Its size in bytes, where that was recorded. */
  bytes?: number;
  /** Lower-case hexadecimal SHA-256. */
  sha256: string;
}

/** What is wrong with a file; the detail in a few words, where there is one. */
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
 * Reads a file to its end and compares it with its record.
 *
 * @param signal stops the reading
 * @param onRead called for every part with its size in bytes
 * @returns what is wrong, or undefined for a file that is as it was recorded
 * @throws the signal's reason if it is aborted
 */
export async function fileDamage(
  { path, bytes, sha256 }: ExpectedFile,
  signal: AbortSignal,
  onRead: (bytes: number) => void = () => undefined,
): Promise<FileDamage | undefined> {
  signal.throwIfAborted();
  try {
    const found = await stat(path);
    if (!found.isFile()) return { kind: 'changed', detail: 'it is not a file' };
    if (bytes !== undefined && found.size !== bytes) {
      return { kind: 'changed', detail: `it has ${found.size} bytes instead of ${bytes}` };
    }
    if ((await sha256Of(path, signal, onRead)) === sha256) return undefined;
    return { kind: 'changed', detail: 'its SHA-256 differs' };
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    if (code === undefined) throw error;
    return { kind: 'unreadable', detail: message };
  }
}
