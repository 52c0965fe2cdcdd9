import { pageAddress, parameterOf, withParameter } from '../page/address.js';
import type { Page } from '../page/page.js';
import { isLasting, type NextByNumber } from './listing-schema.js';
import type { OpenPage } from './open-page.js';
import type { PagePart } from './page-part.js';
import type { Reading } from './reading.js';
import { matchIn } from './regular-expression.js';
import type { Profile } from './schema.js';
import { fillSlots } from './slots.js';

/** A page's place in its album. */
export interface PagePlace {
  /** The address of the album's first page. */
  albumUrl: string;
  /** The page's number within the album, from 1, however the site numbers it. */
  number: number;
}

function numbered(next: NextByNumber, { albumUrl, number }: PagePlace): string {
  const value = String(next.first + next.step * (number - 1));
  if (next.address !== undefined) {
    return new URL(fillSlots(next.address, { number: value }), albumUrl).href;
  }
  return withParameter(albumUrl, next.parameter as string, value);
}

/** What a rule finds as the link to the next page, with an address or without. */
function nextLinks(page: OpenPage, { listing: { next } }: Profile): PagePart[] {
  if (next?.by !== 'link') return [];
  const { select, text, textBefore } = next;
  return page
    .parts(select)
    .filter(
      (part) =>
        isLike(part.text(undefined, undefined), text) &&
        isLike(part.text(undefined, undefined, 'before'), textBefore),
    );
}

/** Whether a text matches an expression, if there is one. */
function isLike(words: Reading, pattern: string | undefined): boolean {
  return pattern === undefined || ('value' in words && matchIn(words.value, pattern) !== null);
}

/** The elements that a rule finds as the link to the next page, with an address or without. */
export function nextElements(page: OpenPage, profile: Profile): object[] {
  return nextLinks(page, profile).flatMap(({ node }) => node ?? []);
}

function byLink(page: OpenPage, profile: Profile): string | undefined {
  for (const part of nextLinks(page, profile)) {
    const address = part.text(undefined, 'href');
    if ('value' in address) return pageAddress(address.value, page.base);
  }
  return undefined;
}

/**
 * The next page's address, without its fragment. Pages by number always have a next one; the album
 * ends with a page without photos.
 *
 * @param place the current page's place
 * @returns undefined if the page is the last
 * @throws PageError if a JSON path is used on a page that is not JSON
 */
export function nextPage(page: OpenPage, profile: Profile, place: PagePlace): string | undefined {
  const { next } = profile.listing;
  if (next === undefined) return undefined;
  if (next.by === 'number') return numbered(next, { ...place, number: place.number + 1 });
  if (next.by === 'link') return byLink(page, profile);
  const cursor = page.for(next.select).text(next.select, next.attribute);
  if (!('value' in cursor)) return undefined;
  return withParameter(page.url, next.parameter, cursor.value);
}

/** Whether a site that answers a page by number with this status may have no such page. */
export function meansEnd(status: number, { listing: { next } }: Profile): boolean {
  if (next?.by !== 'number' || !isLasting(status)) return false;
  return (status >= 400 && status < 500) || next.end?.status.includes(status) === true;
}

/**
 * The highest page number that a page links to, counted from 1; undefined if it links to none, or if
 * the profile's pages have no number in their query.
 *
 * @param ignored elements whose links do not count
 */
export function furthestLink(
  page: Page,
  { listing: { next } }: Profile,
  ignored: ReadonlySet<object>,
): number | undefined {
  if (next?.by !== 'number' || next.parameter === undefined) return undefined;
  let furthest: number | undefined;
  for (const link of page.document('a[href]').toArray()) {
    const isIgnored = page
      .document(link)
      .parents()
      .addBack()
      .is((_, one) => ignored.has(one));
    const address = isIgnored ? undefined : pageAddress(link.attribs.href ?? '', page);
    const url = address === undefined ? undefined : new URL(address);
    if (url?.pathname !== new URL(page.url).pathname) continue;
    const value = parameterOf(url, next.parameter) ?? '';
    if (!/^\d{1,7}$/.test(value)) continue;
    const number = Math.floor((Number(value) - next.first) / next.step) + 1;
    furthest = Math.max(furthest ?? 0, number);
  }
  return furthest;
}
