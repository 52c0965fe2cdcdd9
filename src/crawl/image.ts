import { setTimeout as delay } from 'node:timers/promises';
import type { CheerioCrawlingContext } from '@crawlee/cheerio';
import type { ListedPhoto, OriginalFacts } from '../album/photo.js';
import { DownloadError } from '../http/download-error.js';
import { backoff, mostTries } from '../http/retry-policy.js';
import type { Transfer } from '../originals/original-thread.js';
import type { RunContext } from './run-context.js';

/** Tries where the server says that asking again will hardly help. */
const lastingTries = 2;
/** Sessions that a site may end while one original is asked for. */
const mostRenewals = 3;

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
  if (run.album.photos.isSaved(photo.key)) return;
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
  const { session } = run;
  const isSuspect = (error: DownloadError) =>
    error.mayBeSignedOut && session.opens(photo.originalUrl);
  let { generation } = session;
  const begins = () => {
    generation = session.generation;
  };
  // Counted apart: a session that has ended says nothing of the original.
  for (let refusals = 0, renewals = 0; ; ) {
    const failure = await triedOriginal(photo, run, { before: refusals, begins, isSuspect });
    if (failure === undefined || !isSuspect(failure)) return failure;
    if (renewals < mostRenewals && (await session.renewIfEnded(generation))) renewals += 1;
    else refusals += 1;
    if (refusals >= triesFor(failure)) return failure;
  }
}

/** How an original is tried. */
interface Trying {
  /** Tries that were made before. */
  before: number;
  /** Called when its turn has come, each time. */
  begins(): void;
  /** Whether a failure may be the session's: then it is not tried again here. */
  isSuspect(error: DownloadError): boolean;
}

/**
 * Tries it as often as may help.
 *
 * @returns the last failure
 */
async function triedOriginal(
  photo: Located,
  run: RunContext,
  { before, begins, isSuspect }: Trying,
): Promise<DownloadError | undefined> {
  for (let tries = before + 1; ; tries++) {
    if (tries > 1) await pauseBeforeTry(tries - 1, run);
    try {
      await recordSaved(photo, await saveOriginal(photo, run, begins), run);
      return undefined;
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      run.control.dropped.throwIfAborted();
      if (isSuspect(error) || tries >= triesFor(error)) return error;
    }
  }
}

function triesFor(error: DownloadError): number {
  return error.failure === 'lasting' ? lastingTries : mostTries;
}

async function pauseBeforeTry(failedTries: number, { retryDelay, control }: RunContext) {
  await delay(backoff(failedTries, retryDelay), undefined, { signal: control.dropped });
}

async function saveOriginal(
  photo: Located,
  run: RunContext,
  begins: () => void,
): Promise<OriginalFacts> {
  const transfer = { begins, mayGoOn: mayGoOn(run) };
  const original = await run.originals.saveOriginal(photo.originalUrl, transfer);
  const file = await run.files.put(`${photo.key}.${original.extension}`, original.file);
  return { file, ...original.facts };
}

/** As long as bytes come in between, a transfer that breaks off is tried anew each time. */
function mayGoOn(run: RunContext): Transfer['mayGoOn'] {
  let tries = 0;
  let before = 0;
  return async (from, error) => {
    tries = from > before ? 0 : tries;
    before = from;
    if (tries >= mostTries - 1) throw error;
    tries += 1;
    run.control.dropped.throwIfAborted();
    await pauseBeforeTry(tries, run);
  };
}

async function recordSaved(
  photo: ListedPhoto,
  facts: OriginalFacts,
  { album, run, progress }: RunContext,
): Promise<void> {
  const savedAt = new Date().toISOString();
  const outcome = { ...photo, ...facts, status: 'saved', savedAt } as const;
  await album.photos.push(outcome, run);
  progress.saved += 1;
  progress.bytes += facts.bytes;
}

/** Records that a photo could not be saved, and why; the next run tries it again. */
export async function recordFailed(
  photo: ListedPhoto,
  reason: string,
  { album, run, progress }: RunContext,
): Promise<void> {
  const failedAt = new Date().toISOString();
  const outcome = { ...photo, status: 'failed', failedAt, reason } as const;
  await album.photos.push(outcome, run);
  progress.failed += 1;
}
