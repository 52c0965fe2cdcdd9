import type { Page } from '../page/page.js';
import { readListing } from '../profile/read-listing.js';
import type { Profile } from '../profile/schema.js';
import { itemRules } from './item-rules.js';
import type { LearnedRule } from './learned-rule.js';
import {
  countOf,
  keyOf,
  keysOn,
  type ListingRows,
  partsOn,
  prefixOf,
  rulesOfRows,
} from './listing-rows.js';
import { nextRules } from './next-rule.js';
import type { OtherAlbum } from './other-albums.js';
import type { SiteLook } from './site-look.js';
import { sketchProfile } from './sketch-profile.js';
import { totalRules } from './total-rule.js';

/** What one way to read the photos of a page gives. */
export interface LearnedWay {
  rules: LearnedRule[];
  /** In words, what could not be settled. */
  missing: string[];
  rows: ListingRows;
  pages: Page[];
}

/**
 * Learns the rules for photos that are read in one way, and for the pages after the first.
 *
 * @param albums further albums whose photos are of the same form: theirs have ids of their own
 */
export async function learnWay(
  page: Page,
  rows: ListingRows,
  look: SiteLook,
  albums: readonly OtherAlbum[] = [],
): Promise<LearnedWay> {
  const holder = rows.page;
  const next = await nextOf([holder, ...albums.map((album) => album.page)], rows, look);
  const again = await furtherPages(page, rows, next, look);
  const rules = [...rulesOfRows(rows), ...next];
  const missing: string[] = [];
  const shown = new Set(keysOn(holder, rows));
  for (const [index, kind] of rows.kinds.entries()) {
    const rowsOn = (one: Page) => ({ page: one, rows: partsOn(one, kind, rows.json) });
    // A photo that several albums show has one id.
    const ofAlbums = albums.map((one) => {
      const parts = rowsOn(one.page).rows.filter((part) => !shown.has(keyOf(part, one.page)));
      return { page: one.page, rows: parts };
    });
    const others = [...again.map(rowsOn), ...ofAlbums].filter((one) => one.rows.length > 0);
    const prefix = prefixOf(rows.kinds, index);
    const learned = await itemRules(holder, kind.parts, others, look, prefix);
    rules.push(...learned.rules);
    missing.push(...learned.missing.map((what) => `${prefix}, ${what}`));
  }
  rules.push(...iconsOf(holder, rows));
  // A file beside the page is that of this album.
  const counted = holder === page ? [page, ...albums.map((one) => one.page)] : [];
  const totals = totalRules(holder, countOf(rows), rows.json);
  rules.push(...totals.filter((one) => countsEach(counted, one, rows)).slice(0, 1));
  return { rules, missing, rows, pages: [holder, ...again] };
}

/** The rule for the next page, of the first album that has more than one page. */
async function nextOf(
  pages: readonly Page[],
  rows: ListingRows,
  look: SiteLook,
): Promise<LearnedRule[]> {
  for (const page of pages) {
    const rules = await nextRules(page, (one) => keysOn(one, rows), look, rows.json);
    if (rules.length > 0) return rules;
  }
  return [];
}

/** Whether a rule finds the count of each album: none that is too low, and not one for all of them. */
function countsEach(pages: readonly Page[], total: LearnedRule, rows: ListingRows): boolean {
  const sketch = sketchOf([...rulesOfRows(rows), total]);
  const counts = pages.map((page) => {
    const found = sketch && readListing(page, sketch, { albumUrl: page.requestedUrl, number: 1 });
    const value = found?.total && 'value' in found.total ? found.total.value : 0;
    return { value, rows: found?.rows ?? 0 };
  });
  const different = (of: readonly number[]) => new Set(of).size;
  const isOfAll =
    different(counts.map(({ value }) => value)) < different(counts.map((one) => one.rows));
  return counts.every((one) => one.value >= one.rows) && !isOfAll;
}

/** In a list of files, icons that say what kind of file each is: `[IMG]`, `[DIR]`. */
function iconsOf(page: Page, { kinds }: ListingRows): LearnedRule[] {
  const select = 'img[alt^="["]';
  const areFiles = page.isHtml && kinds.some(({ row }) => row.includes('[href$="'));
  const count = areFiles ? page.document(select).length : 0;
  if (count === 0) return [];
  return [{ place: 'listing.ignore', rule: select, seenOn: `${count} icons for kinds of files` }];
}

/** The same page once more, and the one after it. */
async function furtherPages(
  page: Page,
  rows: ListingRows,
  next: readonly LearnedRule[],
  look: SiteLook,
): Promise<Page[]> {
  const again = await look.again(rows.page.requestedUrl);
  const sketch = sketchOf([...rulesOfRows(rows), ...next]);
  const place = { albumUrl: page.requestedUrl, number: 1 };
  const address = sketch && readListing(rows.page, sketch, place).next;
  const second = address === undefined ? undefined : await look.page(address);
  return [again, second].filter((one) => one !== undefined && one.status < 400) as Page[];
}

/** A profile with rules for rows and pages alone. */
function sketchOf(rules: readonly LearnedRule[]): Profile | undefined {
  const ruleAt = (place: string) => rules.find((one) => one.place === place)?.rule;
  const row = String(ruleAt('item.row') ?? ruleAt('item.0.row') ?? 'img');
  const value = row.startsWith('$') ? { select: '$' } : { attribute: 'src' };
  const next = ruleAt('listing.next');
  const json = ruleAt('listing.json');
  const total = ruleAt('listing.total');
  return sketchProfile({
    listing: {
      ...(next !== undefined && { next }),
      ...(json !== undefined && { json }),
      ...(total !== undefined && { total }),
    },
    item: { row, id: value, original: [value] },
  });
}
