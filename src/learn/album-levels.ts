import type { Page } from '../page/page.js';
import { readListing } from '../profile/read-listing.js';
import type { AlbumsBeside } from './albums-beside.js';
import type { AlbumCandidate } from './albums-rule.js';
import type { FoundListing } from './find-listing.js';
import type { LearnedWay } from './learn-way.js';
import type { LearnedRule } from './learned-rule.js';
import { keysOn, type ListingRows } from './listing-rows.js';
import { sketchProfile } from './sketch-profile.js';

export interface AlbumLevels {
  /** Whether all pages are read by the same rules. */
  isOneLevel: boolean;
  /** In words, what could not be settled. */
  missing: string[];
  rules(marks: LearnedRule[]): LearnedRule[];
}

/**
 * Puts the rules for albums of all pages together: one rule where one fits all pages, else a level for
 * each.
 *
 * @param beside the albums that the photos' page links to
 */
export function albumLevels(
  { page, above }: FoundListing,
  { rows, rules }: LearnedWay,
  beside: AlbumsBeside | undefined,
): AlbumLevels {
  const photos = new Set(keysOn(page, rows));
  const used = [
    ...above.map(({ albums }) => albums),
    ...(beside === undefined ? [] : [beside.albums]),
  ];
  const [first] = used;
  if (first === undefined) return { isOneLevel: true, missing: [], rules: (marks) => marks };
  const pages = [...above.map((one) => one.page), page];
  const common = used.find(
    (one) =>
      fitsAll(one, used, pages, photos, rows) &&
      (beside === undefined || !findsPhotos(one, beside.page, rows)),
  );
  if (common !== undefined) {
    return { isOneLevel: true, missing: [], rules: (marks) => [common.rule, ...marks] };
  }
  const unsettled = `listing.albums: no one rule finds the albums of all pages and none of their photos; the page ${page.url} links to albums too`;
  const missing = beside === undefined ? [] : [unsettled];
  if (above.length === 0) return { isOneLevel: true, missing, rules: (marks) => marks };
  const nested = rules.filter(({ place }) => place.startsWith('listing.'));
  return {
    isOneLevel: false,
    missing,
    rules: (marks) => [leveled(used.slice(0, above.length), [...nested, ...marks])],
  };
}

/** Whether a rule for albums finds photos on the page of an album inside another. */
function findsPhotos({ rule }: AlbumCandidate, page: Page, rows: ListingRows): boolean {
  const photos = new Set(keysOn(page, rows).map(withoutHash));
  const found = albumsOn(page, rule) ?? [];
  return found.some((url) => photos.has(withoutHash(url)));
}

/** The addresses of the albums that a rule finds on a page; undefined if it is no rule for them. */
function albumsOn(page: Page, { rule }: LearnedRule): string[] | undefined {
  const sketch = sketchProfile({
    listing: { albums: rule },
    item: { row: 'no-such-row', id: {}, original: [{}] },
  });
  if (sketch === undefined) return undefined;
  const place = { albumUrl: page.requestedUrl, number: 1 };
  return readListing(page, sketch, place).albums.map(({ url }) => url);
}

/** Whether one rule finds the albums of every page and no photos, and the photos' rule no albums. */
function fitsAll(
  { rule }: AlbumCandidate,
  used: readonly AlbumCandidate[],
  pages: readonly Page[],
  photos: ReadonlySet<string>,
  rows: ListingRows,
): boolean {
  if (rows.kinds.some(({ row }) => row.startsWith('$'))) return false;
  return pages.every((page, index) => {
    const found = albumsOn(page, rule);
    if (found === undefined) return false;
    const isLast = index === pages.length - 1;
    if (!isLast && keysOn(page, rows).length > 0) return false;
    const addresses = used[index]?.addresses ?? [];
    const known = new Set(addresses.map(withoutHash));
    // Of the last page it is not known which albums it has: what the rule finds there may be some.
    const isKnown = index >= used.length || found.every((url) => known.has(withoutHash(url)));
    return isKnown && (isLast || found.length > 0) && !found.some((url) => photos.has(url));
  });
}

function withoutHash(address: string): string {
  return address.split('#')[0] ?? address;
}

/** Albums of several levels: the rules for the photos' pages stand inside the last one's. */
function leveled(used: readonly AlbumCandidate[], inner: readonly LearnedRule[]): LearnedRule {
  const listing = Object.fromEntries(
    inner.map(({ place, rule }) => [place.slice('listing.'.length), rule]),
  );
  const rule = used.reduceRight<object>(
    (inside, { rule: { rule: albums } }, index) => ({
      albums: { ...(albums as object), listing: index === used.length - 1 ? listing : inside },
    }),
    {},
  ) as { albums: object };
  const seenOn = used.map((one) => one.rule.seenOn).join('; inside: ');
  return { place: 'listing.albums', rule: rule.albums, seenOn };
}
