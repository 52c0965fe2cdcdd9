import { mostRenewals } from '../http/retry-policy.js';
import type { Page } from '../page/page.js';
import { readDetail } from '../profile/listed-item.js';
import { PageError } from '../profile/open-page.js';
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
  await run.session.signedIn(run.control.dropped);
  const page = await fetchOwnPage(request.url, run);
  const problem = problemOf(page, run);
  if (problem !== undefined) {
    await recordFailed(photo, `its own page ${request.url} ${problem}`, run);
    return;
  }
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

/**
 * Fetches a photo's own page. Where it does not show what the profile reads there, the session may
 * have ended, as where an original is refused: then it is fetched again with a new one.
 */
async function fetchOwnPage(url: string, run: RunContext): Promise<Page> {
  const { session, client } = run;
  for (let renewals = 0; ; renewals++) {
    const { generation } = session;
    const page = await client.fetchPage(url);
    if (showsPhoto(page, run)) {
      session.confirm();
      return page;
    }
    if (renewals === mostRenewals || !(await session.opens(url))) return page;
    // A page that asks for a sign-in again may do so for this photo alone.
    if (renewals === 0 && session.isSignedOut(page)) await session.renew(generation);
    else if (!(await session.renewIfEnded(generation))) return page;
  }
}

function problemOf(page: Page, { session }: RunContext): string | undefined {
  if (session.isSignedOut(page)) return 'asks for a sign-in, also after a new one';
  return page.status >= 400 ? `answered ${page.status}` : undefined;
}

/** Whether a page shows what the profile reads there: an original, or else any of the texts. */
function showsPhoto(page: Page, run: RunContext): boolean {
  if (problemOf(page, run) !== undefined) return false;
  const { item } = run.profile;
  try {
    const { originals, ...texts } = readDetail(page, item, []);
    if (item.original.some(({ on }) => on === 'detail')) return originals.length > 0;
    return Object.keys(texts).length > 0;
  } catch (error) {
    if (error instanceof PageError) return false;
    throw error;
  }
}
