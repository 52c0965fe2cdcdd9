import type { Page } from '../page/page.js';
import { surveyPage } from '../survey/survey-page.js';
import { type AlbumCandidate, albumRules } from './albums-rule.js';
import { type ListingRows, listingRows } from './listing-rows.js';
import type { Look } from './look.js';

/** How deep albums inside albums are searched for photos. */
const mostDepth = 6;
/** Albums of one page that are opened until one has photos. */
export const mostAlbums = 3;

/** A page that lists photos, with the pages of albums that led to it. */
export interface FoundListing {
  page: Page;
  ways: ListingRows[];
  /** The pages above it, the first one first, each with the rule for its albums. */
  above: { page: Page; albums: AlbumCandidate }[];
}

/**
 * Opens albums inside albums until a page shows photos that are no covers.
 *
 * @param above the pages that led to this one
 * @param leave how many requests of the look are left to others
 */
export async function findListing(
  page: Page,
  look: Look,
  above: FoundListing['above'] = [],
  leave = 0,
): Promise<FoundListing | undefined> {
  const ways = await listingRows(page, look);
  const own = ways.length === 0 ? undefined : { page, ways, above };
  if (own !== undefined && ways[0]?.mayBeAlbums === false) return own;
  return (await findInside(page, look, above, leave)) ?? own;
}

async function findInside(
  page: Page,
  look: Look,
  above: FoundListing['above'],
  leave: number,
): Promise<FoundListing | undefined> {
  if (above.length >= mostDepth || !page.isHtml) return undefined;
  const seen = new Set([page, ...above.map((one) => one.page)].map(({ url }) => url));
  const { candidates } = albumRules(page, surveyPage(page), undefined);
  const tries = candidates
    .slice(0, 2)
    .flatMap((albums) => albums.addresses.slice(0, mostAlbums).map((url) => ({ albums, url })));
  for (const { albums, url } of tries) {
    if (look.left <= leave) return undefined;
    const inside = seen.has(url) ? undefined : await look.page(url);
    if (inside === undefined || inside.status >= 400 || seen.has(inside.url)) continue;
    const found = await findListing(inside, look, [...above, { page, albums }], leave);
    if (found !== undefined) return found;
  }
  return undefined;
}
