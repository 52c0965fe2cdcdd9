import type { Page } from '../page/page.js';
import { readListing } from '../profile/read-listing.js';
import { surveyPage } from '../survey/survey-page.js';
import { type AlbumCandidate, albumRules } from './albums-rule.js';
import { itemRules } from './item-rules.js';
import type { LearnedWay } from './learn-way.js';
import type { LearnedRule } from './learned-rule.js';
import { keysOn, type ListingRows, listingRows, partsOn } from './listing-rows.js';
import type { Look } from './look.js';
import { sketchProfile } from './sketch-profile.js';

/** Albums that a page with photos links to, and the page of the first one. */
export interface AlbumsBeside {
  albums: AlbumCandidate;
  page: Page;
  /** Its photos, where the rules of the others do not find them. */
  other?: ListingRows;
}

/** The albums that a page with photos links to: one of them has photos like its own, or albums. */
export async function albumsBeside(
  page: Page,
  rows: ListingRows,
  look: Look,
): Promise<AlbumsBeside | undefined> {
  if (!page.isHtml) return undefined;
  const photos = new Set(keysOn(page, rows));
  for (const albums of albumRules(page, surveyPage(page), undefined).candidates.slice(0, 3)) {
    const { addresses, rule } = albums;
    const [first] = addresses;
    if (first === undefined || addresses.some((one) => photos.has(one))) continue;
    const inside = await look.page(first);
    if (inside === undefined || inside.status >= 400 || inside.url === page.url) continue;
    const keys = keysOn(inside, rows);
    const isOther = keys.some((key) => !photos.has(key));
    if (isOther) return { albums: { addresses, rule: withoutDoubt(rule) }, page: inside };
    const [other] = keys.length === 0 ? await listingRows(inside, look) : [];
    if (other?.mayBeAlbums === false) return { albums: { addresses, rule }, page: inside, other };
  }
  return undefined;
}

/** Adds what finds the originals of another album, where the rules do not find all of them there. */
export async function withOriginalsOf(
  page: Page,
  { rows, rules }: LearnedWay,
  look: Look,
): Promise<LearnedRule[]> {
  const [kind, ...others] = rows.kinds;
  const original = rules.find(({ place }) => place === 'item.original');
  if (kind === undefined || others.length > 0 || original === undefined) return rules;
  const names = rules.flatMap(({ place, rule }) =>
    place.startsWith('item.') ? [[place.slice('item.'.length), rule]] : [],
  );
  const sketch = sketchProfile({ item: Object.fromEntries(names) });
  const place = { albumUrl: page.requestedUrl, number: 1 };
  const isRead = sketch !== undefined && readListing(page, sketch, place).unreadable.length === 0;
  if (isRead || rows.json !== undefined) return rules;
  const there = await itemRules(page, partsOn(page, kind, undefined), [], look, 'item');
  const further = there.rules.find((one) => one.place === 'item.original');
  if (further === undefined) return rules;
  const rule = [...(original.rule as object[]), ...(further.rule as object[])];
  const seenOn = `${original.seenOn}; in another album: ${further.seenOn}`;
  return rules.map((one) => (one === original ? { ...original, rule, seenOn } : one));
}

function withoutDoubt({ place, rule, seenOn }: LearnedRule): LearnedRule {
  return { place, rule, seenOn: `${seenOn}; the first one opened has photos` };
}
