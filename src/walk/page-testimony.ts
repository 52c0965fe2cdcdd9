import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import type { ListingParts } from '../profile/read-listing.js';
import { addressKind } from '../survey/address-kind.js';
import { pictureEnding } from '../survey/find-photos.js';
import { addressOf, isOff, type NextWay } from '../survey/next-ways.js';
import type { SiteCount } from '../survey/site-counts.js';
import { type JsonList, type JsonMember, surveyJson } from '../survey/survey-json.js';
import { surveyPage } from '../survey/survey-page.js';
import { plainText } from '../text/plain-text.js';
import { mayBePageOf, pageKey } from './page-key.js';
import { comparePhotos, isWithin } from './untaken-photos.js';
import type { WalkPlace } from './walk-place.js';

/** A way to a further page, without its element. */
export type SeenWay = Omit<NextWay, 'element'>;

/** Something that names a number, in words. */
export interface SeenNumber {
  value: number;
  what: string;
}

/** What a look at a page shows that its rules may have missed. It is small, since pages are many. */
export interface PageTestimony {
  /** Keys of the addresses that it was read from. */
  addresses: string[];
  /** What leads to the next page. */
  ways: SeenWay[];
  /** The furthest page that it names. */
  furthest: (SeenNumber & { url?: string | undefined }) | undefined;
  /** How many photos the site says that the album has. */
  total: SeenNumber | undefined;
  /** Structures and links of photos that were taken, and of those on a page of which none was. */
  takenKinds: string[];
  untakenKinds: string[];
  /** Photos that no rule took, though others of their kind were: how many, and the first one. */
  untaken: (SeenNumber & { value: number }) | undefined;
}

/** Most ways of a page that are kept. */
const mostWays = 6;
/** Most kinds of photos of a page that are kept. */
const mostKinds = 20;

/**
 * Looks at a listing page beside what the rules took of it.
 *
 * @param photos how many photos the rules found, each once
 */
export function testify(
  page: Page,
  { rows, others, columns, albums, next, ignored, json }: ListingParts,
  place: WalkPlace,
  photos: number,
): PageTestimony {
  const taken = { rows: new Set(rows), albums: new Set(albums) };
  const testimony = emptyTestimony(page, place);
  if (json !== undefined) {
    const known = { rows: taken.rows, others: new Set(others), columns: new Set(columns) };
    addJson(testimony, surveyJson(json, ignored.members, known.columns), known, page);
  }
  if (!page.isHtml) return testimony;
  const survey = surveyPage(page, ignored.elements);
  const isRead = ({ element }: { element: NextWay['element'] }) =>
    element !== undefined && (isWithin(element, taken.rows) || isWithin(element, taken.albums));
  const links = new Set(
    survey.photos.filter(isRead).flatMap(({ link = '', thumbnails }) => [link, ...thumbnails]),
  );
  const ways = survey.ways.filter((way) => !isRead(way) && mayLeadOn(way, place, links));
  addWays(testimony, [...deadEnds(next, survey.ways, ignored.elements), ...ways], place);
  const counts = survey.counts.filter(({ line }) => !isRead(line));
  addCounts(testimony, counts, place, [rows.length, photos]);
  if (json !== undefined) return testimony;
  const { takenKinds, untakenKinds, untaken } = comparePhotos(
    survey.photos,
    taken.rows,
    taken.albums,
    { page: page.url, isFirst: place.number === 1 },
  );
  const [first] = untaken;
  const what = `${first?.link === first?.thumbnails[0] ? 'a link to' : 'a picture at'} ${first?.thumbnails[0]}`;
  return {
    ...testimony,
    takenKinds: [...takenKinds].slice(0, mostKinds),
    untakenKinds: [...untakenKinds].slice(0, mostKinds),
    untaken: first && { value: untaken.length, what: plainText(what, 200) },
  };
}

function emptyTestimony(page: Page, place: WalkPlace): PageTestimony {
  return {
    addresses: [...new Set([place.url, page.requestedUrl, page.url].map(pageKey))],
    ways: [],
    furthest: undefined,
    total: undefined,
    takenKinds: [],
    untakenKinds: [],
    untaken: undefined,
  };
}

/** What the rule for the next page finds without an address, and a look at the page does not. */
function deadEnds(
  next: readonly object[],
  ways: readonly NextWay[],
  ignored: ReadonlySet<object>,
): NextWay[] {
  const elements = next.filter((one): one is PageElement => 'attribs' in one && 'name' in one);
  return elements.flatMap((element) => {
    const isSeen = ways.some((way) => way.element === element);
    const written = addressOf(element)?.trim();
    const hasAddress = written !== undefined && !/^(?:#|javascript:)/i.test(written);
    if (isSeen || hasAddress || isOff(element) || isWithin(element, ignored)) return [];
    const instead = written === undefined ? 'no address' : `the address “${written}”`;
    const isPlaceholder = written === undefined && !/^(?:button|input)$/.test(element.name);
    const found = { element, what: 'what listing.next finds', isCertain: true, instead };
    return [{ ...found, ...(isPlaceholder && { isPlaceholder: true as const }) }];
  });
}

function mayLeadOn({ url, isCertain }: NextWay, place: WalkPlace, photos: Set<string>): boolean {
  if (url === undefined) return true;
  return !photos.has(url) && (isCertain || mayBePageOf(url, place));
}

function addWays(testimony: PageTestimony, ways: readonly NextWay[], place: WalkPlace): void {
  const next = ways.filter(({ number }) => number === undefined);
  for (const { element: _element, ...way } of next) {
    // Many pages have the same link above and below the photos.
    const isKnown = testimony.ways.some(
      ({ url, instead }) => url === way.url && instead === way.instead,
    );
    if (isKnown || testimony.ways.length >= mostWays) continue;
    testimony.ways.push({ ...way, what: plainText(way.what, 100) });
  }
  // Numbers are those of pages where they go on from this page's. Others choose a page's length.
  const kinds = new Set(
    ways.flatMap((way) => (way.number === place.number + 1 ? kindOf(way) : [])),
  );
  for (const way of ways) {
    const { number, url, what } = way;
    if (number === undefined || !kinds.has(kindOf(way))) continue;
    if (number <= (testimony.furthest?.value ?? 0)) continue;
    testimony.furthest = { value: number, what, url };
  }
}

function kindOf({ url }: NextWay): string {
  return url === undefined ? 'no address' : addressKind(new URL(url));
}

function addCounts(
  testimony: PageTestimony,
  counts: readonly SiteCount[],
  place: WalkPlace,
  shown: readonly number[],
): void {
  for (const { kind, total, from, to, isOfPhotos, words } of counts) {
    const what = `“${plainText(words, 100)}”`;
    const length = to - from + 1;
    if (kind === 'pages') {
      if (from === place.number) addFurthest(testimony, { value: total, what });
      continue;
    }
    const isOfRows = shown.includes(length) || (isOfPhotos && length >= Math.max(...shown));
    if (kind === 'whole' || isOfRows) addTotal(testimony, { value: total, what });
  }
}

function addFurthest(testimony: PageTestimony, found: SeenNumber): void {
  if (found.value > (testimony.furthest?.value ?? 0)) testimony.furthest = found;
}

function addTotal(testimony: PageTestimony, found: SeenNumber): void {
  if (found.value > (testimony.total?.value ?? 0)) testimony.total = found;
}

function addJson(
  testimony: PageTestimony,
  lists: readonly JsonList[],
  known: Record<'rows' | 'others' | 'columns', ReadonlySet<object>>,
  page: Page,
): void {
  const isKnown = (item: object) => known.rows.has(item) || known.others.has(item);
  const taken = lists.filter(({ list, items }) => known.columns.has(list) || items.some(isKnown));
  const paths = new Set(taken.map(({ path }) => path));
  const others = lists
    .filter(({ path }) => paths.has(path))
    .flatMap(({ path, items }) => items.map((item) => ({ path, item })))
    .filter(({ item }) => !isKnown(item) || (known.others.has(item) && namesPicture(item)));
  const [first] = others;
  if (first !== undefined)
    testimony.untaken = { value: others.length, what: `one at ${first.path}` };
  for (const count of taken.flatMap(({ counts }) => counts)) addTotal(testimony, asNumber(count));
  // A list of events that hold the photos says how it goes on; what it counts is events.
  const around = lists.filter(({ path }) =>
    [...paths].some((inner) => inner.startsWith(`${path}[*]`)),
  );
  for (const { pages, more } of [...taken, ...around]) {
    for (const count of pages) addFurthest(testimony, asNumber(count));
    testimony.ways.push(...more.flatMap((member) => wayOf(member, page)));
  }
  testimony.ways = testimony.ways.slice(0, mostWays);
}

/** Whether JSON has the address or the name of a picture or film in it. */
function namesPicture(value: unknown): boolean {
  if (typeof value === 'string') return pictureEnding.test(value.replace(/[?#].*$/s, ''));
  return typeof value === 'object' && value !== null && Object.values(value).some(namesPicture);
}

function asNumber({ name, value }: JsonMember<number>): SeenNumber {
  return { value, what: `“${name}”: ${value}` };
}

/** A member of JSON as a way on: an address, or a value that says that there is more. */
function wayOf({ name, value }: JsonMember<string | number | true>, page: Page): SeenWay[] {
  const what = `“${name}”: ${plainText(String(value), 80)}`;
  const isAddress = typeof value === 'string' && /^(?:https?:\/\/|\/|\?)/.test(value);
  const url =
    isAddress && URL.canParse(value, page.url) ? new URL(value, page.url).href : undefined;
  return [{ what, isCertain: true, ...(url === undefined ? { instead: 'no address' } : { url }) }];
}
