import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import { ancestors } from '../survey/page-content.js';
import { holdings } from './element-contents.js';
import { type Candidate, namesFor, onlyTag } from './element-names.js';
import { isLastingId } from './lasting-names.js';

/** What a selector must say beside what the elements are called. */
export interface SelectorOptions {
  /** What follows the selector's last part, such as `:has(img)`. */
  condition?: string;
}

/** Most candidates that are tried for some elements. */
const mostTried = 400;
/** How many of the elements around some are looked at. */
const mostAround = 12;

/**
 * Finds the selector for some elements of a page, short and lasting: ids, names and data attributes,
 * then classes, then what they hold, then their places.
 *
 * @returns a selector that finds these elements and no others; undefined where there is none
 */
export function selectorFor(
  elements: readonly PageElement[],
  page: Page,
  options: SelectorOptions = {},
): string | undefined {
  for (const select of selectorsFor(elements, page, options)) return select;
  return undefined;
}

/** All selectors that find these elements of a page and no others, the most lasting first. */
export function* selectorsFor(
  elements: readonly PageElement[],
  page: Page,
  { condition = '' }: SelectorOptions = {},
): Generator<string> {
  if (elements.length === 0) return;
  const parts =
    condition === '' ? partsFor(elements, page.url) : partsFor(elements, page.url, ['img']);
  const own = parts.map(({ select, cost }) => ({ select: `${select}${condition}`, cost }));
  const alone = own.flatMap(({ select, cost }) =>
    cost === onlyTag
      ? []
      : [{ select, cost: cost + (/^\w+:/.test(select) ? aloneCost(select) : 0) }],
  );
  const candidates = [...alone, ...withAround(own, elements, page.url)]
    .sort((one, other) => one.cost - other.cost || one.select.length - other.select.length)
    .slice(0, mostTried);
  const wanted = new Set(elements);
  for (const { select } of candidates) if (finds(page, select, wanted)) yield select;
  const [only] = elements;
  const placed = elements.length === 1 && only ? placeOf(only) : undefined;
  if (placed !== undefined && finds(page, placed, wanted)) yield placed;
}

/** Whether a selector finds some elements of a page and no others. */
function finds(page: Page, select: string, wanted: ReadonlySet<object>): boolean {
  const found = page.document(select).toArray();
  return found.length === wanted.size && found.every((element) => wanted.has(element));
}

/** What it costs that a selector has no name in it: links and pictures are everywhere. */
function aloneCost(select: string): number {
  return /^(?:a|img)(?!\w)/.test(select) ? 4 : 3;
}

/** What an element is called by itself, as selectors that hold for all of some elements. */
function partsFor(
  elements: readonly PageElement[],
  pageUrl: string,
  holdable: readonly string[] = ['img', 'video', 'a'],
): Candidate[] {
  const [first] = elements;
  if (first === undefined) return [];
  const tags = [...new Set(elements.map(({ name }) => name))];
  const tag = tags.length === 1 ? (tags[0] ?? '') : `:is(${tags.sort().join(', ')})`;
  const named = namesFor(elements, tag);
  const plain = [...named, { select: tag, cost: onlyTag }];
  const held = holdings(elements, holdable, pageUrl).flatMap(({ select, cost }) =>
    plain.slice(-6).map((part) => ({ select: `${part.select}${select}`, cost: part.cost + cost })),
  );
  return [...plain, ...held].sort((one, other) => one.cost - other.cost);
}

/** Selectors of some elements with those of elements around them. */
function withAround(
  own: readonly Candidate[],
  elements: readonly PageElement[],
  pageUrl: string,
): Candidate[] {
  const path: string[] = [];
  return levelsAround(elements).flatMap((level, distance) => {
    const between = path.length === distance ? [...path].reverse() : undefined;
    const [name, ...others] = new Set(level.map((element) => element.name));
    if (name !== undefined && others.length === 0) path.push(name);
    return partsFor(level, pageUrl)
      .filter(({ select }) => !/:has\(|^(?:tr|tbody|li)$/.test(select))
      .flatMap((outer) => combined(outer, own.slice(0, 14), between, distance));
  });
}

/**
 * @param between the tags that stand between the two; undefined where they are not always the same
 * @param distance how many elements that are
 */
function combined(
  outer: Candidate,
  own: readonly Candidate[],
  between: readonly string[] | undefined,
  distance: number,
): Candidate[] {
  const isTag = outer.cost === onlyTag;
  return own.flatMap((part) => {
    const cost = part.cost + outer.cost + (isTag ? 1.5 : 0.3) + distance * 0.15;
    const found: Candidate[] = [];
    if (distance > 0 || !isTag) {
      found.push({ select: `${outer.select} ${part.select}`, cost: cost + 0.1 });
    }
    if (between !== undefined) {
      const select = [outer.select, ...between, part.select].join(' > ');
      found.push({ select, cost: cost + 0.8 * distance });
    }
    return found;
  });
}

/** The elements around some elements, at one distance each: their parents, the parents of those, … */
function levelsAround(elements: readonly PageElement[]): PageElement[][] {
  const found: PageElement[][] = [];
  let level: readonly PageElement[] = elements;
  while (found.length < mostAround) {
    const next = new Set<PageElement>();
    for (const { parent } of level) {
      if (parent === null || !('attribs' in parent)) return found;
      if (parent.name !== 'html') next.add(parent);
    }
    if (next.size === 0) return found;
    level = [...next];
    found.push([...next]);
  }
  return found;
}

/** The place of an element below the nearest one with a lasting id, or below the body. */
function placeOf(element: PageElement): string {
  const steps: string[] = [];
  for (const one of [element, ...ancestors(element)]) {
    const { id = '' } = one.attribs;
    if (isLastingId(id) || one.name === 'body') {
      return [isLastingId(id) ? `#${id}` : 'body', ...steps].join(' > ');
    }
    const alike = (one.parent?.children ?? []).filter(
      (child) => 'attribs' in child && child.name === one.name,
    );
    const place = alike.length > 1 ? `:nth-of-type(${alike.indexOf(one) + 1})` : '';
    steps.unshift(`${one.name}${place}`);
  }
  return steps.join(' > ');
}
