import type { OriginalFacts } from '../album/photo.js';
import { FileTooLargeError } from '../files/disk-error.js';
import { TemporaryFile, type WrittenFile } from '../files/temporary-file.js';
import { DownloadError } from '../http/download-error.js';
import type { OriginalAnswer, OriginalClient } from '../http/original-client.js';
import type { Authorization } from '../http/request-authorization.js';
import { ResumeCounter, waitBeforeRetry } from '../http/retry-policy.js';
import { type Resume, receiveOriginal } from './original-bytes.js';

/** An original that is on the disk and checked, but not under its name yet. */
export interface SavedOriginal {
  file: WrittenFile;
  /** File name extension without a dot, such as jpg. */
  extension: string;
  facts: Omit<OriginalFacts, 'file'>;
}

/** Which original to fetch. */
export interface OriginalRequest {
  url: string;
  /** The address of the page that shows it, where it is known. */
  referrer: string | undefined;
  /** The authorization for its address. */
  authorization: Authorization;
  /** SHA-256 of damaged originals that earlier tries brought; the same bytes again are saved. */
  knownDamage?: readonly string[] | undefined;
}

/** What saving originals works with. */
export interface SavingRun {
  client: OriginalClient;
  /** Where files are written. */
  folder: string;
  /** Milliseconds before a transfer that broke off is resumed for the first time. */
  retryDelay: number;
  /** Aborted when requests under way are to be dropped. */
  signal: AbortSignal;
  /** Called with the size of each chunk that was written: its memory can be collected. */
  written(bytes: number): void;
  /** Called when the last byte has come: what follows needs no connection. */
  received(): void;
}

/**
 * Fetches one original into a file and puts it on the disk. Nothing is left of one that fails.
 *
 * @throws DownloadError, which the authorization was told of; DiskError
 */
export async function saveOriginal(
  { url, referrer, authorization, knownDamage }: OriginalRequest,
  run: SavingRun,
): Promise<SavedOriginal> {
  const answer = await run.client.open(url, { authorization, referrer });
  const file = new TemporaryFile(run.folder);
  try {
    const original = await receiveOriginal(
      answer,
      resumer({ url, referrer }, answer, run),
      (chunk) => {
        run.written(chunk.length);
        return file.write(chunk);
      },
      knownDamage,
    );
    run.received();
    const { extension, contentType, bytes, sha256, isDamaged, picture } = original;
    const facts = {
      ...{ contentType, bytes, sha256 },
      ...(isDamaged && { damagedAtSource: true as const }),
      ...picture,
    };
    return { file: await file.finish(), extension, facts };
  } catch (error) {
    await file.discard();
    if (error instanceof FileTooLargeError) throw new DownloadError(error.reason, 'barred');
    if (error instanceof DownloadError) run.client.failed(url, error);
    throw error;
  }
}

/** Resumes a transfer as often as the retry policy allows. */
function resumer(
  { url, referrer }: Pick<OriginalRequest, 'url' | 'referrer'>,
  { validator = '' }: OriginalAnswer,
  run: SavingRun,
): Resume {
  const counter = new ResumeCounter();
  return async (from, cause) => {
    for (let error: unknown = cause; ; ) {
      await waitBeforeRetry(counter.next(from, error), run.retryDelay, run.signal);
      try {
        return await run.client.open(url, { referrer, resume: { from, validator } });
      } catch (failure) {
        error = failure;
      }
    }
  };
}
