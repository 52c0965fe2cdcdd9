import { refusingStatuses } from '../http/download-error.js';
import { mostRenewals } from '../http/retry-policy.js';
import type { Page } from '../page/page.js';
import { type DetailRow, readDetail } from '../profile/listed-item.js';
import { PageError } from '../profile/open-page.js';
import { itemsOf } from '../profile/rows.js';
import type { RunContext } from './run-context.js';

/**
 * Reads a photo's own page and notes where it says that the original is. Where its address is
 * refused, the listing page is read again for the address of today.
 *
 * @returns why the page leads to no original, or undefined where it does
 * @throws Error where the page cannot be read
 */
export async function readOwnPage(key: string, run: RunContext): Promise<string | undefined> {
  const { album, profile } = run;
  for (let isRenewed = false; ; isRenewed = true) {
    const { photo, detailUrl, listed } = album.sources.of(key);
    if (detailUrl === undefined) return undefined;
    const page = await fetchOwnPage(detailUrl, listed, run);
    if (refusingStatuses.includes(page.status) && !isRenewed) {
      await run.renewed.read(photo.page);
      if (album.sources.of(key).detailUrl !== detailUrl) continue;
    }
    const problem = problemOf(page, run);
    if (problem !== undefined) return `its own page ${detailUrl} ${problem}`;
    const { originals, ...texts } = run.secrets.hideIn(readDetail(page, profile, listed));
    if (originals.length === 0) return `its own page ${detailUrl} leads to no original`;
    await album.sources.putDetail(key, { originals, texts, referrer: run.secrets.hide(page.url) });
    return undefined;
  }
}

/**
 * Fetches a photo's own page. Where it does not show what the profile reads there, the session may
 * have ended, as where an original is refused: then it is fetched again with a new one.
 */
async function fetchOwnPage(url: string, listed: DetailRow, run: RunContext): Promise<Page> {
  const { session, client } = run;
  for (let renewals = 0; ; renewals++) {
    const { generation } = session;
    const page = await client.fetchPage(url);
    if (showsPhoto(page, listed, run)) {
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
function showsPhoto(page: Page, { kind = 0 }: DetailRow, run: RunContext): boolean {
  if (problemOf(page, run) !== undefined) return false;
  try {
    const { originals, ...texts } = readDetail(page, run.profile, {
      originals: [],
      photo: {},
      kind,
    });
    if (itemsOf(run.profile)[kind]?.original.some(({ on }) => on === 'detail'))
      return originals.length > 0;
    return Object.keys(texts).length > 0;
  } catch (error) {
    if (error instanceof PageError) return false;
    throw error;
  }
}
