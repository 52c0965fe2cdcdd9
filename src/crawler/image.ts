import { setTimeout as delay } from 'node:timers/promises';
import type { CheerioCrawlingContext } from '@crawlee/cheerio';
import { stores } from '../album/album.js';
import type { ListedPhoto, OriginalFacts } from '../photo.js';
import { backoff, mostTries } from './backoff.js';
import { receiveOriginal } from './original-bytes.js';
import { DownloadError } from './original-request.js';
import { readPictureFacts } from './picture-facts.js';
import type { RunContext } from './run-context.js';

/** Tries where the server says that asking again will hardly help. */
const lastingTries = 2;

/**
 * IMAGE: saves one original: its bytes, checked, as a file; then its record; then, by returning,
 * its request is marked handled. A stop at any point repeats at most the step it stood in.
 */
export async function handleImage(
  { request }: Pick<CheerioCrawlingContext, 'request'>,
  run: RunContext,
): Promise<void> {
  const photo = request.userData.photo as ListedPhoto;
  if (run.ledger.isSaved(photo.key)) return;
  await run.session.signedIn();
  for (let tries = 1; ; tries++) {
    try {
      await recordSaved(photo, await saveOriginal(photo, run), run);
      return;
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      run.control.dropped.throwIfAborted();
      if (tries >= (error.lasting ? lastingTries : mostTries)) {
        await recordFailed(photo, error.reason, run);
        return;
      }
      await delay(backoff(tries, run.retryDelay), undefined, { signal: run.control.dropped });
    }
  }
}

async function saveOriginal(photo: ListedPhoto, run: RunContext): Promise<OriginalFacts> {
  const original = await receiveOriginal(await run.originals.open(photo.originalUrl));
  const name = `${photo.key}.${original.extension}`;
  const { contentType } = original;
  await run.files.setValue(name, original.stream, { contentType });
  const { bytes, sha256, head } = original.learned;
  return {
    file: `key_value_stores/${stores.originals}/${name}`,
    contentType,
    bytes,
    sha256,
    ...readPictureFacts(head),
  };
}

async function recordSaved(
  photo: ListedPhoto,
  facts: OriginalFacts,
  { outcomes, ledger, progress }: RunContext,
): Promise<void> {
  const savedAt = new Date().toISOString();
  const outcome = { ...photo, ...facts, status: 'saved', savedAt } as const;
  await outcomes.pushData(outcome);
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
  await outcomes.pushData(outcome);
  ledger.record(outcome);
  progress.failed += 1;
}
