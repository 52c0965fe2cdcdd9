import type { PageElement } from '../page/html-document.js';
import { pictureEnding } from '../survey/find-photos.js';
import { ancestors } from '../survey/page-content.js';
import { buying, price, readingOn, replying } from './tile-words.js';

type PageNode = PageElement['children'][number];

/** What stands with one picture of a list. */
export interface Tile {
  element: PageElement;
  /** Text in UTF-16 units, without headings, times and what links and buttons say. */
  prose: number;
  /** Its heading; empty where it has none. */
  heading: string;
  /** Whether its heading is a sentence, or leads to another page, as no name of a person does. */
  hasHeadline: boolean;
  hasPrice: boolean;
  invitesToBuy: boolean;
  invitesToRead: boolean;
  invitesToReply: boolean;
}

/** Text of an element that is read, in UTF-16 units. */
const longestText = 5000;
/** Most elements between a picture and all that stands with it. */
const deepest = 8;
const unread = /^(?:script|style|template|noscript|iframe|nav|footer|select|svg)$/;

/** The largest part of a page around each row that holds no other row. */
export function tilesOf(rows: readonly PageElement[]): Tile[] {
  const rowCounts = new Map<PageElement, number>();
  for (const row of rows) {
    for (const holder of ancestors(row)) rowCounts.set(holder, (rowCounts.get(holder) ?? 0) + 1);
  }
  return rows.map((row) => {
    const around = [...ancestors(row)].slice(0, deepest);
    const end = around.findIndex(
      (one) => rowCounts.get(one) !== 1 || /^(?:body|main)$/.test(one.name),
    );
    return tileOf(around.slice(0, end < 0 ? deepest : end).at(-1) ?? row);
  });
}

function tileOf(element: PageElement): Tile {
  const all = textOf(element, () => true);
  const heading = headingOf(element);
  return {
    element,
    prose: textOf(element, (one) => !isHeading(one) && !isControl(one)).length,
    heading: heading === undefined ? '' : textOf(heading, () => true),
    hasHeadline: heading !== undefined && isHeadline(heading),
    hasPrice: price.test(all),
    invitesToBuy: buying.test(all),
    invitesToRead: readingOn.test(all),
    invitesToReply: replying.test(all),
  };
}

function isHeading({ name, attribs }: PageElement): boolean {
  return /^h[1-6]$/.test(name) || /(?:^|[\s_-])(?:headline|heading)/i.test(attribs.class ?? '');
}

function isControl({ name }: PageElement): boolean {
  return /^(?:a|button|time|label|input)$/.test(name);
}

function headingOf(element: PageElement): PageElement | undefined {
  return elementsIn(element).find(isHeading);
}

/** Whether a heading has at least four words, or is a link to a page. */
function isHeadline(heading: PageElement): boolean {
  const around = [...ancestors(heading)].slice(0, 2);
  const links = [...elementsIn(heading), ...around].filter(({ name }) => name === 'a');
  const leadsOn = links.some(({ attribs: { href = '' } }) => !pictureEnding.test(href));
  return leadsOn || textOf(heading, () => true).split(' ').length >= 4;
}

function elementsIn(element: PageElement): PageElement[] {
  const found: PageElement[] = [];
  const waiting: PageNode[] = [element];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!('attribs' in node)) continue;
    found.push(node);
    waiting.push(...[...node.children].reverse());
  }
  return found;
}

/** The beginning of the text in an element, in one line, of the elements in it that are wanted. */
export function textOf(element: PageElement, isWanted: (one: PageElement) => boolean): string {
  let text = '';
  const waiting: PageNode[] = [element];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (text.length > longestText) break;
    if (node.type === 'text') text += node.data;
    if (!('attribs' in node)) continue;
    text += ' ';
    if (node !== element && (unread.test(node.name) || !isWanted(node))) continue;
    waiting.push(...[...node.children].reverse());
  }
  return text.slice(0, longestText).replace(/\s+/gu, ' ').trim();
}
