import type { ListedPhoto, SavedOutcome } from '../album/photo.js';
import type { PhotoSource } from '../album/photo-sources.js';
import { EscapeError } from '../errors.js';
import { DownloadError, RefusedError } from '../http/download-error.js';
import { mostRenewals, OriginalTries, waitBeforeRetry } from '../http/retry-policy.js';
import type { SiteSession } from '../session/site-session.js';
import { renewAddress } from './address-renewal.js';
import type { HandlerContext } from './requests.js';
import type { RunContext } from './run-context.js';

type ImageRequest = HandlerContext<'IMAGE'>['request'];

/** A try that did not save an original. */
interface FailedTry {
  photo: ListedPhoto;
  failure: DownloadError;
  /** The session that the original was requested with. */
  generation: number;
}

/**
 * IMAGE: saves one original: its bytes, checked, in their place; then, in one transaction, its record
 * and that its request is handled. A stop at any point repeats at most one step.
 */
export async function handleImage(
  { request }: { request: ImageRequest },
  run: RunContext,
): Promise<void> {
  const { key } = request.userData;
  const { sources } = run.album;
  await run.session.signedIn(run.control.dropped);
  let source = sources.ofUnsaved(key);
  if (source === undefined) return;
  let best: FailedTry | undefined;
  for (let candidate = 0; ; candidate += 1, source = sources.of(key)) {
    const failed = await saveCandidate(request, source, candidate, run);
    if (failed === 'saved') return;
    if (failed === 'no candidate') break;
    best ??= failed;
    // The next best is saved only where the site surely has nothing better.
    if (failed.failure.failure !== 'lasting') break;
  }
  if (best !== undefined) await recordFailed(best.photo, best.failure.reason, run);
}

/**
 * Saves an original from the address that a candidate has today, with retries; a session that has
 * ended is renewed, and so is an address that has run out. One that is damaged is saved where the last
 * try brings the same bytes as one before it.
 *
 * @param known where the original was said to be last
 * @param candidate its place among the candidates, from 0
 * @returns the last failure, or that it was saved, or that there is no such candidate
 */
async function saveCandidate(
  request: ImageRequest,
  known: PhotoSource,
  candidate: number,
  run: RunContext,
): Promise<FailedTry | 'saved' | 'no candidate'> {
  const tries = new OriginalTries();
  const { sources } = run.album;
  let failed: FailedTry | undefined;
  let renewals = 0;
  for (let source = known; ; source = sources.of(request.userData.key)) {
    const originalUrl = source.originals[candidate];
    if (originalUrl === undefined) return failed ?? 'no candidate';
    failed = await saveFrom(request, originalUrl, source, tries.knownDamage, run);
    if (failed === undefined) return 'saved';
    const isRenewed = renewals < mostRenewals && (await renew(failed, originalUrl, source, run));
    if (isRenewed instanceof DownloadError) return { ...failed, failure: isRenewed };
    if (isRenewed) {
      renewals += 1;
      continue;
    }
    // While a host only fails, one try a photo is enough to see whether it is back.
    if (!tries.fail(failed.failure) || run.hostFails(originalUrl)) return failed;
    await waitBeforeRetry(tries.failed, run.retryDelay, run.control.dropped);
  }
}

/** Tries once to save an original. @returns undefined where it was saved */
async function saveFrom(
  request: ImageRequest,
  originalUrl: string,
  source: PhotoSource,
  knownDamage: readonly string[],
  run: RunContext,
): Promise<FailedTry | undefined> {
  const photo = { ...source.photo, originalUrl };
  let { generation } = run.session;
  const begins = () => {
    generation = run.session.generation;
  };
  try {
    const original = await run.originals.saveOriginal(
      run.secrets.reveal(originalUrl),
      begins,
      source.referrer && run.secrets.reveal(source.referrer),
      knownDamage,
    );
    await recordSaved(request, await run.place.keep(photo, original), run);
    return undefined;
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    run.control.dropped.throwIfAborted();
    return { photo, failure: error, generation };
  }
}

/**
 * Renews the session, or the address, where the failure may come from its having ended.
 *
 * @returns whether it was renewed; the failure where that cannot be found out
 */
async function renew(
  { failure, generation }: FailedTry,
  originalUrl: string,
  source: PhotoSource,
  run: RunContext,
): Promise<boolean | DownloadError> {
  const { session } = run;
  const mayBeSignedOut = failure.mayBeSignedOut && (await session.opens(originalUrl));
  if (mayBeSignedOut && (await hasNewSession(session, generation))) return true;
  return failure instanceof RefusedError && renewAddress(failure, originalUrl, source, run);
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
  request: ImageRequest,
  outcome: SavedOutcome,
  { album, queue, renewed, runId, progress }: RunContext,
): Promise<void> {
  await album.recordSaved(outcome, runId, () => queue.markHandledWithin(request));
  renewed.saved(outcome.page);
  progress.saved += 1;
  progress.bytes += outcome.bytes;
}

/** Records that a photo could not be saved, and why; the next run tries it again. */
export async function recordFailed(
  photo: ListedPhoto,
  reason: string,
  { album, runId, progress, secrets }: RunContext,
): Promise<void> {
  const failedAt = new Date().toISOString();
  const hidden = secrets.hideInMessage(reason);
  const outcome = { ...photo, status: 'failed', failedAt, reason: hidden } as const;
  await album.photos.push(outcome, runId);
  progress.failed += 1;
}
