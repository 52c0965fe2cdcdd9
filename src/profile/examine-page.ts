import type { Page } from '../page/page.js';
import { plainText } from '../text/plain-text.js';
import { itemFields } from './field-schema.js';
import { listsAlbumsAlone, rowOf } from './levels.js';
import type { PagePlace } from './next-page.js';
import type { NextRule } from './next-schema.js';
import { OpenPage, PageError } from './open-page.js';
import { valuesOf } from './page-values.js';
import { type ListingPage, readListing } from './read-listing.js';
import { type Reading, valueIn } from './reading.js';
import { RowReader } from './row-reader.js';
import { itemsOf, rowsInWords, rowsOf } from './rows.js';
import type { ItemRule, Profile } from './schema.js';
import { withinTime } from './time-guard.js';

/** Rows whose fields are shown one by one. */
const shownRows = 3;

/** What a profile finds, for the person who writes it. */
export interface Finding {
  what: string;
  /** In words; what is not found says what was looked for, and what stood there instead. */
  found: string;
  /** Whether the profile cannot do its work like this. */
  isProblem: boolean;
  /** Whether something may go wrong in a run, although the profile works. */
  isWarning?: true;
  /** Whether it is a rule that was learned, and not what a trial of the profile found. */
  isLearned?: true;
  /** Whether the site refused the sign-in. */
  signInRefused?: true;
}

/** A finding; without a problem unless said. */
export function finding(what: string, found: string, isProblem = false): Finding {
  return { what, found: plainText(found, 400), isProblem };
}

/** A value that was read, or why there is none. */
export function inWords(reading: Reading): string {
  return 'value' in reading ? reading.value : `not found: ${reading.missing}`;
}

/** The fields of a row, each with what was read. */
function rowFindings(row: RowReader, item: ItemRule, what: string): Finding[] {
  const originals = row.originals();
  // A candidate on the photo's own page is out of reach where the row does not lead there.
  const hasDetail = valueIn(row.field('detail')) !== undefined;
  const hasNone = originals.every((reading) =>
    reading === undefined ? !hasDetail : 'missing' in reading,
  );
  const fields = itemFields.flatMap((name) => {
    const reading = row.field(name);
    if (reading === undefined) return [];
    const isNeeded = name === 'id' || (name === 'detail' && hasNone);
    return [finding(`${what}, ${name}`, inWords(reading), isNeeded && 'missing' in reading)];
  });
  return [
    ...fields,
    ...originals.map((reading, index) =>
      finding(
        `${what}, original ${item.original.length > 1 ? index + 1 : ''}`.trimEnd(),
        reading === undefined ? 'on the photo’s own page' : inWords(reading),
        hasNone,
      ),
    ),
  ];
}

/** The first rows of each item, field by field. */
function firstRows(page: OpenPage, profile: Profile, albumUrl: string): Finding[] {
  if (listsAlbumsAlone(profile)) return [];
  const values = valuesOf(albumUrl);
  const items = itemsOf(profile);
  const { rows } = rowsOf(page, profile);
  return items.flatMap((item, kind) => {
    const own = rows.filter((row) => row.kind === kind);
    const name = `item ${kind + 1}`;
    const found = own.length === 0 ? 'no row' : `rows: ${own.length}`;
    const heading = `${found} (${rowsInWords({ item })})`;
    const before = items.length > 1 ? `${name}, ` : '';
    return [
      ...(items.length > 1 ? [finding(name, heading)] : []),
      ...own
        .slice(0, shownRows)
        .flatMap(({ part }, index) =>
          rowFindings(new RowReader(page, part, item, values), item, `${before}row ${index + 1}`),
        ),
    ];
  });
}

/** Rows that the profile takes for no photos, and the title of the page. */
function besideRows({ others, title }: ListingPage, { listing }: Profile): Finding[] {
  const [first = ''] = others;
  const none = `${others.length} in which item.where finds nothing; the first: ${plainText(first, 160)}`;
  return [
    ...(others.length > 0 ? [finding('other rows', none)] : []),
    ...(listing.title ? [finding('title', title ?? 'not found (listing.title)')] : []),
  ];
}

/** The first of many, and how many more there are. */
function firstOf(what: string, found: readonly string[], isProblem = false): Finding[] {
  const more = found.length - shownRows;
  const shown = more > 0 ? [...found.slice(0, shownRows), `and ${more} more`] : found;
  return shown.map((words) => finding(what, words, isProblem));
}

function lookedFor(rule: NextRule): string {
  if (rule.by === 'number' || rule.by === 'window') return '';
  if (rule.by === 'header') return ' (looked for: the header Link with rel="next")';
  const { text, textBefore } = rule.by === 'link' ? rule : {};
  const like = text === undefined ? '' : ` with the text ${text}`;
  const after = textBefore === undefined ? '' : ` after the bare text ${textBefore}`;
  return ` (looked for: ${rule.select}${like}${after})`;
}

/** The address of a page, with the values that belong to it in words. */
export function pageInWords(address: string): string {
  const url = new URL(address);
  const values = Object.entries(valuesOf(address)).map(([name, value]) => `${name} “${value}”`);
  url.hash = '';
  return values.length === 0 ? url.href : `${url.href} with ${values.join(', ')}`;
}

function nextInWords({ next }: ListingPage, { listing }: Profile): Finding {
  const rule = listing.next;
  if (rule === undefined) return finding('next page', 'none: the profile names no way to it');
  if (next !== undefined) return finding('next page', pageInWords(next));
  const looked = lookedFor(rule);
  return finding('next page', `none${looked}: this would be the album’s last page`);
}

function rowCount(page: OpenPage, listing: ListingPage, profile: Profile): Finding {
  const { rows, albums, photos } = listing;
  const row = rowOf(profile);
  if (listsAlbumsAlone(profile) && albums.length > 0) {
    return finding('albums', `${albums.length} (${row})`);
  }
  if (rows > 0) {
    const several = photos.length < rows ? `, ${photos.length} photos` : '';
    return finding('rows', `${rows}${several} (${row})`, photos.length === 0);
  }
  const stood = `The page says: ${page.summary()}`;
  if (albums.length > 0) return finding('rows', `none (${row}), but albums`);
  return finding('rows', `none found (looked for: ${row}). ${stood}`, true);
}

/** The site's own count, which pages that only lead to albums need not have. */
function totalInWords({ total, rows }: ListingPage): Finding[] {
  if (total === undefined) return [];
  if ('value' in total) return [finding('total', `${total.value}, by the site’s own count`)];
  return [finding('total', inWords(total), rows > 0)];
}

/** What a page shows, and how that was found out. */
export interface Examination {
  /** Undefined where the page is none of the listing's. */
  listing: ListingPage | undefined;
  findings: Finding[];
}

/**
 * Reads a listing page as a crawl would, and tells of every field of the first rows.
 *
 * @param place where the page stands in its album
 * @throws UsageError if a regular expression of the profile's does not come to an end
 */
export function examinePage(served: Page, profile: Profile, place: PagePlace): Examination {
  const page = new OpenPage(served, profile.listing.json);
  let listing: ListingPage;
  try {
    listing = readListing(served, profile, place);
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    return { listing: undefined, findings: [finding('page', error.message, true)] };
  }
  const findings = withinTime(served.url, () => [
    rowCount(page, listing, profile),
    ...firstOf('not read', listing.unreadable, true),
    ...firstRows(page, profile, place.albumUrl),
    ...besideRows(listing, profile),
    ...firstOf(
      'album',
      listing.albums.map(({ url, title = 'without a title' }) => `${title}: ${pageInWords(url)}`),
    ),
    nextInWords(listing, profile),
    ...totalInWords(listing),
  ]);
  return { listing, findings };
}
