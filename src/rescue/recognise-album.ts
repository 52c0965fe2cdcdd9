import { knownSoftware } from '../learn/known-software.js';
import type { Profile } from '../profile/schema.js';
import { TooManyRequestsError } from '../visit/counted-requests.js';
import { SiteVisit, type VisitOrder } from '../visit/site-visit.js';
import { unreachable } from './try-profile.js';

/** Requests to recognise the software of an album, redirects and retries included. */
const mostRequests = 10;

/**
 * Looks at an album's page for the software that made it.
 *
 * @returns its built-in profile; undefined where none fits, or ten requests do not show it
 * @throws UnreachableError; the signal's reason where it was aborted
 */
export async function recogniseAlbum(order: VisitOrder): Promise<Profile | undefined> {
  const { account, signal } = order;
  const visit = new SiteVisit(order, {}, mostRequests);
  try {
    const page = await visit.fetchPage(account.siteUrl);
    return await knownSoftware(page, account, (url) => visit.fetchPage(url));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TooManyRequestsError) return undefined;
    throw unreachable(account.siteUrl, error);
  } finally {
    visit.close();
  }
}
