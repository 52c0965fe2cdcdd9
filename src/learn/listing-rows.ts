import { webUrl } from '../page/address.js';
import type { Page } from '../page/page.js';
import { OpenPage, PageError } from '../profile/open-page.js';
import type { PagePart } from '../profile/page-part.js';
import { surveyPage } from '../survey/survey-page.js';
import { htmlRows } from './html-rows.js';
import type { JsonPlace } from './json-places.js';
import { jsonRows } from './json-rows.js';
import type { LearnedRule } from './learned-rule.js';
import type { Look } from './look.js';
import { withoutPassing } from './passing-parameters.js';

/** Rows of photos on a page: of one kind, or of several in one list. */
export interface ListingRows {
  kinds: { row: string; where?: unknown; parts: readonly PagePart[]; seenOn: string }[];
  /** Where the JSON stands that they are in; undefined in HTML, and where the page itself is JSON. */
  json: JsonPlace;
  /** The page that holds them: a file of JSON, or the page itself. */
  page: Page;
  /** Whether they may be covers of albums. */
  mayBeAlbums: boolean;
}

/** Most ways to read a page that are tried. */
const mostWays = 3;

/** Finds the rows of photos on a page, in HTML and in JSON, the likeliest first. */
export async function listingRows(page: Page, look: Look): Promise<ListingRows[]> {
  const ofHtml = page.isHtml ? inHtml(page) : [];
  const ofJson = (await jsonRows(page, look)).map(
    ({ row, where, json, parts, page: holder, seenOn }): ListingRows => ({
      kinds: [{ row, ...(where !== undefined && { where }), parts, seenOn }],
      json,
      page: holder,
      mayBeAlbums: false,
    }),
  );
  const [html] = ofHtml;
  const isMore = (rows: ListingRows) => countOf(rows) > (html ? countOf(html) : 0);
  // The page's own markup is what its visitors see; JSON counts before it where it lists more.
  const ranked = [...ofJson.filter(isMore), ...ofHtml, ...ofJson.filter((one) => !isMore(one))];
  return ranked.slice(0, mostWays);
}

/** How many rows there are, of all kinds. */
export function countOf({ kinds }: ListingRows): number {
  return kinds.reduce((sum, { parts }) => sum + parts.length, 0);
}

/** Kinds that stand in one element are one list: photos and films. */
function inHtml(page: Page): ListingRows[] {
  const ways: ListingRows[] = [];
  const parentOf = ({ parts }: { parts: readonly PagePart[] }) => {
    const node = parts[0]?.node;
    return node !== undefined && 'parent' in node ? node.parent : undefined;
  };
  for (const { row, where, parts, seenOn, mayBeAlbums } of htmlRows(page, surveyPage(page))) {
    const kind = { row, ...(where !== undefined && { where }), parts, seenOn };
    const list = ways.find(({ kinds: [first] }) => first && parentOf(first) === parentOf(kind));
    const isKnown = list?.kinds.some((one) => one.row === row);
    if (list && isKnown !== true && mayBeAlbums !== true) list.kinds.push(kind);
    else ways.push({ kinds: [kind], json: undefined, page, mayBeAlbums: mayBeAlbums === true });
  }
  return ways;
}

/** The rules for rows, and where the JSON is that they stand in. */
export function rulesOfRows({ kinds, json }: ListingRows): LearnedRule[] {
  const rules: LearnedRule[] = kinds.flatMap(({ row, where, seenOn }, kind) => {
    const prefix = prefixOf(kinds, kind);
    return [
      { place: `${prefix}.row`, rule: row, seenOn },
      ...(where === undefined ? [] : [{ place: `${prefix}.where`, rule: where, seenOn }]),
    ];
  });
  if (json !== undefined) {
    rules.push({ place: 'listing.json', rule: json, seenOn: kinds[0]?.seenOn ?? '' });
  }
  return rules;
}

/** The place of an item in the profile. */
export function prefixOf(kinds: ListingRows['kinds'], kind: number): string {
  return kinds.length === 1 ? 'item' : `item.${kind}`;
}

/** The rows of one kind on another page of the album. */
export function partsOn(page: Page, { row }: { row: string }, json: JsonPlace): PagePart[] {
  try {
    return new OpenPage(page, json).parts(row);
  } catch (error) {
    if (error instanceof PageError) return [];
    throw error;
  }
}

/** What tells the photos of a page from those of another: see {@link keyOf}. */
export function keysOn(page: Page, { kinds, json }: ListingRows): string[] {
  return kinds.flatMap((kind) => partsOn(page, kind, json).map((part) => keyOf(part, page)));
}

/** What tells a photo from others: where its row leads, or what it says. */
export function keyOf(part: PagePart, page: Page): string {
  // A part of JSON has no elements.
  if (part.node === undefined || !('attribs' in part.node)) return part.source();
  for (const [select, attribute] of [
    [undefined, 'href'],
    ['a', 'href'],
    ['img', 'src'],
  ] as const) {
    const reading = part.text(select, attribute);
    if (!('value' in reading)) continue;
    const url = webUrl(reading.value, page);
    return url === undefined ? reading.value : withoutPassing(url);
  }
  return part.source();
}
