import { Page } from '../../page/page.js';
import { isJsonPath } from '../../profile/json-path.js';
import { levelsOf, listsAlbumsAlone } from '../../profile/levels.js';
import { nextPage } from '../../profile/next-page.js';
import { OpenPage } from '../../profile/open-page.js';
import { readListing } from '../../profile/read-listing.js';
import { type Profile, profileSchema } from '../../profile/schema.js';
import { readingRequest, type SiteAccount, startAddresses } from '../../profile/site-addresses.js';
import { surveyPage } from '../../survey/survey-page.js';
import { htmlRows } from '../html-rows.js';
import { itemRules } from '../item-rules.js';
import { jsonRows } from '../json-rows.js';
import type { LearnedRule } from '../learned-rule.js';
import type { Look } from '../look.js';
import { markRules } from '../mark-rule.js';
import { totalRules } from '../total-rule.js';
import type { PageRows } from '../written-rule.js';
import type { Recording } from './read-recording.js';

/** The rows of an album's pages. */
interface RecordedRows {
  row: string;
  json: object | undefined;
  seenOn: string;
  pages: PageRows[];
}

/**
 * Learns what a recording leaves open: the rows of its pages and their fields, with the pages as they
 * are now, the originals tried.
 *
 * @param look at the site, signed in
 * @returns rules beside those of the recording, and in words what could not be settled
 */
export async function learnRecorded(
  recording: Recording,
  account: SiteAccount,
  look: Look,
): Promise<{ rules: LearnedRule[]; missing: string[] }> {
  const checked = sketchOf(recording);
  if (!checked.success) return { rules: [], missing: checked.error.issues.map(issueInWords) };
  const sketch = checked.data;
  const pages = await pagesNow(sketch, account, look);
  const rows = await rowsOn([...pages, ...recordedBeside(recording, pages[0])], look);
  const [first, ...again] = rows?.pages ?? [];
  if (rows === undefined || first === undefined) {
    return { rules: [], missing: ['item: no page of the recording has rows of photos any more'] };
  }
  const learned = await itemRules(first.page, first.rows, again, look, 'item', recording.originals);
  const own = new Set(recording.rules.map(({ place }) => place));
  const level = levelsOf(sketch).length > 1 ? undefined : 'listing';
  const around = [
    { place: 'item.row', rule: rows.row, seenOn: rows.seenOn },
    ...(rows.json === undefined
      ? []
      : [{ place: 'listing.json', rule: rows.json, seenOn: rows.seenOn }]),
    ...markRules(rows.pages.map(({ page }) => page)),
    ...totalRules(first.page, first.rows.length),
  ];
  return {
    rules: [
      // Rules of a level of albums stand inside the rule for the albums.
      ...around.filter(({ place }) => level !== undefined || !place.startsWith('listing.')),
      ...learned.rules,
    ].filter(({ place }) => !own.has(place)),
    missing: learned.missing.filter((what) => !own.has('item.original') || !/^original/.test(what)),
  };
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

/** The first pages of the album as they are now; none of an album in windows of time. */
async function pagesNow(sketch: Profile, account: SiteAccount, look: Look): Promise<Page[]> {
  const [start = account.siteUrl] = startAddresses(sketch, account);
  let albumUrl = start;
  for (const profile of levelsOf(sketch)) {
    if (profile.listing.next?.by === 'window') return [];
    const page = await look.page(readingRequest(profile, albumUrl));
    if (page === undefined || page.status >= 400) return [];
    if (listsAlbumsAlone(profile)) {
      const [album] = readListing(page, profile, { albumUrl, number: 1 }).albums;
      if (album === undefined) return [];
      albumUrl = album.url;
      continue;
    }
    const next = nextPage(new OpenPage(page, profile.listing.json), profile, {
      albumUrl,
      number: 1,
    });
    const further = next && (await look.page(readingRequest(profile, next)));
    return [
      page,
      ...(further && further.status < 400 ? [apart(further, `${further.url}#next`)] : []),
    ];
  }
  return [];
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
    const all = [page, ...others].map((one) => ({
      page: one,
      rows: new OpenPage(one, place).has(kind.row) ? new OpenPage(one, place).parts(kind.row) : [],
    }));
    return {
      row: kind.row,
      json: place,
      seenOn: `${kind.parts.length} photos, ${isJsonPath(kind.row) ? 'JSON' : 'HTML'}`,
      pages: all.filter(({ rows }) => rows.length > 0),
    };
  }
  return undefined;
}
