import { pageAddress } from '../page/address.js';
import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import type { NextWay } from '../survey/next-ways.js';
import { namesNextPage } from '../survey/next-words.js';
import { ancestors, namesOf, shortText } from '../survey/page-content.js';
import { namesFor } from './element-names.js';
import { selectorsFor } from './selector.js';

/** A rule for the next page that may hold, as a profile writes it. */
export interface NextCandidate {
  rule: Record<string, unknown>;
  /** What it goes by, in words: `the link “Next”`. */
  what: string;
  /** Whether an album of two pages cannot tell it from a rule for the page before. */
  isWeakOnTwo?: true;
}

/** Most selectors that are tried for one link. */
const mostSelectors = 8;
/** How a page shows the number that is its own. */
const currentNames = /(?:^|[\s_-])(?:current|active|selected|cur|this-?page|on)(?=$|[\s_-])/i;

/**
 * Rules that lead from a page to the next one as a link on it does, the most lasting first.
 *
 * @param url where the link leads
 * @param ways what leads there
 */
export function linkCandidates(page: Page, url: string, ways: readonly NextWay[]): NextCandidate[] {
  const found: NextCandidate[] = [];
  const leading = ways.filter((way) => way.url === url);
  if (leading.some(({ element }) => element === undefined)) {
    found.push({ rule: { by: 'header' }, what: 'the header Link' });
  }
  const elements = leading.flatMap(({ element, what }) => (element ? [{ element, what }] : []));
  const named = elements.filter(({ element }) => isNamed(element));
  for (const { element, what } of named) found.push(...bySelector(page, url, [element], what));
  const unnamed = elements.filter(({ element }) => !isNamed(element));
  for (const { element, what } of unnamed) {
    const isNumber = /\d/.test(shortText(element));
    if (isNumber) found.push(...afterCurrent(element, what));
    else {
      found.push(...byAddress(page, url, element, what), ...byWords(page, element, what));
      found.push(...bySelector(page, url, [element], what));
    }
  }
  const all = elements.map(({ element }) => element);
  if (all.length > 1) found.push(...bySelector(page, url, all, elements[0]?.what ?? ''));
  for (const { element, what } of named) found.push(...byWords(page, element, what));
  return found;
}

/** Whether the names of a link, or of what holds it alone, say that it leads to the next page. */
function isNamed(element: PageElement): boolean {
  const { parent } = element;
  const isAlone =
    parent !== null && 'attribs' in parent && shortText(parent) === shortText(element);
  if (isAlone && namesNextPage(namesOf(parent))) return true;
  return /(?:^|\s)next(?:\s|$)/i.test(element.attribs.rel ?? '') || namesNextPage(namesOf(element));
}

function bySelector(
  page: Page,
  url: string,
  elements: readonly PageElement[],
  what: string,
): NextCandidate[] {
  const [first] = elements;
  const attribute = first && attributeOf(first, page, url);
  if (attribute === undefined) return [];
  const found: NextCandidate[] = [];
  for (const select of selectorsFor(elements, page)) {
    found.push({ rule: linkRule(select, attribute), what });
    if (found.length >= mostSelectors) break;
  }
  return found;
}

function linkRule(select: string, attribute: string, more: object = {}): NextCandidate['rule'] {
  return { by: 'link', select, ...more, ...(attribute !== 'href' && { attribute }) };
}

/** The attribute of an element that has an address; undefined where none has it alone. */
function attributeOf(element: PageElement, page: Page, url: string): string | undefined {
  const names = Object.keys(element.attribs).sort((one) => (one === 'href' ? -1 : 1));
  return names.find((name) => pageAddress(element.attribs[name]?.trim() ?? '', page) === url);
}

/** By what the address has beside that of the first page, which no language changes. */
function byAddress(page: Page, url: string, element: PageElement, what: string): NextCandidate[] {
  if (element.name !== 'a') return [];
  const [own, next] = [new URL(page.requestedUrl), new URL(url)];
  const names = [...next.searchParams.keys()].filter((name) => !own.searchParams.has(name));
  const folders = next.pathname
    .split('/')
    .slice(1, -1)
    .filter((name) => /^[a-z][a-z_-]*$/i.test(name));
  const parts = [
    ...names.filter((name) => /^[\w-]+$/.test(name)).map((name) => `${name}=`),
    ...folders.map((name) => `/${name}/`).filter((part) => !`${own.pathname}/`.includes(part)),
  ];
  const href = element.attribs.href ?? '';
  const selects = parts
    .filter((part) => href.includes(part))
    .flatMap((part) => outerSelectors(element).map((outer) => `${outer}a[href*="${part}"]`));
  return selects.map((select) => ({
    rule: linkRule(select, 'href'),
    what,
    isWeakOnTwo: true as const,
  }));
}

/** Selectors of what holds a link, the nearest first, each with a space behind it; the last is empty. */
function outerSelectors(element: PageElement): string[] {
  const around = [...ancestors(element)].filter(({ name }) => name !== 'html').slice(0, 6);
  const named = around.flatMap((one) => namesFor([one], one.name).slice(0, 1));
  return [...named.map(({ select }) => `${select} `), ''];
}

/** By the link's words, which are the site's own and may be in any language. */
function byWords(page: Page, element: PageElement, what: string): NextCandidate[] {
  const words = page.document(element).text().replace(/\s+/gu, ' ').trim();
  if (element.name !== 'a' || words === '' || words.length > 40 || /\d/.test(words)) return [];
  const text = `^${words.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}$`;
  return outerSelectors(element).map((outer) => ({
    rule: linkRule(`${outer}a`, 'href', { text }),
    what,
  }));
}

/** The link behind the number of the current page, where pages have numbers alone. */
function afterCurrent(element: PageElement, what: string): NextCandidate[] {
  const words = `the number after the current page’s (${what})`;
  const found = stepsBefore(element).flatMap(({ branch, before, inner }) =>
    currentParts(before, branch).flatMap((current) => {
      const pagers = [...ancestors(branch)]
        .slice(0, 4)
        .flatMap((one) => namesFor([one], one.name).slice(0, 1));
      const own = `${current} + ${branch.name}${inner}`;
      return [...pagers.map(({ select }) => `${select} ${own}`), own];
    }),
  );
  const links = found.map((select) => ({ rule: linkRule(select, 'href'), what: words }));
  return [...links, ...afterBareNumber(element, words)];
}

interface StepBefore {
  /** The link, or what holds it, beside the current page's number. */
  branch: PageElement;
  /** What holds the current number. */
  before: PageElement;
  /** The rest of the selector, from the branch to the link. */
  inner: string;
}

function stepsBefore(element: PageElement): StepBefore[] {
  const found: StepBefore[] = [];
  for (const branch of [element, ...[...ancestors(element)].slice(0, 2)]) {
    let before = branch.prev;
    while (before !== null && !('attribs' in before)) {
      if (before.type === 'text' && /\d/.test(before.data)) break;
      before = before.prev;
    }
    if (before === null || !('attribs' in before)) continue;
    if (!/^\D*\d+\D*$/.test(shortText(before))) continue;
    found.push({ branch, before, inner: branch === element ? '' : ` ${element.name}` });
  }
  return found;
}

/** How the element of the current page's number differs from those of the others. */
function currentParts(before: PageElement, branch: PageElement): string[] {
  const inside = before.children.flatMap((child) => ('attribs' in child ? [child] : []));
  const named = [
    ...currentMarks(before),
    ...inside.flatMap((child) => currentMarks(child).map((mark) => `${before.name}:has(${mark})`)),
  ];
  if (before.name !== branch.name) return [...named, before.name];
  if (before.name === 'a')
    return before.attribs.href === undefined ? [...named, 'a:not([href])'] : named;
  const isBare = !inside.some(({ name }) => name === 'a');
  const others = inside.filter(({ name }) => name !== 'a');
  return [
    ...named,
    ...(isBare ? [`${before.name}:not(:has(a))`] : []),
    ...others.map(({ name }) => `${before.name}:has(> ${name})`),
  ];
}

function currentMarks({ attribs }: PageElement): string[] {
  const names = (attribs.class ?? '').split(/\s+/).filter((name) => currentNames.test(name));
  const isCurrent = attribs['aria-current'] !== undefined;
  return [...(isCurrent ? ['[aria-current]'] : []), ...names.map((name) => `.${name}`)];
}

/** The current number as bare text: `[1] 2 [3]`. */
function afterBareNumber(element: PageElement, what: string): NextCandidate[] {
  let text = '';
  for (let node = element.prev; node?.type === 'text'; node = node.prev) text = node.data + text;
  const plain = text.replace(/\s+/gu, ' ').trim();
  if (!/\d/.test(plain) || plain.length > 30 || element.name !== 'a') return [];
  const textBefore = `^${plain.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\d+/g, '\\d+')}$`;
  const parent = element.parent;
  if (parent === null || !('attribs' in parent)) return [];
  const outer = [
    ...namesFor([parent], parent.name)
      .slice(0, 2)
      .map(({ select }) => select),
    parent.name,
  ];
  return outer.map((select) => ({ rule: linkRule(`${select} > a`, 'href', { textBefore }), what }));
}
