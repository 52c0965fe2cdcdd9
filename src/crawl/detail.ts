import { readDetail } from '../profile/listed-item.js';
import { recordFailed } from './image.js';
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
  const { photo, originals, failures } = request.userData;
  if (run.album.photos.isSaved(photo.key)) return;
  const { session } = run;
  await session.signedIn(run.control.dropped);
  const { generation } = session;
  const page = await run.client.fetchPage(request.url);
  await session.requireSignedIn(page, generation);
  if (page.status >= 400) {
    await recordFailed(photo, `its own page ${request.url} answered ${page.status}`, run);
    return;
  }
  session.confirm();
  const { originals: found, ...texts } = readDetail(page, run.profile.item, originals);
  const [best, ...others] = found;
  if (best === undefined) {
    await recordFailed(photo, `its own page ${request.url} leads to no original`, run);
    return;
  }
  const known = { ...photo, ...texts };
  await addRequests([imageRequest(known, [best, ...others], failures, page.url)], {
    forefront: true,
  });
}
