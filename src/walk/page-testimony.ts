import type { Page } from '../page/page.js';
import type { NextWay } from '../survey/next-ways.js';
import { type Notice, type PageEnd, pageEnd } from '../survey/page-state.js';
import { pageKey } from './page-key.js';
import type { WalkPlace } from './walk-place.js';

/** A way to a further page, without its element. */
export type SeenWay = Omit<NextWay, 'element'>;

/** Something that names a number, in words. */
export interface SeenNumber {
  value: number;
  what: string;
}

/** What a look at a page shows that its rules may have missed. It is small, since pages are many. */
export interface PageTestimony {
  /** Keys of the addresses that it was read from. */
  addresses: string[];
  /** What leads to the next page. */
  ways: SeenWay[];
  /** The furthest page that it names. */
  furthest: (SeenNumber & { url?: string | undefined }) | undefined;
  /** How many pages there are, if a pair of numbers such as “1 / 8” means pages and no photos. */
  perhapsPages?: SeenNumber;
  /** Whether a script may show more than the page has, as far as its source says it. */
  mayShowMore: boolean;
  /** How its source ends; undefined where that says nothing. */
  end: PageEnd | undefined;
  /** Kinds of notices that it has. */
  notices: Notice[];
  /** How its words begin, where it shows no photo. */
  words: string;
  /** What stands around its photos, in numbers. */
  frame: number[];
  /** Numbered ways to pages of its kind, with the number of each. */
  numbered: { key: string; number: number; way: SeenWay }[];
  /** How many photos the site says that the album has. */
  total: SeenNumber | undefined;
  /** Structures and links of photos that were taken, and of those on a page of which none was. */
  takenKinds: string[];
  untakenKinds: string[];
  /** Photos that no rule took, though others of their kind were: how many, and the first one. */
  untaken: (SeenNumber & { value: number }) | undefined;
  /** The same of photos that it holds for its scripts to show. */
  scripted: (SeenNumber & { value: number }) | undefined;
}

/** Most ways of a page that are kept. */
export const mostWays = 6;

/** The testimony of a page on which nothing was found. */
export function emptyTestimony(page: Page, place: WalkPlace): PageTestimony {
  return {
    addresses: [...new Set([place.url, page.requestedUrl, page.url].map(pageKey))],
    ways: [],
    furthest: undefined,
    // What reads JSON is a script.
    mayShowMore: !page.isHtml || /<script\b/i.test(page.text),
    end: page.isHtml ? pageEnd(page.text) : undefined,
    notices: [],
    words: '',
    frame: [],
    numbered: [],
    total: undefined,
    takenKinds: [],
    untakenKinds: [],
    untaken: undefined,
    scripted: undefined,
  };
}

/** Notes the number of a page, if it is the highest. */
export function addFurthest(testimony: PageTestimony, found: SeenNumber): void {
  if (found.value > (testimony.furthest?.value ?? 0)) testimony.furthest = found;
}

/** Notes how many photos there are, if it is the highest number. */
export function addTotal(testimony: PageTestimony, found: SeenNumber): void {
  if (found.value > (testimony.total?.value ?? 0)) testimony.total = found;
}
