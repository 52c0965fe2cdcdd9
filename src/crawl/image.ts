import { type ListedPhoto, type OriginalFacts, photoFileName } from '../album/photo.js';
import { EscapeError } from '../errors.js';
import { DownloadError } from '../http/download-error.js';
import { mostRenewals, OriginalTries, waitBeforeRetry } from '../http/retry-policy.js';
import type { SiteSession } from '../session/site-session.js';
import type { HandlerContext } from './requests.js';
import type { RunContext } from './run-context.js';

/**
 * IMAGE: saves one original: its bytes, checked, as a file; then its record; then, by returning,
 * its request is marked handled. A stop at any point repeats at most one step.
 */
export async function handleImage(
  { request }: Pick<HandlerContext<'IMAGE'>, 'request'>,
  run: RunContext,
): Promise<void> {
  const { photo, originals, referrer } = request.userData;
  if (run.album.photos.isSaved(photo.key)) return;
  await run.session.signedIn(run.control.dropped);
  let best: { photo: ListedPhoto; failure: DownloadError } | undefined;
  for (const originalUrl of originals) {
    const candidate = { ...photo, originalUrl };
    const failure = await saveFrom(originalUrl, candidate, referrer, run);
    if (failure === undefined) return;
    best ??= { photo: candidate, failure };
    // The next best is saved only where the site surely has nothing better.
    if (failure.failure !== 'lasting') break;
  }
  if (best !== undefined) await recordFailed(best.photo, best.failure.reason, run);
}

/**
 * Saves an original from one address, with retries; a session that has ended is renewed. One that is
 * damaged is saved where the last try brings the same bytes as one before it.
 *
 * @returns the last failure, or undefined where it was saved
 */
async function saveFrom(
  url: string,
  photo: ListedPhoto,
  referrer: string | undefined,
  run: RunContext,
): Promise<DownloadError | undefined> {
  const { session, control } = run;
  let { generation } = session;
  const tries = new OriginalTries();
  const begins = () => {
    generation = session.generation;
  };
  for (let renewals = 0; ; ) {
    try {
      const { knownDamage } = tries;
      const original = await run.originals.saveOriginal(url, begins, referrer, knownDamage);
      const file = await run.files.put(photoFileName(photo.key, original.extension), original.file);
      await recordSaved(photo, { file, ...original.facts }, run);
      return undefined;
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      control.dropped.throwIfAborted();
      const mayBeSignedOut = error.mayBeSignedOut && (await session.opens(url));
      if (mayBeSignedOut && renewals < mostRenewals && (await hasNewSession(session, generation))) {
        renewals += 1;
        continue;
      }
      if (!tries.fail(error)) return error;
      await waitBeforeRetry(tries.failed, run.retryDelay, control.dropped);
    }
  }
}

/** Whether a session that has ended was renewed. */
async function hasNewSession(session: SiteSession, generation: number): Promise<boolean> {
  try {
    return await session.renewIfEnded(generation);
  } catch (error) {
    // A site that cannot be asked for now says nothing of the session: the next try asks again.
    if (error instanceof EscapeError) throw error;
    return false;
  }
}

async function recordSaved(
  photo: ListedPhoto,
  facts: OriginalFacts,
  { album, runId, progress }: RunContext,
): Promise<void> {
  const savedAt = new Date().toISOString();
  const outcome = { ...photo, ...facts, status: 'saved', savedAt } as const;
  await album.photos.push(outcome, runId);
  progress.saved += 1;
  progress.bytes += facts.bytes;
}

/** Records that a photo could not be saved, and why; the next run tries it again. */
export async function recordFailed(
  photo: ListedPhoto,
  reason: string,
  { album, runId, progress }: RunContext,
): Promise<void> {
  const failedAt = new Date().toISOString();
  const outcome = { ...photo, status: 'failed', failedAt, reason } as const;
  await album.photos.push(outcome, runId);
  progress.failed += 1;
}
