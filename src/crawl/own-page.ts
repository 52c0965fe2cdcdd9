import { refusingStatuses } from '../http/download-error.js';
import { readDetail } from '../profile/listed-item.js';
import type { RunContext } from './run-context.js';

/**
 * Reads a photo's own page and notes where it says that the original is. Where its address is
 * refused, the listing page is read again for the address of today.
 *
 * @returns why the page leads to no original, or undefined where it does
 * @throws Error where the page cannot be read; SessionEndedError with a new session
 */
export async function readOwnPage(key: string, run: RunContext): Promise<string | undefined> {
  const { album, profile, session } = run;
  for (let isRenewed = false; ; isRenewed = true) {
    const { photo, detailUrl, listed } = album.sources.of(key);
    if (detailUrl === undefined) return undefined;
    const { generation } = session;
    const page = await run.client.fetchPage(detailUrl);
    await session.requireSignedIn(page, generation);
    if (refusingStatuses.includes(page.status) && !isRenewed) {
      await run.renewed.read(photo.page);
      if (album.sources.of(key).detailUrl !== detailUrl) continue;
    }
    if (page.status >= 400) return `its own page ${detailUrl} answered ${page.status}`;
    session.confirm();
    const { originals, ...texts } = readDetail(page, profile.item, listed.originals);
    if (originals.length === 0) return `its own page ${detailUrl} leads to no original`;
    await album.sources.putDetail(key, { originals, texts, referrer: page.url });
    return undefined;
  }
}
