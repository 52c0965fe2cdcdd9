import type { Page } from '../page/page.js';
import { albumAddress } from './album-address.js';
import { type IgnoredParts, ignoredParts, noneIgnored } from './ignored-parts.js';
import { listsAlbumsAlone } from './levels.js';
import { type ListedItem, listedItem } from './listed-item.js';
import { furthestLink, nextElements, nextPage, type PagePlace } from './next-page.js';
import { OpenPage, PageError } from './open-page.js';

import { valuesOf } from './page-values.js';
import { readField, readPageField } from './read-field.js';

import { readTotal, type Total } from './read-total.js';
import { valueIn } from './reading.js';
import { RowReader } from './row-reader.js';
import { itemsOf, rowsInWords, rowsOf } from './rows.js';
import type { Profile } from './schema.js';
import { withinTime } from './time-guard.js';

/** An album that a page links to. */
export interface LinkedAlbum {
  url: string;
  title?: string;
}

/** The parts of a page that a listing was read from: its elements, or objects in its JSON. */
export interface ListingParts {
  rows: object[];
  /** Rows that are no photo by the profile's `where`. */
  others: object[];
  /** The lists in JSON that rows were made of. */
  columns: object[];
  albums: object[];
  /** What the rule for the next page finds, with an address or without. */
  next: object[];
  ignored: IgnoredParts;
  /** The JSON in which the rows are; undefined where they are elements. */
  json: object | undefined;
}

/** The contents of a listing page, read by a profile's rules. */
export interface ListingPage {
  /** How many rows the profile's selector found, readable or not. */
  rows: number;
  /** The photos, in the page's order, each once; `position` counts the rows from 1. */
  photos: (ListedItem & { position: number })[];
  /** The rows that are no photo by the profile's `where`, as they stand there. */
  others: string[];
  /** The album's title, where the profile names a place for it and the page has it. */
  title: string | undefined;
  /** Why rows or links could not be read, one sentence each. */
  unreadable: string[];
  /** The albums that it links to, in the page's order, each once. */
  albums: LinkedAlbum[];
  /** The next page's address, if there is one. */
  next: string | undefined;
  /** The highest number of a page that it links to, if it links to any. */
  furthestLink: number | undefined;
  /** The site's own count of the album's photos, where the profile names a place for it. */
  total: Total | undefined;
  parts: ListingParts;
}

/** A listing page that shows nothing. */
export function emptyListing(): ListingPage {
  return {
    rows: 0,
    photos: [],
    others: [],
    title: undefined,
    unreadable: [],
    albums: [],
    next: undefined,
    furthestLink: undefined,
    total: undefined,
    parts: {
      rows: [],
      others: [],
      columns: [],
      albums: [],
      next: [],
      ignored: noneIgnored(),
      json: undefined,
    },
  };
}

/** The address's host, if it is not the album's: pages are requested from the album's host alone. */
function elsewhere(url: string, { albumUrl }: PagePlace): string | undefined {
  const { host } = new URL(url);
  return host === new URL(albumUrl).host ? undefined : host;
}

function readPhotos(
  page: OpenPage,
  profile: Profile,
  { albumUrl }: PagePlace,
  listing: ListingPage,
): void {
  const values = valuesOf(albumUrl);
  const seen = new Set<string>();
  const { rows, columns, problems } = rowsOf(page, profile);
  listing.parts.columns = columns;
  listing.unreadable.push(...problems);
  listing.rows += problems.length;
  for (const { part, kind } of rows) {
    const item = kind === undefined ? undefined : itemsOf(profile)[kind];
    if (item === undefined) {
      listing.others.push(part.source());
      if (part.node !== undefined) listing.parts.others.push(part.node);
      continue;
    }
    listing.rows += 1;
    if (part.node !== undefined) listing.parts.rows.push(part.node);
    const photo = listedItem(new RowReader(page, part, item, values), item);
    if (typeof photo === 'string') {
      listing.unreadable.push(`item ${listing.rows}: ${photo}`);
    } else if (!seen.has(photo.key)) {
      seen.add(photo.key);
      listing.photos.push({ ...photo, ...(kind && { kind }), position: listing.rows });
    }
  }
}

function readAlbums(
  page: OpenPage,
  { listing: { albums } }: Profile,
  place: PagePlace,
  listing: ListingPage,
): void {
  if (albums === undefined) return;
  const found = new Map<string, LinkedAlbum>();
  for (const [index, part] of page.parts(albums.row).entries()) {
    if (part.node !== undefined) listing.parts.albums.push(part.node);
    const link = albumAddress(page, part, albums, place.albumUrl);
    if ('missing' in link) {
      listing.unreadable.push(`album ${index + 1}: ${link.missing}`);
      continue;
    }
    const host = elsewhere(link.value, place);
    if (host !== undefined) {
      const moved = hasMoved(page, place);
      listing.unreadable.push(`album ${index + 1}: it is on another host (${host})${moved}`);
      continue;
    }
    const url = link.value;
    const title = albums.title && valueIn(readField(page, part, albums.title));
    if (!found.has(url)) found.set(url, { url, ...(title !== undefined && { title }) });
  }
  listing.albums = [...found.values()];
}

function readNext(page: OpenPage, profile: Profile, place: PagePlace, listing: ListingPage): void {
  const next = nextPage(page, profile, place);
  const host = next && elsewhere(next, place);
  if (host) {
    const moved = hasMoved(page, place);
    listing.unreadable.push(`the link to the next page leads to another host (${host})${moved}`);
  } else listing.next = next;
  listing.parts.next = nextElements(page, profile);
}

/** What to do where the site leads from the album's host to another, as the end of a sentence. */
function hasMoved(page: OpenPage, place: PagePlace): string {
  if (elsewhere(page.url, place) === undefined) return '';
  return `. The site led from ${place.albumUrl} to ${page.url}: if the album has moved there, set ALBUM_URL to that address`;
}

/** A page that does not belong to the listing must not pass for one without photos. */
function refuseStrangePage(
  page: OpenPage,
  profile: Profile,
  place: PagePlace,
  found: number,
): void {
  if (found > 0) return;
  const { listing } = profile;
  const { mark } = listing;
  // The page after the last is requested to find the end, and sites answer it in any way they like.
  const isPerhapsPastTheEnd = listing.next?.by === 'number' && place.number > 1;
  if (mark !== undefined && !isPerhapsPastTheEnd && page.parts(mark).length === 0) {
    throw new PageError(
      `it is no page of the album: it has neither ${listsAlbumsAlone(profile) ? 'an album' : 'a photo'} nor the profile's mark (${mark}). It says: ${page.summary()}${hasMoved(page, place)}`,
    );
  }
  if (listsAlbumsAlone(profile)) return;
  for (const { looksLike } of itemsOf(profile)) {
    const alike = looksLike === undefined ? 0 : page.parts(looksLike).length;
    if (alike === 0) continue;
    throw new PageError(
      `not one photo was recognised (looked for: ${rowsInWords(profile)}), though ${alike} items look like photos (${looksLike}); the site may have changed`,
    );
  }
}

/**
 * Reads one listing page: its photos, the albums that it links to, and the next page's address.
 *
 * @param place the page's place in its album
 * @throws PageError if the page does not belong to the listing; UsageError if a regular expression
 *   of the profile takes too long
 */
export function readListing(served: Page, profile: Profile, place: PagePlace): ListingPage {
  return withinTime(served.url, () => {
    const page = new OpenPage(served, profile.listing.json);
    const listing = emptyListing();
    if (!listsAlbumsAlone(profile)) readPhotos(page, profile, place, listing);
    readAlbums(page, profile, place, listing);
    const { rows, others, albums } = listing;
    const found = listsAlbumsAlone(profile) ? albums.length : rows + others.length;
    refuseStrangePage(page, profile, place, found);
    readNext(page, profile, place, listing);
    listing.parts.ignored = ignoredParts(page, profile);
    listing.furthestLink = furthestLink(served, profile, listing.parts.ignored.elements);
    listing.total = readTotal(page, profile);
    listing.title = profile.listing.title && valueIn(readPageField(page, profile.listing.title));
    listing.parts.json = page.parsedJson;
    return listing;
  });
}
