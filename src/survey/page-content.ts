import { type HtmlDocument, type PageElement, parseHtml } from '../page/html-document.js';

type PageNode = PageElement['children'][number];

/** A line of a page's text, as it stands between two blocks. */
export interface TextLine {
  text: string;
  /** The element in which it begins. */
  element: PageElement;
  /** The texts of which it is made, with the element that holds each. */
  pieces: readonly { text: string; element: PageElement }[];
}

/** What stands on a page, in its order. */
export interface PageContent {
  elements: PageElement[];
  /** The lines that have a number in them. */
  lines: TextLine[];
}

/** Whether what a browser without scripts shows (`<noscript>`) counts as well. */
export type Seen = 'with scripts' | 'with or without scripts';

/** Longest line that is kept, in UTF-16 units: a longer one is prose. */
const longestLine = 200;
/** Elements that nobody sees. */
const unseen = new Set(['script', 'style', 'template', 'noscript', 'iframe']);
const inline = new Set(
  'a abbr b bdi bdo big button cite code data em font i img input kbd label mark option q s samp select small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

class TextLines {
  readonly lines: TextLine[] = [];
  #text = '';
  #element: PageElement | undefined;
  #pieces: TextLine['pieces'][number][] = [];

  add(text: string, element: PageElement): void {
    if (this.#element === undefined && text.trim() === '') return;
    this.#element ??= element;
    if (this.#text.length > longestLine) return;
    this.#text += text;
    this.#pieces.push({ text, element });
  }

  end(): void {
    const text = this.#text.replace(/\s+/gu, ' ').trim();
    if (this.#element !== undefined && text.length <= longestLine && /\d/.test(text)) {
      this.lines.push({ text, element: this.#element, pieces: this.#pieces });
    }
    this.#pieces = [];
    this.#text = '';
    this.#element = undefined;
  }
}

/**
 * Collects what a person sees on a page.
 *
 * @param without elements to leave out, with all that they hold
 */
export function pageContent(
  $: HtmlDocument,
  without: ReadonlySet<object>,
  seen: Seen = 'with scripts',
): PageContent {
  const elements: PageElement[] = [];
  const lines = new TextLines();
  // A stack of its own, because pages may be nested deeper than calls can be. Null ends a block.
  const waiting: (PageNode | null)[] = childrenOf($.root()[0]);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node === null) lines.end();
    else if (node.type === 'text') lines.add(node.data, node.parent as PageElement);
    else if ('attribs' in node && !without.has(node)) {
      if (!unseen.has(node.name)) elements.push(node);
      waiting.push(...partsOf(node, lines, seen));
    }
  }
  lines.end();
  return { elements, lines: lines.lines };
}

/** What is to be read of an element, the last first, with ends of blocks. */
function partsOf(element: PageElement, lines: TextLines, seen: Seen): (PageNode | null)[] {
  const { name, attribs } = element;
  if (name === 'noscript' && seen !== 'with scripts') return [null, ...withoutScripts(element)];
  if (unseen.has(name)) return [];
  if (!inline.has(name)) lines.end();
  const preset = presetText(element);
  if (preset !== undefined) lines.add(preset, element);
  // Of choices a person sees the one that is chosen.
  if (name === 'option' && attribs.selected === undefined) return [];
  return inline.has(name) ? childrenOf(element) : [null, ...childrenOf(element)];
}

/** Longest text of a `<noscript>` that is read, in UTF-16 units. */
const longestNoscript = 500_000;

/** What a `<noscript>` holds, the last first. A browser with scripts, and so the page, has it as text. */
function withoutScripts(noscript: PageElement): PageNode[] {
  const [text] = noscript.children;
  if (text?.type !== 'text' || text.data.length > longestNoscript) return [];
  const inside = childrenOf(parseHtml(text.data)('body')[0]);
  for (const node of inside) node.parent = noscript;
  return inside;
}

/** The text that a control shows before anyone writes: the number of the page, say. */
function presetText({ name, attribs }: PageElement): string | undefined {
  if (
    name !== 'input' ||
    /^(?:hidden|submit|button|image|checkbox|radio|password)$/i.test(attribs.type ?? '')
  ) {
    return undefined;
  }
  return attribs.value;
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
