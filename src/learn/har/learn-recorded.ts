import { Page } from '../../page/page.js';
import type { ReadingRequest } from '../../page/reading-request.js';
import { levelsOf, listsAlbumsAlone } from '../../profile/levels.js';
import { nextPage } from '../../profile/next-page.js';
import { OpenPage } from '../../profile/open-page.js';
import { readListing } from '../../profile/read-listing.js';
import { type Profile, profileSchema } from '../../profile/schema.js';
import { readingRequest, type SiteAccount, startAddresses } from '../../profile/site-addresses.js';
import { surveyPage } from '../../survey/survey-page.js';
import { htmlRows } from '../html-rows.js';
import { itemRules } from '../item-rules.js';
import type { JsonPlace } from '../json-places.js';
import { jsonRows, looksLikePhoto } from '../json-rows.js';
import type { LearnedRule } from '../learned-rule.js';
import type { Look } from '../look.js';
import { markRules } from '../mark-rule.js';
import { totalRules } from '../total-rule.js';
import type { PageRows } from '../written-rule.js';
import type { Recording } from './read-recording.js';

/** The rows of an album's pages. */
interface RecordedRows {
  row: string;
  where: unknown;
  json: JsonPlace;
  seenOn: string;
  pages: PageRows[];
}

/** What the pages of a recording tell, as they are now. */
export interface RecordedPages {
  rules: LearnedRule[];
  /** In words, what could not be settled. */
  missing: string[];
  /** The request for the first page with photos, and its answer; undefined where none was made. */
  first: { request: ReadingRequest; page: Page } | undefined;
}

/**
 * Learns what a recording leaves open: the rows of its pages and their fields, with the pages as they
 * are now, the originals tried.
 *
 * @param look at the site, signed in
 * @returns rules beside those of the recording
 */
export async function learnRecorded(
  recording: Recording,
  account: SiteAccount,
  look: Look,
): Promise<RecordedPages> {
  const checked = sketchOf(recording);
  if (!checked.success) {
    return { rules: [], missing: checked.error.issues.map(issueInWords), first: undefined };
  }
  const now = await pagesNow(checked.data, account, look);
  const [request, page] = [now?.request, now?.pages[0]];
  const first = request && page && { request, page };
  const rows = await rowsOn([...(now?.pages ?? []), ...recordedBeside(recording, page)], look);
  const [shown, ...again] = rows?.pages ?? [];
  if (rows === undefined || shown === undefined) {
    const missing = ['item: no page of the recording has rows of photos any more'];
    return { rules: [], missing, first };
  }
  const learned = await itemRules(shown.page, shown.rows, again, look, 'item', recording.originals);
  const own = new Set(recording.rules.map(({ place }) => place));
  const inAlbums = levelsOf(checked.data).length > 1;
  const around = aroundRows(rows, shown);
  return {
    rules: [
      // Rules of a level of albums stand inside the rule for the albums.
      ...around.filter(({ place }) => !(inAlbums && place.startsWith('listing.'))),
      ...(own.has('item.thumbnail') ? withoutThumbnail(learned.rules) : learned.rules),
    ].filter(({ place }) => !own.has(place)),
    missing: learned.missing.filter(
      (what) => !(own.has('item.original') && /^original/.test(what)),
    ),
    first,
  };
}

/** Rules that do not start from the thumbnail, where the recording has another rule for it. */
function withoutThumbnail(rules: readonly LearnedRule[]): LearnedRule[] {
  const thumbnail = rules.find(({ place }) => place === 'item.thumbnail')?.rule;
  const isOne = typeof thumbnail === 'object' && !Array.isArray(thumbnail);
  return rules.map((learned) => {
    const rule = learned.rule as { from?: string; filters?: unknown[] };
    if (rule.from !== 'thumbnail' || !isOne) return learned;
    const { filters = [] } = thumbnail as { filters?: unknown[] };
    const { from: _from, ...rest } = rule;
    const all = [...filters, ...(rule.filters ?? [])];
    return { ...learned, rule: { ...thumbnail, ...rest, filters: all } };
  });
}

function aroundRows(
  { row, where, json, seenOn, pages }: RecordedRows,
  first: PageRows,
): LearnedRule[] {
  return [
    { place: 'item.row', rule: row, seenOn },
    ...(where === undefined ? [] : [{ place: 'item.where', rule: where, seenOn }]),
    ...(json === undefined ? [] : [{ place: 'listing.json', rule: json, seenOn }]),
    ...markRules(pages.map(({ page }) => page)),
    ...totalRules(first.page, first.rows.length, json),
  ];
}

function issueInWords({ path, message }: { path: PropertyKey[]; message: string }): string {
  return `${path.map(String).join('.')}: ${message}`;
}

/** Pages of a recording to compare with those of now: the first one as it was, or all. */
function recordedBeside({ listingPages }: Recording, now: Page | undefined): Page[] {
  if (now === undefined)
    return listingPages.map((page, at) => apart(page, `${page.url}#recorded-${at}`));
  const [first] = listingPages;
  if (first === undefined || first.url !== now.url) return [];
  return [apart(first, now.requestedUrl)];
}

/** A profile with the rules of a recording, and rows that are not known yet. */
function sketchOf({ rules, startUrl, listingPages }: Recording) {
  const isJson = listingPages[0]?.isHtml === false;
  const value = isJson ? { select: '$' } : { attribute: 'src' };
  const listing = rules.flatMap(({ place, rule }) =>
    place.startsWith('listing.') ? [[place.slice('listing.'.length), rule]] : [],
  );
  return profileSchema.safeParse({
    name: 'recorded',
    title: new URL(startUrl).host,
    signIn: { by: 'none' },
    listing: Object.fromEntries(listing),
    item: { row: isJson ? '$[*]' : 'img', id: value, original: [value] },
  });
}

/** The first pages of the album as they are now; undefined for an album in windows of time. */
async function pagesNow(
  sketch: Profile,
  account: SiteAccount,
  look: Look,
): Promise<{ request: ReadingRequest; pages: Page[] } | undefined> {
  const [start = account.siteUrl] = startAddresses(sketch, account);
  let albumUrl = start;
  for (const profile of levelsOf(sketch)) {
    if (profile.listing.next?.by === 'window') return undefined;
    const request = readingRequest(profile, albumUrl);
    const page = await look.page(request);
    if (page === undefined || page.status >= 400) return undefined;
    const place = { albumUrl, number: 1 };
    if (!listsAlbumsAlone(profile)) {
      const next = nextPage(new OpenPage(page, profile.listing.json), profile, place);
      const further = next && (await look.page(readingRequest(profile, next)));
      const isThere = further && further.status < 400;
      return {
        request,
        pages: [page, ...(isThere ? [apart(further, `${further.url}#next`)] : [])],
      };
    }
    const [album] = readListing(page, profile, place).albums;
    if (album === undefined) return undefined;
    albumUrl = album.url;
  }
  return undefined;
}

/** The same page under an address of its own: those that are posted have all the same. */
function apart(page: Page, requestedUrl: string): Page {
  const { url, text, status, type, isHtml, encoding, challenge, linkHeader } = page;
  return new Page({
    url,
    text,
    requestedUrl,
    status,
    type,
    isHtml,
    encoding,
    challenge,
    linkHeader,
  });
}

/** The rows of some pages, by the rule that holds for the first of them with photos. */
async function rowsOn(pages: readonly Page[], look: Look): Promise<RecordedRows | undefined> {
  for (const page of pages) {
    const [html] = page.isHtml ? htmlRows(page, surveyPage(page)) : [];
    const [json] = html === undefined ? await jsonRows(page, look) : [];
    const kind = html ?? json;
    if (kind === undefined) continue;
    const place = json?.json;
    const others = pages.filter((one) => one !== page && one.isHtml === page.isHtml);
    const all = [page, ...others].map((one) => {
      const open = new OpenPage(one, place);
      const parts = open.has(kind.row) ? open.parts(kind.row) : [];
      return { page: one, rows: json === undefined ? parts : parts.filter(looksLikePhoto) };
    });
    return {
      row: kind.row,
      where: kind.where,
      json: place,
      seenOn: kind.seenOn,
      pages: all.filter(({ rows }) => rows.length > 0),
    };
  }
  return undefined;
}
