import { isBeginningOf, isJsonPath } from './json-path.js';
import { type Loose, type Path, record, type Tell } from './loose-record.js';
import { selectorSchema } from './selector-schema.js';
import { slotsIn } from './slots.js';

export const kindOf = (select: string) => (isJsonPath(select) ? 'a JSON path' : 'a CSS selector');

/** Whether two selectors can be put to the same page. What is no selector is a problem of its own. */
export function isAlike(select: unknown, row: unknown): boolean {
  if (typeof select !== 'string' || typeof row !== 'string') return true;
  return isJsonPath(select) === isJsonPath(row);
}

const isJson = (select: unknown) => typeof select === 'string' && isJsonPath(select);
const isPath = (select: unknown) => isJson(select) && selectorSchema.safeParse(select).success;

/** Keys that say where on the page a value is. */
const places = ['of', 'beside', 'select', 'attribute', 'text'];

/** The rules of a field, each with its place: the field is one, or a list of them. */
export function candidates(field: unknown, path: Path): [rule: Loose, path: Path][] {
  if (field === undefined) return [];
  if (!Array.isArray(field)) return [[record(field), path]];
  return field.map((rule, index) => [record(rule), [...path, index]]);
}

/** A rule and the parts that it has, each with its place: what reads a value off a page. */
export function sourcesIn(rule: Loose, path: Path): [rule: Loose, path: Path][] {
  const parts = Object.entries(record(rule.parts));
  return [
    [rule, path],
    ...parts.map(([name, part]): [Loose, Path] => [record(part), [...path, 'parts', name]]),
  ];
}

/** Tells of each of some keys that it cannot be used. */
export function refuse(
  rule: Loose,
  keys: readonly string[],
  path: Path,
  why: string,
  tell: Tell,
): void {
  for (const key of keys) if (rule[key] !== undefined) tell([...path, key], why);
}

/**
 * Checks that a rule has one source, and selectors of the same kind as its row.
 *
 * @param row the selector of the rows that it is read from
 * @param hasBoth whether the page is HTML and JSON at once, as with JSON in a script
 */
export function checkSource(
  rule: Loose,
  row: unknown,
  path: Path,
  tell: Tell,
  hasBoth = false,
): void {
  const { on, parts, address } = rule;
  if (parts !== undefined) {
    refuse(rule, ['from', ...places], path, 'belongs into each of the parts', tell);
    checkParts(record(parts), address, path, tell);
    for (const [part, at] of sourcesIn(rule, path).slice(1)) {
      checkPlace({ ...part, ...(on !== undefined && { on }) }, row, at, tell, hasBoth);
    }
    return;
  }
  if (address !== undefined) tell([...path, 'address'], 'needs parts, whose values it is made of');
  checkPlace(rule, row, path, tell, hasBoth);
}

/** Checks that an address has a place for each of its parts. */
function checkParts(parts: Loose, address: unknown, path: Path, tell: Tell): void {
  if (address === undefined) tell(path, 'needs address, with a place for each of the parts');
  if (typeof address !== 'string') return;
  const slots = slotsIn(address);
  for (const name of slots) {
    if (!Object.hasOwn(parts, name)) tell([...path, 'address'], `there is no part ${name}`);
  }
  for (const name of Object.keys(parts)) {
    if (!slots.includes(name)) tell([...path, 'parts', name], `{${name}} is not in the address`);
  }
}

function checkPlace(rule: Loose, row: unknown, path: Path, tell: Tell, hasBoth: boolean): void {
  const no = (keys: readonly string[], why: string) => refuse(rule, keys, path, why, tell);
  if (rule.from !== undefined) {
    no([...places, 'on'], 'cannot be used together with from');
    return;
  }
  const { on, of, beside, select = on === undefined ? row : undefined, attribute } = rule;
  if (on === 'detail' && select === undefined) {
    tell(path, 'needs select, the element on the photo’s own page');
  }
  if (on === 'detail') no(['of', 'beside'], 'cannot be used together with on');
  else checkStart({ of, beside, select: rule.select }, row, path, tell);
  const isOnPage = of === 'page' && hasBoth;
  if (on === undefined && !isOnPage && !isAlike(select, row)) {
    tell(
      [...path, 'select'],
      `is ${kindOf(String(select))}, but the row is ${kindOf(String(row))}`,
    );
  }
  if (isJson(select)) {
    no(['attribute'], 'JSON has no attributes; the path leads to the value');
    no(['beside', 'text'], 'works in HTML only; in JSON, a path leads to the value');
  } else if (attribute !== undefined) no(['text'], 'cannot be used together with attribute');
}

/** Checks where a field starts from, if not from the row. */
function checkStart({ of, beside, select }: Loose, row: unknown, path: Path, tell: Tell): void {
  if (isJson(beside)) tell([...path, 'beside'], 'takes a CSS selector, or below');
  if (of === 'page') {
    if (select === undefined) tell(path, 'needs select, the place on the page');
    if (beside !== undefined) tell([...path, 'beside'], 'cannot be used together with of: page');
  } else if (!isAlike(of, row)) {
    tell([...path, 'of'], `is ${kindOf(String(of))}, but the row is ${kindOf(String(row))}`);
  } else if (isPath(of) && isPath(row) && !isBeginningOf(String(of), String(row))) {
    tell([...path, 'of'], `must be a beginning of the row’s path, ${row}`);
  }
}
