import type { OriginalFacts } from '../album/photo.js';
import { TemporaryFile, type WrittenFile } from '../files/temporary-file.js';
import { CannotResumeError, DownloadError } from '../http/download-error.js';
import type { OriginalAnswer, OriginalClient } from '../http/original-client.js';
import { readPictureFacts } from '../picture/picture-facts.js';
import { type Resume, receiveOriginal } from './original-bytes.js';

/** An original that is on the disk, checked, but not yet under its name. */
export interface SavedOriginal {
  file: WrittenFile;
  /** File name extension without a dot, such as jpg. */
  extension: string;
  facts: Omit<OriginalFacts, 'file'>;
}

/** What saving originals works with. */
export interface SavingRun {
  client: OriginalClient;
  /** Where files are written. */
  folder: string;
  /**
   * Waits until a transfer that broke off may go on.
   *
   * @param from bytes that have come so far
   * @throws the error where it has been tried often enough
   */
  mayGoOn(from: number, error: DownloadError): Promise<void>;
  /** Called with the bytes of each chunk that was written, which nobody needs any more. */
  written(bytes: number): void;
  /** Called when the last byte has come: what follows needs no connection. */
  received(): void;
}

/**
 * Fetches one original into a file and puts it on the disk. Nothing is left of one that fails.
 *
 * @param opening the headers that open the address, from the gate
 * @throws DownloadError, of which the gate was told; DiskError
 */
export async function saveOriginal(
  url: string,
  opening: Readonly<Record<string, string>>,
  run: SavingRun,
): Promise<SavedOriginal> {
  const answer = await run.client.open(url, { opening });
  const file = new TemporaryFile(run.folder);
  try {
    const original = await receiveOriginal(answer, resumeOf(url, answer, run), (chunk) => {
      run.written(chunk.length);
      return file.write(chunk);
    });
    run.received();
    const { extension, contentType, bytes, sha256, head } = original;
    const facts = { contentType, bytes, sha256, ...readPictureFacts(head) };
    return { file: await file.finish(), extension, facts };
  } catch (error) {
    await file.discard();
    if (error instanceof DownloadError) run.client.failed(url, error);
    throw error;
  }
}

/** Goes on with a broken transfer for as long as it may. */
function resumeOf(url: string, { validator = '' }: OriginalAnswer, run: SavingRun): Resume {
  return async (from, cause) => {
    for (let error = cause; ; ) {
      await run.mayGoOn(from, error);
      try {
        return await run.client.open(url, { resume: { from, validator } });
      } catch (failure) {
        if (!isPassing(failure)) throw failure;
        error = failure;
      }
    }
  };
}

/** Whether asking again for the rest may help. */
function isPassing(error: unknown): error is DownloadError {
  if (!(error instanceof DownloadError) || error instanceof CannotResumeError) return false;
  return error.failure !== 'lasting';
}
