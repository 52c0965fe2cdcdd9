import { recordFailed } from './image.js';
import { readOwnPage } from './own-page.js';
import { type HandlerContext, imageRequest } from './requests.js';
import type { RunContext } from './run-context.js';

/**
 * DETAIL: reads a photo's own page, and puts its original into the queue, ahead of all others: some
 * addresses expire soon.
 */
export async function handleDetail(
  { request, addRequests }: Pick<HandlerContext<'DETAIL'>, 'request' | 'addRequests'>,
  run: RunContext,
): Promise<void> {
  const { key } = request.userData;
  const { photos, sources } = run.album;
  if (photos.isSaved(key)) return;
  await run.session.signedIn(run.control.dropped);
  const failure = await readOwnPage(key, run);
  if (failure !== undefined) {
    await recordFailed(sources.of(key).photo, failure, run);
    return;
  }
  const failures = photos.failuresBefore(run.runId, key);
  await addRequests([imageRequest(key, failures)], { forefront: true });
}
