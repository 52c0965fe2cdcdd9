import { setTimeout as delay } from 'node:timers/promises';
import type { CheerioCrawlingContext } from '@crawlee/cheerio';
import { stores } from '../album/album.js';
import type { ListedPhoto, OriginalFacts } from '../photo.js';
import { readPictureFacts } from '../picture/picture-facts.js';
import { recordFileName } from '../storage/record-file-name.js';
import { backoff, mostTries } from './backoff.js';
import { CannotResumeError, DownloadError } from './download-error.js';
import { type Resume, receiveOriginal } from './original-bytes.js';
import type { OriginalAnswer } from './original-request.js';
import type { RunContext } from './run-context.js';

/** Tries where the server says that asking again will hardly help. */
const lastingTries = 2;

/** A photo whose original's address is known. */
type Located = ListedPhoto & { originalUrl: string };

/**
 * IMAGE: saves one original: its bytes, checked, as a file; then its record; then, by returning,
 * its request is marked handled. A stop at any point repeats at most the step it stood in.
 */
export async function handleImage(
  { request }: Pick<CheerioCrawlingContext, 'request'>,
  run: RunContext,
): Promise<void> {
  const { photo, originals } = request.userData as { photo: ListedPhoto; originals: string[] };
  if (run.ledger.isSaved(photo.key)) return;
  await run.session.signedIn(run.control.dropped);
  let best: { photo: Located; failure: DownloadError } | undefined;
  for (const originalUrl of originals) {
    const candidate = { ...photo, originalUrl };
    const failure = await tryOriginal(candidate, run);
    if (failure === undefined) return;
    best ??= { photo: candidate, failure };
    // Only where there is none there, the next best is the best that there is.
    if (failure.failure !== 'lasting') break;
  }
  if (best !== undefined) await recordFailed(best.photo, best.failure.reason, run);
}

/** Saves an original from one address; gives the failure where all tries are used up. */
async function tryOriginal(photo: Located, run: RunContext): Promise<DownloadError | undefined> {
  const { generation } = run.session;
  const isSuspect = (error: DownloadError) =>
    error.mayBeSignedOut && run.session.opens(photo.originalUrl);
  const failure = await triedOriginal(photo, run, 0, isSuspect);
  if (failure === undefined || !isSuspect(failure)) return failure;
  const renewed = await run.session.renewIfEnded(generation);
  return triedOriginal(photo, run, renewed ? 0 : 1, () => false);
}

/**
 * Tries it as often as may help.
 *
 * @param before tries that were made before
 * @param gaveUp failures after which it is not tried again here
 * @returns the last failure
 */
async function triedOriginal(
  photo: Located,
  run: RunContext,
  before: number,
  gaveUp: (error: DownloadError) => boolean,
): Promise<DownloadError | undefined> {
  for (let tries = before + 1; ; tries++) {
    if (tries > 1) await pauseBeforeTry(tries - 1, run);
    try {
      await recordSaved(photo, await saveOriginal(photo, run), run);
      return undefined;
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      run.control.dropped.throwIfAborted();
      if (gaveUp(error) || tries >= triesFor(error)) return error;
    }
  }
}

function triesFor(error: DownloadError): number {
  return error.failure === 'lasting' ? lastingTries : mostTries;
}

async function pauseBeforeTry(failedTries: number, { retryDelay, control }: RunContext) {
  await delay(backoff(failedTries, retryDelay), undefined, { signal: control.dropped });
}

async function saveOriginal(photo: Located, run: RunContext): Promise<OriginalFacts> {
  const { originals } = run;
  const answer = await originals.open(photo.originalUrl);
  try {
    const original = await receiveOriginal(answer, resumeOf(photo, answer, run));
    const name = `${photo.key}.${original.extension}`;
    const { contentType } = original;
    await run.files.setRecord({ key: name, value: original.content, contentType });
    originals.succeeded(photo.originalUrl);
    const { bytes, sha256, head } = original.learned;
    return {
      file: `key_value_stores/${stores.originals}/${recordFileName(name, contentType)}`,
      contentType,
      bytes,
      sha256,
      ...readPictureFacts(head),
    };
  } catch (error) {
    if (error instanceof DownloadError) originals.failed(photo.originalUrl, error);
    throw error;
  }
}

/** Whether asking again for the rest may help. */
function isPassing(error: unknown): error is DownloadError {
  if (!(error instanceof DownloadError) || error instanceof CannotResumeError) return false;
  return error.failure !== 'lasting';
}

/** Goes on with a broken transfer; as long as bytes come in between, it is tried anew each time. */
function resumeOf(photo: Located, answer: OriginalAnswer, run: RunContext): Resume {
  let tries = 0;
  let before = 0;
  return async (from, cause) => {
    let error = cause;
    tries = from > before ? 0 : tries;
    before = from;
    while (tries < mostTries - 1) {
      run.control.dropped.throwIfAborted();
      tries += 1;
      await pauseBeforeTry(tries, run);
      try {
        return await run.originals.open(photo.originalUrl, {
          from,
          validator: answer.validator ?? '',
        });
      } catch (failure) {
        if (!isPassing(failure)) throw failure;
        error = failure;
      }
    }
    throw error;
  };
}

async function recordSaved(
  photo: ListedPhoto,
  facts: OriginalFacts,
  { outcomes, ledger, progress }: RunContext,
): Promise<void> {
  const savedAt = new Date().toISOString();
  const outcome = { ...photo, ...facts, status: 'saved', savedAt } as const;
  await outcomes.pushItems(outcome);
  ledger.record(outcome);
  progress.saved += 1;
  progress.bytes += facts.bytes;
}

/** Records that a photo could not be saved, and why; the next run tries it again. */
export async function recordFailed(
  photo: ListedPhoto,
  reason: string,
  { outcomes, ledger, progress }: RunContext,
): Promise<void> {
  const failedAt = new Date().toISOString();
  const outcome = { ...photo, status: 'failed', failedAt, reason } as const;
  await outcomes.pushItems(outcome);
  ledger.record(outcome);
  progress.failed += 1;
}
