import type { Page } from '../page/page.js';
import { readListing } from '../profile/read-listing.js';
import type { AlbumCandidate } from './albums-rule.js';
import type { FoundListing } from './find-listing.js';
import type { LearnedWay } from './learn-way.js';
import type { LearnedRule } from './learned-rule.js';
import { keysOn, type ListingRows } from './listing-rows.js';
import type { OtherAlbum } from './other-albums.js';
import { sketchProfile } from './sketch-profile.js';

/** The rules for the albums of all pages seen. */
interface AlbumLevels {
  /** In words, what could not be settled. */
  missing: string[];
  /** The pages that the rules for photos are for: all, or those of the last level. */
  pages: Page[];
  rules(marks: readonly LearnedRule[]): LearnedRule[];
}

/** A page that was seen. */
interface SeenPage {
  page: Page;
  /** The albums that it links to, where they are known. */
  albums?: AlbumCandidate;
  /** Whether it lists albums and no photos. */
  isList: boolean;
}

/**
 * Puts the rules for albums of all pages together: one rule where one fits all pages, else a level for
 * each of those above the photos.
 *
 * @param others further albums that were opened
 */
export function albumLevels(
  found: FoundListing,
  { rows, rules }: LearnedWay,
  others: readonly OtherAlbum[],
): AlbumLevels {
  const seen = seenPages(found, others);
  const pages = seen.map(({ page }) => page);
  if (seen.every(({ albums }) => albums === undefined)) {
    return { missing: [], pages, rules: (marks) => [...marks] };
  }
  const common = commonRule(seen, rows);
  if (common !== undefined) {
    return { missing: [], pages, rules: (marks) => [common, ...marks] };
  }
  const outer = found.above.map(({ albums }) => albums);
  const inner = seen.filter(({ page }) => found.above.every((one) => one.page.url !== page.url));
  const isInner = inner.some(({ albums }) => albums !== undefined);
  const rule = isInner ? commonRule(inner, rows) : undefined;
  const unsettled = `listing.albums: no one rule finds the albums of all pages and none of their photos; the page ${found.page.url} links to albums too`;
  const missing = isInner && rule === undefined ? [unsettled] : [];
  const innerPages = inner.map(({ page }) => page);
  if (outer.length === 0) return { missing, pages: innerPages, rules: (marks) => [...marks] };
  const nested = rules.filter(({ place }) => place.startsWith('listing.'));
  return {
    missing,
    pages: innerPages,
    rules: (marks) => [leveled(outer, [...(rule ? [rule] : []), ...nested, ...marks])],
  };
}

function seenPages(found: FoundListing, others: readonly OtherAlbum[]): SeenPage[] {
  const seen = new Map<string, SeenPage>();
  for (const { page, above } of [found, ...others]) {
    for (const one of above) {
      const isList = one.page.url !== found.page.url;
      seen.set(one.page.url, { page: one.page, albums: one.albums, isList });
    }
    if (!seen.has(page.url)) seen.set(page.url, { page, isList: false });
  }
  return [...seen.values()];
}

/** The rule that finds the albums of all pages, and no photos: that of one of them, or of all. */
function commonRule(seen: readonly SeenPage[], rows: ListingRows): LearnedRule | undefined {
  const used = seen.flatMap(({ albums }) => albums?.rule ?? []);
  return [...used, joined(used)].find((rule) => rule !== undefined && fitsAll(rule, seen, rows));
}

/** A rule that finds what any of some rules finds. */
function joined(rules: readonly LearnedRule[]): LearnedRule | undefined {
  const [first] = rules;
  if (first === undefined) return undefined;
  const written = rules.map(({ rule }) => rule as { row: string; link: object; title?: object });
  const distinct = (values: readonly unknown[]) =>
    [...new Set(values.flatMap((value) => (value === undefined ? [] : JSON.stringify(value))))].map(
      (value) => JSON.parse(value) as unknown,
    );
  const titles = distinct(written.map(({ title }) => title));
  const rule = {
    row: distinct(written.map(({ row }) => row)).join(', '),
    link: distinct(written.map(({ link }) => link)),
    ...(titles.length > 0 && { title: titles }),
  };
  return { ...first, rule, seenOn: rules.map(({ seenOn }) => seenOn).join('; ') };
}

/** Whether a rule finds the known albums of every page, all of them, and no photos. */
function fitsAll(rule: LearnedRule, seen: readonly SeenPage[], rows: ListingRows): boolean {
  if (rows.kinds.some(({ row }) => row.startsWith('$'))) return false;
  return seen.every(({ page, albums, isList }) => {
    const found = albumsOn(page, rule)?.map(withoutHash);
    if (found === undefined) return false;
    const photos = keysOn(page, rows).map(withoutHash);
    if (isList && photos.length > 0) return false;
    if (found.some((url) => photos.includes(url))) return false;
    if (albums === undefined) return true;
    const known = new Set(albums.addresses.map(withoutHash));
    return found.every((url) => known.has(url)) && known.size === new Set(found).size;
  });
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
