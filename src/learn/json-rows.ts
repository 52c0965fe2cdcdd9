import { webUrl } from '../page/address.js';
import type { Page } from '../page/page.js';
import { JsonPart, type PagePart } from '../profile/page-part.js';
import { type JsonGroup, jsonGroups } from './json-groups.js';
import { type FoundJson, type JsonPlace, jsonOn } from './json-places.js';
import { whereFor } from './json-where.js';
import type { Look } from './look.js';
import { isOneOfSizes, photoLikeness } from './photo-likeness.js';

/** A list in JSON whose things look like photos. */
export interface JsonRows {
  /** The path of its rows, such as `$.photos[*]`. */
  row: string;
  /** The rule for which rows count; missing where all do. */
  where?: unknown;
  /** Where the JSON stands, as `listing.json` has it; missing where it is the page itself. */
  json?: Exclude<JsonPlace, undefined>;
  /** The rows that look like photos, in the list's order. */
  parts: PagePart[];
  /** The page that holds it: the file, where it stands in a file beside the page. */
  page: Page;
  seenOn: string;
}

/** From which likeness on a thing looks like a photo. */
const leastLikeness = 2;
/** Which part of a list has to look like photos: feeds hold texts too. */
const leastShare = 0.3;
/** The most files beside a page that are fetched. */
const mostFiles = 4;

/**
 * Finds lists of photos in JSON: the page itself, or what stands in its scripts and attributes, or else
 * in files that it names.
 *
 * @returns the likeliest first; empty where there are none
 */
export async function jsonRows(page: Page, look: Look): Promise<JsonRows[]> {
  const own = rowsIn(page, jsonOn(page));
  if (own.length > 0 || !page.isHtml) return own;
  const found: JsonRows[] = [];
  for (const file of filesOf(page).slice(0, mostFiles)) {
    const beside = await look.page(new URL(file, page.url).href);
    if (beside === undefined || beside.status >= 400 || beside.isHtml) continue;
    const [{ value } = { value: undefined }] = jsonOn(beside);
    if (value !== undefined) found.push(...rowsIn(beside, [{ place: { file }, value }]));
  }
  return ranked(found);
}

/** The lists of photos in some JSON of a page, the likeliest first. */
export function rowsIn(page: Page, all: readonly FoundJson[]): JsonRows[] {
  const found = all.flatMap(({ place, value }) => {
    const whole = new JsonPart({ value });
    return photoGroups(value).map(({ path, values }) => {
      const photos = values.filter(isPhoto);
      const others = values.filter((one) => !isPhoto(one));
      const where = whereFor(photos, others);
      const holder = place === undefined ? 'the JSON' : placeInWords(place);
      return {
        row: path,
        ...(where !== undefined && { where }),
        ...(place !== undefined && { json: place }),
        parts: whole.parts(path).filter(looksLikePhoto),
        page,
        seenOn: `${photos.length} of ${values.length} things in ${holder}`,
      };
    });
  });
  return ranked(found);
}

/** Whether a row of JSON looks like a photo. */
export function looksLikePhoto(part: PagePart): boolean {
  return isPhoto(part.node ?? textOf(part));
}

function isPhoto(thing: unknown): boolean {
  return photoLikeness(thing) >= leastLikeness;
}

/** The groups in JSON whose values look like photos. */
function photoGroups(value: unknown): JsonGroup[] {
  const groups = jsonGroups(value).filter(isOfPhotos);
  return groups.filter(({ path, values }) => {
    const holder = groups.find((other) => path !== other.path && path.startsWith(other.path));
    if (holder !== undefined && isOneOfSizes(values, holder.values.length)) return false;
    // Posts are no photos where each holds a list of them.
    return !groups.some(
      (inner) =>
        inner.path !== path &&
        inner.path.startsWith(path) &&
        !isOneOfSizes(inner.values, values.length),
    );
  });
}

/** Names of lists of other things than the photos of an album. */
const otherLists =
  /^(?:menu|nav(?:igation)?|users?|members|people|friends|authors?|comments?|likes|tags?|categories|languages|locales|albums|galleries|folders|director(?:y|ies)|related|recommend(?:ed|ations)|suggest(?:ed|ions)|similar|avatars?|emojis?|icons?|breadcrumbs?|links|scripts?|styles?|plugins|ads|faces|products|offers|articles|itemListElement|sponsors|partners)$/i;

function isOfPhotos({ values, names }: JsonGroup): boolean {
  if (names.some((name) => otherLists.test(name))) return false;
  const alike = values.filter(isPhoto);
  return alike.length > 0 && alike.length >= values.length * leastShare;
}

function ranked(found: readonly JsonRows[]): JsonRows[] {
  return found
    .map((rows) => ({ rows, score: scoreOf(rows) }))
    .sort((one, other) => other.score - one.score)
    .map(({ rows }) => rows);
}

function scoreOf({ parts }: JsonRows): number {
  const likeness = parts.map((part) => photoLikeness(part.node ?? textOf(part)));
  const alike = likeness.filter((one) => one >= leastLikeness);
  const mean = alike.reduce((sum, one) => sum + one, 0) / Math.max(1, alike.length);
  return mean * Math.log2(1 + alike.length);
}

function textOf(part: PagePart): string {
  const reading = part.text(undefined, undefined);
  return 'value' in reading ? reading.value : '';
}

function placeInWords(place: Exclude<JsonPlace, undefined>): string {
  if ('file' in place) return place.file;
  return 'script' in place ? `the script ${place.script}` : `the attribute ${place.attribute}`;
}

/** Names that tell that a file lists photos. */
const listName = /photo|picture|image|media|album|galler|item|file|list|data|feed|index|content/i;
const noList = /manifest|package|locale|i18n|lang|translation|config|settings|oembed|wp-json\/?$/i;

/** The addresses of JSON files that a page names, as it writes them, the likeliest first. */
function filesOf(page: Page): string[] {
  const written = [
    ...page
      .document(
        'link[href], a[href], [data-url], [data-src], [data-json], [data-source], [data-feed], [data-endpoint], [data-api]',
      )
      .toArray()
      .flatMap((element) => ('attribs' in element ? Object.values(element.attribs) : [])),
    ...page
      .document('script:not([src])')
      .toArray()
      .flatMap((script) =>
        [...(page.document(script).html() ?? '').matchAll(/["'`]([^"'`\s<>{}]{2,300})["'`]/g)].map(
          ([, text = '']) => text.replaceAll('\\/', '/'),
        ),
      ),
  ];
  const own = new URL(page.url);
  const files = written.filter((text) => {
    const url = webUrl(text, page);
    if (url === undefined || url.host !== own.host || noList.test(text)) return false;
    const isJson =
      /\.json$/i.test(url.pathname) || /[?&](?:format|output|alt)=json\b/i.test(url.search);
    return isJson || (/^\.?\/?(?:[\w-]+\/)*api\//i.test(text) && listName.test(text));
  });
  return [...new Set(files)].sort(
    (one, other) => Number(listName.test(other)) - Number(listName.test(one)),
  );
}
