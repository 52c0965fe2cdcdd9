import type { PageElement } from '../page/html-document.js';
import { shortText } from '../survey/page-content.js';
import type { PhotoGroup } from './photo-groups.js';
import { price } from './tile-words.js';

/** Characters of prose for each picture, above which pictures only go with a text. */
const mostProse = 400;

/** Why things with pictures are no photos of an album, in words; undefined where they may be. */
export function whyNoAlbum({ rows, photos, lists }: PhotoGroup): string | undefined {
  const most = (is: (row: PageElement, index: number) => boolean) =>
    rows.filter(is).length * 2 > rows.length;
  const texts = rows.map(textOf);
  if (most((_, index) => price.test(texts[index] ?? ''))) {
    return 'they are goods, with prices';
  }
  if (most((row) => headingIn(row) > 20 && textOf(row).length > 60)) {
    return 'they are texts with headings, as in a newspaper or a list of results';
  }
  const hosts = new Set(
    photos.flatMap(({ link }) => (link === undefined ? [] : new URL(link).host)),
  );
  if (rows.length > 3 && hosts.size * 2 > rows.length) return 'they lead to many other sites';
  if (proseBeside(lists, rows) > mostProse * rows.length) return 'they illustrate a text';
  return undefined;
}

/** All of an element's text in one line, at the most 2,000 UTF-16 units. */
function textOf(element: PageElement): string {
  let text = '';
  const waiting = [...element.children].reverse();
  for (let node = waiting.pop(); node !== undefined && text.length < 2000; node = waiting.pop()) {
    if (node.type === 'text') text += node.data;
    else if ('attribs' in node && !/^(?:script|style|template|noscript)$/.test(node.name)) {
      waiting.push(...[...node.children].reverse());
    }
  }
  return text.replace(/\s+/gu, ' ').trim();
}

/** Characters of the longest heading in an element. */
function headingIn(row: PageElement): number {
  const waiting: PageElement[] = [row];
  let longest = 0;
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (/^h[1-6]$/.test(one.name)) longest = Math.max(longest, shortText(one).length);
    for (const child of one.children) if ('attribs' in child) waiting.push(child);
  }
  return longest;
}

/** Characters of paragraphs that stand among the rows, in their lists. */
function proseBeside(lists: ReadonlySet<PageElement>, rows: readonly PageElement[]): number {
  const isRow = new Set<object>(rows);
  let length = 0;
  for (const list of lists) {
    for (const child of list.children) {
      if ('attribs' in child && !isRow.has(child) && child.name === 'p')
        length += textOf(child).length;
    }
  }
  return length;
}
