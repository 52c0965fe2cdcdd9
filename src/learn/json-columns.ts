import type { PagePart } from '../profile/page-part.js';
import { valueIn } from '../profile/reading.js';
import type { Column } from './column.js';

/** How deep the members of a row are looked at. */
const mostDepth = 5;
/** How many of a list inside a row are looked at. */
const mostInList = 12;
/** How many rows are looked at for the members that they have. */
const mostRows = 200;
/** How many objects around a row are looked at. */
const mostAround = 6;

const plainName = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/** A step of a JSON path that leads to a member, or to one of a list. */
function stepTo(name: string, isInList: boolean): string {
  if (isInList) return `[${name}]`;
  if (plainName.test(name)) return `.${name}`;
  return `['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}

/** Paths of the plain values in a JSON value, those near its top first. */
function pathsIn(value: unknown, without: ReadonlySet<unknown>): string[] {
  const found: string[] = [];
  let level: [path: string, value: unknown][] = [['$', value]];
  for (let depth = 0; depth <= mostDepth && level.length > 0; depth++) {
    const plain = level.filter(([, at]) => typeof at !== 'object');
    found.push(...plain.flatMap(([path, at]) => (at === undefined || at === '' ? [] : path)));
    level = level.flatMap(([path, at]) => (without.has(at) ? [] : membersOf(path, at)));
  }
  return found;
}

function membersOf(path: string, value: unknown): [path: string, value: unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  const members = Object.entries(value).slice(0, isList ? mostInList : undefined);
  return members.map(([name, member]) => [path + stepTo(name, isList), member]);
}

function nameOf(path: string): string {
  const names = path.match(/\.[^.[\]]+|\['.*?'\]/gu) ?? [];
  return (names.at(-1) ?? '').replace(/^\.|^\['|'\]$/g, '').toLowerCase();
}

/** The columns of rows in JSON: members of the rows, and of the objects around them. */
export function jsonColumns(rows: readonly PagePart[]): Column[] {
  const paths = new Set<string>();
  for (const row of rows.slice(0, mostRows)) {
    for (const path of pathsIn(row.node ?? plainValueOf(row), new Set())) paths.add(path);
  }
  const own = [...paths].map((select) => ({
    source: { select },
    name: nameOf(select),
    tag: '',
    values: rows.map((row) => valueIn(row.text(select, undefined))),
  }));
  return [...own, ...columnsAround(rows)].filter(({ values }) => values.some(Boolean));
}

function plainValueOf(row: PagePart): unknown {
  return valueIn(row.text(undefined, undefined));
}

/** What stands around a row, the whole first, the list that holds it last. */
function around(row: PagePart): PagePart[] {
  const found: PagePart[] = [];
  for (let path = '$'; found.length < mostAround; path += '[*]') {
    const part = row.enclosing(path);
    if (part === undefined) break;
    found.push(part);
  }
  return found;
}

/** Columns in the objects around the rows, other than the whole: an event, a post, a day. */
function columnsAround(rows: readonly PagePart[]): Column[] {
  const chains = rows.map(around);
  const depth = Math.min(...chains.map((chain) => chain.length));
  const columns: Column[] = [];
  let of = '$';
  for (let level = 1; level < depth; level++) {
    const steps = new Set(chains.map((chain) => stepBetween(chain[level - 1], chain[level])));
    const [step = '[*]'] = steps;
    of += steps.size > 1 ? '[*]' : step;
    const parts = chains.map((chain) => chain[level]);
    if (parts.some((part) => part === undefined || Array.isArray(part.node))) continue;
    const inner = new Set<unknown>(chains.flatMap((chain) => chain[level + 1]?.node ?? []));
    const paths = new Set(parts.flatMap((part) => pathsIn(part?.node, inner)));
    for (const select of paths) {
      const values = parts.map((part) => valueIn(part?.text(select, undefined)));
      columns.push({ source: { of, select }, name: nameOf(select), tag: '', values });
    }
  }
  return columns;
}

/** The step of a path that leads from one object to another inside it. */
function stepBetween(outer: PagePart | undefined, inner: PagePart | undefined): string {
  if (Array.isArray(outer?.node)) return '[*]';
  const name = Object.entries(outer?.node ?? {}).find(([, value]) => value === inner?.node)?.[0];
  return name === undefined ? '[*]' : stepTo(name, false);
}
