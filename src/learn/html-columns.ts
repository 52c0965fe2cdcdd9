import type { PageElement } from '../page/html-document.js';
import type { PagePart } from '../profile/page-part.js';
import { valueIn } from '../profile/reading.js';
import type { Column } from './column.js';
import { classKind } from './lasting-names.js';
import type { WrittenRule } from './written-rule.js';

/** How many rows are looked at for the elements that they have. */
const mostRows = 60;
/** How many elements of a row are looked at. */
const mostElements = 120;
/** How many selectors are tried in all rows. */
const mostSelectors = 150;
/** How many elements around a row are looked at. */
const mostAround = 6;
/** Attributes of a site's look, which say nothing of a photo. */
const ofLook =
  /^(?:class|loading|decoding|border|align|valign|tabindex|role|target|width|height|sizes)$/;
/** Elements around rows that name what they hold. */
const naming =
  'h1, h2, h3, h4, h5, h6, time, header, legend, summary, figcaption, [class*="date"], [class*="title"]';

/** The columns of rows in HTML: attributes and texts of what they hold, and of what is around them. */
export function htmlColumns(rows: readonly PagePart[]): Column[] {
  const columns: Column[] = [];
  const seen = new Set<string>();
  const add: Add = (source, name, tag, values) => {
    const key = JSON.stringify([source.attribute ?? '', values]);
    if (seen.has(key) || !values.some((value) => value !== undefined)) return;
    seen.add(key);
    columns.push({ source, name: name.toLowerCase(), tag, values });
  };
  addAttributes(add, {}, rows);
  for (const { select, parts } of placesIn(rows)) addParts(add, { select }, parts, select);
  // After the places inside, which have names of their own.
  addParts(add, {}, rows, '');
  addBeside(add, rows);
  addAround(add, rows);
  return columns;
}

type Add = (source: WrittenRule, name: string, tag: string, values: (string | undefined)[]) => void;
type Parts = readonly (PagePart | undefined)[];

const elementOf = (part: PagePart | undefined) => part?.node as PageElement | undefined;

function addParts(add: Add, source: WrittenRule, parts: Parts, select: string): void {
  const element = elementOf(parts.find(Boolean));
  const tag = element?.name ?? '';
  addAttributes(add, source, parts);
  const name = `${select} ${element?.attribs.class ?? ''}`;
  add(
    source,
    name,
    tag,
    parts.map((part) => valueIn(part?.text(undefined, undefined))),
  );
  const after = parts.map((part) => valueIn(part?.text(undefined, undefined, 'after')));
  add({ ...source, text: 'after' }, name, tag, after);
}

/** The attributes alone: the text around rows is that of all of them. */
function addAttributes(add: Add, source: WrittenRule, parts: Parts): void {
  const tag = elementOf(parts.find(Boolean))?.name ?? '';
  const names = new Set(parts.flatMap((part) => Object.keys(elementOf(part)?.attribs ?? {})));
  for (const attribute of names) {
    if (ofLook.test(attribute)) continue;
    const values = parts.map((part) => valueIn(part?.text(undefined, attribute)));
    add({ ...source, attribute }, attribute, tag, values);
  }
}

/** Places inside the rows, each with the first thing there in each row; the plainest selector of each. */
function placesIn(rows: readonly PagePart[]): { select: string; parts: Parts }[] {
  const costs = new Map<string, number>();
  for (const row of rows.slice(0, mostRows)) {
    for (const part of row.parts('*').slice(0, mostElements)) {
      for (const [select, cost] of selectorsOf(part)) costs.set(select, cost);
    }
  }
  const selectors = [...costs].sort(([, one], [, other]) => one - other).slice(0, mostSelectors);
  const places: { select: string; parts: Parts }[] = [];
  const numbers = new Map<object, number>();
  const known = new Set<string>();
  for (const [select] of selectors) {
    const parts = rows.map((row) => row.parts(select)[0]);
    const key = parts.map(({ node } = {} as PagePart) => numberOf(node, numbers)).join();
    if (known.has(key)) continue;
    known.add(key);
    places.push({ select, parts });
  }
  return places;
}

function numberOf(node: object | undefined, numbers: Map<object, number>): number | undefined {
  if (node === undefined) return undefined;
  const known = numbers.get(node) ?? numbers.size;
  numbers.set(node, known);
  return known;
}

/** Selectors that may find an element in its row, each with what it costs: names before positions. */
function selectorsOf(part: PagePart): [select: string, cost: number][] {
  const element = elementOf(part);
  if (element === undefined) return [];
  const { name } = element;
  const own = namesIn(element);
  const around =
    element.parent !== null && 'attribs' in element.parent ? element.parent : undefined;
  const aroundNames = around === undefined ? [] : namesIn(around);
  const place = placeAmong(element);
  return [
    [name, /^(?:div|span|p|td|li)$/.test(name) ? 4 : 1],
    ...own.map((one): [string, number] => [one, 2]),
    ...aroundNames.map((one): [string, number] => [`${one} ${name}`, 3]),
    ...(around && /^h\d$/.test(around.name)
      ? [[`${around.name} ${name}`, 3] as [string, number]]
      : []),
    ...(place > 1 ? [[`${name}:nth-of-type(${place})`, 6] as [string, number]] : []),
  ];
}

function namesIn({ attribs }: PageElement): string[] {
  const classes = (attribs.class ?? '').split(/\s+/).filter((one) => classKind(one) === 'own');
  const properties = ['itemprop', 'rel', 'property'].flatMap((name) =>
    attribs[name] ? [`[${name}="${attribs[name]}"]`] : [],
  );
  return [...properties, ...classes.map((one) => `.${one}`)];
}

function placeAmong(element: PageElement): number {
  const siblings = (element.parent?.children ?? []).filter(
    (one) => 'attribs' in one && one.name === element.name,
  );
  return siblings.indexOf(element) + 1;
}

/** What stands after the rows, or after the cell of a table that holds each. */
function addBeside(add: Add, rows: readonly PagePart[]): void {
  const addAfter = (source: WrittenRule, starts: Parts) => {
    const parts = starts.map((start) => start?.beside(source.beside ?? '*'));
    addParts(add, source, parts, source.beside ?? '');
  };
  const tags = new Set(rows.map((row) => elementOf(row)?.name));
  if (tags.has('dt')) addAfter({ beside: 'dd' }, rows);
  if (tags.has('td') || tags.has('th')) {
    addAfter({ beside: 'below' }, rows);
    return;
  }
  const cells = rows.map((row) => row.enclosing('td'));
  const isAlone = new Set(cells.map((cell) => cell?.node)).size === rows.length;
  if (!isAlone || cells.every((cell) => cell === undefined)) return;
  addAfter({ of: 'td', beside: 'td' }, cells);
  addAfter({ of: 'td', beside: 'below' }, cells);
}

/** The names of what holds several rows, where the page has more than one such. */
function addAround(add: Add, rows: readonly PagePart[]): void {
  let parts: Parts = rows.map((row) => row.enclosing('*'));
  const inRows = new Set(rows.flatMap((row) => [row, ...row.parts('*')]).map(({ node }) => node));
  for (let level = 0; level < mostAround && parts.every(Boolean); level++) {
    const nodes = new Set(parts.map((part) => part?.node));
    if (nodes.size === 1) return;
    const of = selectorAround(rows, parts);
    if (of !== undefined) addNamesAround(add, of, parts, inRows);
    parts = parts.map((part) => part?.enclosing('*'));
  }
}

function selectorAround(rows: readonly PagePart[], parts: Parts): string | undefined {
  const [first] = parts;
  const element = elementOf(first);
  if (element === undefined) return undefined;
  const candidates = [...namesIn(element), element.name];
  return candidates.find((select) =>
    rows.every((row, index) => row.enclosing(select)?.node === parts[index]?.node),
  );
}

/** Names that stand beside the rows: what stands in one of them is not of them all. */
function addNamesAround(
  add: Add,
  of: string,
  parts: Parts,
  inRows: ReadonlySet<object | undefined>,
): void {
  const isOutside = ({ node }: PagePart) => !inRows.has(node);
  const inside = parts.flatMap((part) => part?.parts(naming) ?? []).filter(isOutside);
  const selectors = new Set(inside.flatMap((part) => selectorsOf(part).map(([one]) => one)));
  addAttributes(add, { of }, parts);
  for (const select of [...selectors].slice(0, 20)) {
    const found = parts.map((part) => part?.parts(select)[0]);
    if (found.every((part) => part === undefined || isOutside(part))) {
      addParts(add, { of, select }, found, select);
    }
  }
}
