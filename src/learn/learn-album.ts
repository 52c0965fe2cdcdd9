import type { Page } from '../page/page.js';
import { readListing } from '../profile/read-listing.js';
import { type Profile, profileSchema } from '../profile/schema.js';
import { surveyPage } from '../survey/survey-page.js';
import { plainText } from '../text/plain-text.js';
import { type AlbumCandidate, albumRules } from './albums-rule.js';
import { itemRules } from './item-rules.js';
import type { LearnedRule } from './learned-rule.js';
import { likelyWays } from './likely-ways.js';
import {
  countOf,
  keysOn,
  type ListingRows,
  listingRows,
  partsOn,
  prefixOf,
  rulesOfRows,
} from './listing-rows.js';
import { markRules } from './mark-rule.js';
import { nextRules } from './next-rule.js';
import type { SiteLook } from './site-look.js';
import { totalRules } from './total-rule.js';

/** How deep albums inside albums are searched for photos. */
const mostDepth = 6;
/** Albums of one page that are opened until one has photos. */
const mostAlbums = 3;

/** What was learned of an album's pages. */
export interface LearnedPages {
  rules: LearnedRule[];
  /** In words, what could not be settled. */
  missing: string[];
}

/** A page that lists photos, with the pages of albums that led to it. */
interface FoundListing {
  page: Page;
  ways: ListingRows[];
  /** The pages above it, the first one first, each with the rule for its albums. */
  above: { page: Page; albums: AlbumCandidate }[];
}

/** What one way to read the photos of a page gives. */
interface LearnedWay extends LearnedPages {
  rows: ListingRows;
  pages: Page[];
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

/** Opens albums inside albums until a page shows photos that are no covers. */
async function findListing(
  page: Page,
  look: SiteLook,
  above: FoundListing['above'] = [],
): Promise<FoundListing | undefined> {
  const ways = await listingRows(page, look);
  const own = ways.length === 0 ? undefined : { page, ways, above };
  if (own !== undefined && ways[0]?.mayBeAlbums === false) return own;
  return (await findInside(page, look, above)) ?? own;
}

async function findInside(
  page: Page,
  look: SiteLook,
  above: FoundListing['above'],
): Promise<FoundListing | undefined> {
  if (above.length >= mostDepth || !page.isHtml) return undefined;
  const seen = new Set([page, ...above.map((one) => one.page)].map(({ url }) => url));
  const { candidates } = albumRules(page, surveyPage(page), undefined);
  const tries = candidates
    .slice(0, 2)
    .flatMap((albums) => albums.addresses.slice(0, mostAlbums).map((url) => ({ albums, url })));
  for (const { albums, url } of tries) {
    const inside = seen.has(url) ? undefined : await look.page(url);
    if (inside === undefined || inside.status >= 400 || seen.has(inside.url)) continue;
    const found = await findListing(inside, look, [...above, { page, albums }]);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function learnWay(page: Page, rows: ListingRows, look: SiteLook): Promise<LearnedWay> {
  const holder = rows.page;
  const next = await nextRules(holder, (one) => keysOn(one, rows), look, rows.json);
  const again = await furtherPages(page, rows, next, look);
  const rules = [...rulesOfRows(rows), ...next];
  const missing: string[] = [];
  for (const [index, kind] of rows.kinds.entries()) {
    const others = again
      .map((one) => ({ page: one, rows: partsOn(one, kind, rows.json) }))
      .filter((one) => one.rows.length > 0);
    const prefix = prefixOf(rows.kinds, index);
    const learned = await itemRules(holder, kind.parts, others, look, prefix);
    rules.push(...learned.rules);
    missing.push(...learned.missing.map((what) => `${prefix}, ${what}`));
  }
  rules.push(...iconsOf(holder, rows));
  rules.push(...totalRules(holder, countOf(rows), rows.json).slice(0, 1));
  return { rules, missing, rows, pages: [holder, ...again] };
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
  const parsed = profileSchema.safeParse({
    name: 'sketch',
    title: 'sketch',
    signIn: { by: 'none' },
    listing: { ...(next !== undefined && { next }), ...(json !== undefined && { json }) },
    item: { row, id: value, original: [value] },
  });
  return parsed.success ? parsed.data : undefined;
}

interface AlbumLevels {
  /** Whether all pages are read by the same rules. */
  isOneLevel: boolean;
  /** In words, what could not be settled. */
  missing: string[];
  rules(marks: LearnedRule[]): LearnedRule[];
}

/** Albums that a page with photos links to, and the page of the first one. */
interface AlbumsBeside {
  albums: AlbumCandidate;
  page: Page;
  /** Its photos, where the rules of the others do not find them. */
  other?: ListingRows;
}

/** The albums that a page with photos links to: one of them has photos like its own, or albums. */
async function albumsBeside(
  page: Page,
  rows: ListingRows,
  look: SiteLook,
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
async function withOriginalsOf(
  page: Page,
  { rows, rules }: LearnedWay,
  look: SiteLook,
): Promise<LearnedRule[]> {
  const [kind, ...others] = rows.kinds;
  const original = rules.find(({ place }) => place === 'item.original');
  if (kind === undefined || others.length > 0 || original === undefined) return rules;
  const names = rules.flatMap(({ place, rule }) =>
    place.startsWith('item.') ? [[place.slice('item.'.length), rule]] : [],
  );
  const sketch = profileSchema.safeParse({
    name: 'sketch',
    title: 'sketch',
    signIn: { by: 'none' },
    item: Object.fromEntries(names),
  });
  const place = { albumUrl: page.requestedUrl, number: 1 };
  const isRead = sketch.success && readListing(page, sketch.data, place).unreadable.length === 0;
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

/**
 * Puts the rules for albums of all pages together: one rule where one fits all pages, else a level for
 * each.
 *
 * @param beside the albums that the photos' page links to
 */
function albumLevels(
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
  const sketch = profileSchema.safeParse({
    name: 'sketch',
    title: 'sketch',
    signIn: { by: 'none' },
    listing: { albums: rule },
    item: { row: 'no-such-row', id: {}, original: [{}] },
  });
  if (!sketch.success) return undefined;
  const place = { albumUrl: page.requestedUrl, number: 1 };
  return readListing(page, sketch.data, place).albums.map(({ url }) => url);
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

function marksOf({ above, page }: FoundListing, { pages, rows }: LearnedWay, isOne: boolean) {
  const around = isOne ? above.map((one) => one.page) : [];
  return markRules(rows.page === page ? [...around, ...pages] : pages);
}

/** The title that a page gives itself. */
export function titleOf({ document: $, url, isHtml }: Page): string {
  const host = new URL(url).hostname;
  if (!isHtml) return host;
  const texts = [$('h1').first(), $('title').first()].map((part) => plainText(part.text(), 60));
  return texts.map((text) => text.trim()).find((text) => text !== '') ?? host;
}
