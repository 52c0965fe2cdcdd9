import type { Page } from '../../page/page.js';
import { surveyPage } from '../../survey/survey-page.js';
import { jsonOn } from '../json-places.js';
import { type JsonRows, rowsIn } from '../json-rows.js';
import type { Exchange } from './exchange.js';
import { jsonOf } from './request-leaves.js';

/** A page of a recording that lists photos. */
export interface ListedPage {
  exchange: Exchange;
  page: Page;
  /** Photos on it. */
  count: number;
  /** The list in JSON; undefined where they stand in HTML. */
  rows: JsonRows | undefined;
}

/** The fewest photos by which a page of HTML looks like an album. */
const leastInHtml = 2;
/** A part of a path that differs from page to page, or from album to album. */
const variable = /\d|%|^.{24,}$/;
/** The end of a path that has a page's number. */
const pageNumber = /(?:\/(?:page|seite|pagina|pg|p))?[/_-]?\d{1,5}\/?$/i;

/**
 * Finds the requests that list an album's photos: those of one kind with the most photos, two or more
 * before one alone.
 *
 * @param isFurther whether a page alone is one after others, whose requests count before those of
 *   the page around them
 * @returns in the order of the visit; each request once; empty where none lists photos
 */
export function listedPages(
  exchanges: readonly Exchange[],
  isFurther: (page: ListedPage) => boolean,
): ListedPage[] {
  const kinds = new Map<string, ListedPage[]>();
  for (const exchange of exchanges) {
    const listed = listedOn(exchange);
    if (listed === undefined) continue;
    const kind = kindOf(exchange);
    const pages = kinds.get(kind) ?? [];
    kinds.set(kind, pages);
    const isKnown = pages.some(({ exchange: one }) => isSame(one, exchange));
    if (!isKnown) pages.push(listed);
  }
  const weight = (pages: readonly ListedPage[]) => {
    const most = Math.max(0, ...pages.map(({ count }) => count));
    const isOneOfMany = pages.length > 1 || pages.some(isFurther);
    return Math.log2(1 + most) * (isOneOfMany ? 2.5 : 1);
  };
  const [best = []] = [...kinds.values()].sort((one, other) => weight(other) - weight(one));
  return best;
}

function listedOn(exchange: Exchange): ListedPage | undefined {
  const { page, status, method } = exchange;
  // A page that the browser had kept, and that had not changed.
  const isAnswer = status < 300 || status === 304;
  if (page === undefined || !isAnswer || !/^(?:GET|POST)$/.test(method)) return undefined;
  if (/script|css/.test(exchange.type)) return undefined;
  const [rows] = rowsIn(page, jsonOn(page));
  const inJson = rows?.parts.length ?? 0;
  const inHtml = page.isHtml ? photosInHtml(page) : 0;
  if (inHtml >= leastInHtml && inHtml >= inJson) {
    return { exchange, page, count: inHtml, rows: undefined };
  }
  return rows === undefined ? undefined : { exchange, page, count: inJson, rows };
}

/** Photos of the commonest kind on a page. */
function photosInHtml(page: Page): number {
  const counts = new Map<string, number>();
  for (const { tags, kind } of surveyPage(page).photos) {
    const key = `${tags} ${kind}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

function kindOf(exchange: Exchange): string {
  const { origin, pathname } = new URL(exchange.url);
  const path = pathname
    .replace(pageNumber, '')
    .split('/')
    .map((part) => (variable.test(part) ? '*' : part));
  const json = jsonOf(exchange);
  const query = json !== undefined && 'query' in json ? String(json.query) : '';
  return `${exchange.method} ${origin}${path.join('/')} ${query}`;
}

function isSame(one: Exchange, other: Exchange): boolean {
  return one.url === other.url && one.body?.text === other.body?.text;
}
