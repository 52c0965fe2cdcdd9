import type { Page } from '../page/page.js';
import { albumLevels } from './album-levels.js';
import { albumsBeside, withOriginalsOf } from './albums-beside.js';
import { type FoundListing, findListing } from './find-listing.js';
import { type LearnedWay, learnWay } from './learn-way.js';
import type { LearnedRule } from './learned-rule.js';
import { likelyWays } from './likely-ways.js';
import { markRules } from './mark-rule.js';
import type { SiteLook } from './site-look.js';

/** What was learned of an album's pages. */
export interface LearnedPages {
  rules: LearnedRule[];
  /** In words, what could not be settled. */
  missing: string[];
}

/**
 * Learns an album from its first page: descends into albums until a page lists photos, finds their
 * fields, and how pages lead to each other.
 *
 * @param start the album's page, as its owner sees it
 */
export async function learnAlbum(start: Page, look: SiteLook): Promise<LearnedPages> {
  const found = await findListing(start, look);
  if (found === undefined) {
    const what = `no photos were found at ${start.url}, nor in albums that it links to`;
    return { rules: [], missing: [what] };
  }
  const { ways, reasons } = await likelyWays(found, look);
  if (ways.length === 0) {
    return { rules: [], missing: [`${found.page.url} shows no album: ${reasons.join('; ')}`] };
  }
  let best: LearnedWay | undefined;
  for (const rows of ways) {
    const way = await learnWay(found.page, rows, look);
    if (best === undefined || way.missing.length < best.missing.length) best = way;
    if (best.missing.length === 0) break;
  }
  if (best === undefined) return { rules: [], missing: ['no rows of photos'] };
  const beside = await albumsBeside(found.page, best.rows, look);
  const albums = albumLevels(found, best, beside);
  best.missing.push(...albums.missing);
  if (beside?.other !== undefined) {
    const { page, other } = beside;
    const rows = other.kinds.map(({ row }) => row).join(', ');
    best.missing.push(
      `item: the album ${page.url} shows its photos in another form (${rows}); write an item for each form`,
    );
  } else if (beside !== undefined) best.rules = await withOriginalsOf(beside.page, best, look);
  const marks = marksOf(found, best, albums.isOneLevel);
  return {
    rules: [...albums.rules(marks), ...best.rules],
    missing: best.missing,
  };
}

function marksOf({ above, page }: FoundListing, { pages, rows }: LearnedWay, isOne: boolean) {
  const around = isOne ? above.map((one) => one.page) : [];
  return markRules(rows.page === page ? [...around, ...pages] : pages);
}
