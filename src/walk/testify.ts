import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import type { ListedItem } from '../profile/listed-item.js';
import type { ListingParts } from '../profile/read-listing.js';
import { addressKind } from '../survey/address-kind.js';
import type { SurveyedPhoto } from '../survey/find-photos.js';
import { findHiddenPhotos, findScriptedPhotos } from '../survey/hidden-photos.js';
import { addressOf, isOff, type NextWay } from '../survey/next-ways.js';
import { frameOf, noticesIn } from '../survey/page-state.js';
import { leadsNowhere } from '../survey/plain-link.js';
import { surveyJson } from '../survey/survey-json.js';
import { surveyPage } from '../survey/survey-page.js';
import { plainText } from '../text/plain-text.js';
import { mayBePageOf, pageKey } from './page-key.js';
import { emptyTestimony, mostWays, type PageTestimony } from './page-testimony.js';
import { addCounts, addHints } from './testify-counts.js';
import { addJson } from './testify-json.js';
import { comparePhotos, isWithin, unlikeTaken } from './untaken-photos.js';
import type { WalkPlace } from './walk-place.js';

/** What the rule for the next page finds, in words. */
export const foundByRule = 'what listing.next finds';
/**
 * How near to a page's own number those of others are that are kept: a page that is passed over is near
 * to one that is read. What is kept of each page stays in memory for the whole run.
 */
const nearNumbers = 2;
/** Addresses of photos in scripts below which they are of something else, such as covers of albums. */
const fewestInScripts = 3;
/** Most kinds of photos of a page that are kept. */
const mostKinds = 20;

/**
 * Looks at a listing page beside what the rules took of it.
 *
 * @param photos the photos that the rules found, each once
 */
export function testify(
  page: Page,
  { rows, others, columns, albums, next, ignored, json }: ListingParts,
  place: WalkPlace,
  photos: readonly ListedItem[],
): PageTestimony {
  const taken = { rows: new Set(rows), albums: new Set(albums) };
  const testimony = emptyTestimony(page, place);
  if (json !== undefined) {
    const known = { rows: taken.rows, others: new Set(others), columns: new Set(columns) };
    addJson(testimony, surveyJson(json, ignored.members, known.columns), known, page);
  }
  if (!page.isHtml) return testimony;
  const survey = surveyPage(page, ignored.elements, 'with or without scripts');
  const isRead = ({ element }: { element: NextWay['element'] }) =>
    element !== undefined && (isWithin(element, taken.rows) || isWithin(element, taken.albums));
  testimony.frame = frameOf(survey.elements.filter((element) => !isRead({ element })));
  const { notices, words } = noticesIn(page.text);
  testimony.notices = notices;
  if (rows.length + others.length + albums.length === 0) testimony.words = plainText(words, 120);
  const links = new Set(
    survey.photos.filter(isRead).flatMap(({ link = '', thumbnails }) => [link, ...thumbnails]),
  );
  const ways = survey.ways.filter((way) => !isRead(way) && mayLeadOn(way, place, links));
  addWays(testimony, [...deadEnds(next, survey.ways, ignored.elements), ...ways], place);
  const counts = survey.counts.filter(({ line }) => !isRead(line));
  const shown = [rows.length, photos.length];
  addCounts(testimony, counts, place, shown);
  // The last picture of those that are shown may say how many more there are.
  const hints = survey.hints.filter(({ kind, line }) => kind === 'more' || !isRead(line));
  addHints(testimony, hints, place, shown);
  const hidden = findHiddenPhotos(page, ignored.elements);
  if (json !== undefined) {
    const known = addressesOf(photos);
    const untaken = inWords(unlikeTaken(survey.photos, known)) ?? testimony.untaken;
    return { ...testimony, untaken, scripted: inWords(unlikeTaken(hidden, known)) };
  }
  const { takenKinds, untakenKinds, untaken } = comparePhotos(
    survey.photos,
    taken.rows,
    taken.albums,
    { page: page.url, isFirst: place.number === 1 },
  );
  const addresses = (some: readonly SurveyedPhoto[]) =>
    some.flatMap(({ thumbnails, link }) => [...thumbnails, ...(link === undefined ? [] : [link])]);
  const known = [...addressesOf(photos), ...addresses(survey.photos.filter(isRead))];
  const inScripts = unlikeTaken(
    findScriptedPhotos(page, ignored.elements),
    known,
    addresses(survey.photos),
  );
  const inMarkup = unlikeTaken(hidden, known);
  return {
    ...testimony,
    takenKinds: [...takenKinds].slice(0, mostKinds),
    untakenKinds: [...untakenKinds].slice(0, mostKinds),
    untaken: inWords(untaken),
    scripted: inWords(inScripts.length < fewestInScripts ? inMarkup : [...inMarkup, ...inScripts]),
  };
}

/** All addresses of photos that were taken. */
function addressesOf(photos: readonly ListedItem[]): string[] {
  return photos.flatMap(({ thumbnailUrl, detailUrl, originals }) =>
    [thumbnailUrl, detailUrl, ...originals].filter((url) => url !== undefined && url !== null),
  );
}

/** Photos that were not taken: how many, and which is the first. */
function inWords(untaken: readonly SurveyedPhoto[]): PageTestimony['untaken'] {
  const [first] = untaken;
  if (first === undefined) return undefined;
  const [address] = first.thumbnails;
  const what = `${first.link === address ? 'a link to' : 'a picture at'} ${address}`;
  return { value: untaken.length, what: plainText(what, 200) };
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
    const found = { element, what: foundByRule, isCertain: true, instead };
    const isInert = written !== undefined && leadsNowhere(element, written);
    return [
      {
        ...found,
        ...(isPlaceholder && { isPlaceholder: true as const }),
        ...(isInert && { isInert: true as const }),
      },
    ];
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
    addNear(testimony, way, number, place);
    if (number <= (testimony.furthest?.value ?? 0)) continue;
    testimony.furthest = { value: number, what, url };
  }
}

/** Keeps a link to a page whose number is near to that of the page. */
function addNear(
  { numbered }: PageTestimony,
  { element: _element, ...way }: NextWay,
  number: number,
  place: WalkPlace,
): void {
  const key = way.url === undefined ? undefined : pageKey(way.url);
  const isNear = Math.abs(number - place.number) <= nearNumbers;
  if (key === undefined || !isNear || numbered.some((one) => one.key === key)) return;
  numbered.push({ key, number, way: { ...way, what: plainText(way.what, 100) } });
}

function kindOf({ url }: NextWay): string {
  return url === undefined ? 'no address' : addressKind(new URL(url));
}
