import type { HtmlDocument, PageElement } from '../page/html-document.js';

type PageNode = PageElement['children'][number];

/** A line of a page's text, as it stands between two blocks. */
export interface TextLine {
  text: string;
  /** The element in which it begins. */
  element: PageElement;
}

/** What stands on a page, in its order. */
export interface PageContent {
  elements: PageElement[];
  /** The lines that have a number in them. */
  lines: TextLine[];
}

/** Longest line that is kept, in UTF-16 units: a longer one is prose. */
const longestLine = 200;
/** Elements that nobody sees. */
const unseen = new Set(['script', 'style', 'template', 'noscript', 'iframe']);
const inline = new Set(
  'a abbr b bdi bdo big button cite code data em font i img input kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

class TextLines {
  readonly lines: TextLine[] = [];
  #text = '';
  #element: PageElement | undefined;

  add(text: string, element: PageElement): void {
    if (this.#element === undefined && text.trim() === '') return;
    this.#element ??= element;
    if (this.#text.length <= longestLine) this.#text += text;
  }

  end(): void {
    const text = this.#text.replace(/\s+/gu, ' ').trim();
    if (this.#element !== undefined && text.length <= longestLine && /\d/.test(text)) {
      this.lines.push({ text, element: this.#element });
    }
    this.#text = '';
    this.#element = undefined;
  }
}

/**
 * Collects what a person sees on a page.
 *
 * @param without elements to leave out, with all that they hold
 */
export function pageContent($: HtmlDocument, without: ReadonlySet<object>): PageContent {
  const elements: PageElement[] = [];
  const lines = new TextLines();
  // A stack of its own, because pages may be nested deeper than calls can be. Null ends a block.
  const waiting: (PageNode | null)[] = childrenOf($.root()[0]);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node === null) {
      lines.end();
    } else if (node.type === 'text') {
      lines.add(node.data, node.parent as PageElement);
    } else if ('attribs' in node && !without.has(node) && !unseen.has(node.name)) {
      elements.push(node);
      if (!inline.has(node.name)) {
        lines.end();
        waiting.push(null);
      }
      for (const child of childrenOf(node)) waiting.push(child);
    }
  }
  lines.end();
  return { elements, lines: lines.lines };
}

function childrenOf(node: object | undefined): PageNode[] {
  return node !== undefined && 'children' in node
    ? [...(node.children as PageNode[])].reverse()
    : [];
}

/** The elements that hold an element, the nearest first. */
export function* ancestors(element: PageElement): Generator<PageElement> {
  for (let node = element.parent; node !== null && 'attribs' in node; node = node.parent) {
    yield node;
  }
}

/** An element's text in one line, with what its pictures stand for; at the most 80 UTF-16 units. */
export function shortText(element: PageElement): string {
  let text = '';
  const waiting: PageNode[] = childrenOf(element);
  for (let node = waiting.pop(); node !== undefined && text.length <= 80; node = waiting.pop()) {
    if (node.type === 'text') text += node.data;
    else if ('attribs' in node && !unseen.has(node.name)) {
      if (node.name === 'img') text += ` ${node.attribs.alt ?? ''} `;
      waiting.push(...childrenOf(node));
    }
  }
  return text.replace(/\s+/gu, ' ').trim().slice(0, 80);
}

/** The names that a page's author gave an element: its id, classes and role. */
export function namesOf({ attribs }: PageElement): string {
  return `${attribs.id ?? ''} ${attribs.class ?? ''} ${attribs.role ?? ''}`.trim();
}
