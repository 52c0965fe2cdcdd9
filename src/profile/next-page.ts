import { pageAddress, parameterOf, withParameter } from '../page/address.js';
import { linksWithRelation } from '../page/link-header.js';
import type { Page } from '../page/page.js';
import { isLasting, type NextByNumber, type NextRule } from './next-schema.js';
import type { OpenPage } from './open-page.js';
import type { PagePart } from './page-part.js';
import { valuesOf, withValues } from './page-values.js';
import { filtered } from './read-field.js';
import type { Reading } from './reading.js';
import { matchIn } from './regular-expression.js';
import type { Profile } from './schema.js';
import { fillSlots } from './slots.js';
import { followingWindow } from './time-window.js';

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
  if (next.parameter !== undefined) return withParameter(albumUrl, next.parameter, value);
  return withValues(albumUrl, { number: value });
}

type NextByLink = Extract<NextRule, { by: 'link' }>;
type NextOnPage = Extract<NextRule, { by: 'link' | 'header' | 'cursor' }>;

/** What a rule finds as the link to the next page, with an address or without. */
function nextLinks(page: OpenPage, { select, text, textBefore }: NextByLink): PagePart[] {
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
export function nextElements(page: OpenPage, { listing: { next } }: Profile): object[] {
  const rule = next?.by === 'window' ? next.within : next;
  return rule?.by === 'link' ? nextLinks(page, rule).flatMap(({ node }) => node ?? []) : [];
}

function byLink(page: OpenPage, next: NextByLink): string | undefined {
  for (const part of nextLinks(page, next)) {
    const address = filtered(
      part.text(undefined, next.attribute ?? 'href'),
      next.filters,
      page.base,
    );
    if ('value' in address) return pageAddress(address.value, page.base);
  }
  return undefined;
}

function byHeader({ linkHeader = '', base }: OpenPage): string | undefined {
  const [target] = linksWithRelation(linkHeader, 'next');
  return target === undefined ? undefined : pageAddress(target, base);
}

/** The next page as the page itself names it. */
function onPage(
  page: OpenPage,
  next: NextOnPage,
  { listing: { post } }: Profile,
  albumUrl: string,
): string | undefined {
  if (next.by === 'link' || next.by === 'header') {
    const link = next.by === 'link' ? byLink(page, next) : byHeader(page);
    // What is posted to the next page too needs the values of the album.
    return link && post ? withValues(link, valuesOf(albumUrl)) : link;
  }
  const cursor = page.for(next.select).text(next.select, next.attribute);
  if (!('value' in cursor)) return undefined;
  if (next.parameter === undefined) return withValues(albumUrl, { cursor: cursor.value });
  return withParameter(page.url, next.parameter, cursor.value);
}

/**
 * The next page's address, without its fragment but for the values that belong to it. Pages by number
 * always have a next one; the album ends with a page without photos.
 *
 * @param place the current page's place
 * @returns undefined if the page is the last
 * @throws PageError if a JSON path is used on a page that is not JSON
 */
export function nextPage(page: OpenPage, profile: Profile, place: PagePlace): string | undefined {
  const { next } = profile.listing;
  if (next === undefined) return undefined;
  if (next.by === 'number') return numbered(next, { ...place, number: place.number + 1 });
  if (next.by !== 'window') return onPage(page, next, profile, place.albumUrl);
  const { requestedUrl } = page;
  const inside = next.within && onPage(page, next.within, profile, place.albumUrl);
  if (inside === undefined) return followingWindow(next, requestedUrl, place.albumUrl);
  const { from = next.from } = valuesOf(requestedUrl);
  const isPosted = profile.listing.post !== undefined;
  return withValues(inside, { from, ...(!isPosted && { inside: 'yes' }) });
}

/** How pages follow each other: by numbers, which have no end of their own; by links; by windows of time. */
export type PageOrder = 'numbers' | 'links' | 'windows';

/** How the pages of an album follow each other. */
export function pageOrder({ listing: { next } }: Profile): PageOrder {
  if (next?.by === 'number') return 'numbers';
  return next?.by === 'window' ? 'windows' : 'links';
}

/** How much the number in the address grows from page to page; 1 where pages have none. */
export function pageStep({ listing: { next } }: Profile): number {
  return next?.by === 'number' ? next.step : 1;
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
