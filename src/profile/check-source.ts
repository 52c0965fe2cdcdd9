import { isBeginningOf, isJsonPath } from './json-path.js';
import { selectorSchema } from './selector-schema.js';

export type Loose = Readonly<Record<string, unknown>>;
export type Path = (string | number)[];
/** Tells a problem at a place of the profile. */
export type Tell = (path: Path, message: string) => void;

/** A value as keys with values; without any where it is something else. */
export function record(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}

export const kindOf = (select: string) => (isJsonPath(select) ? 'a JSON path' : 'a CSS selector');

/** Whether two selectors can be put to the same page. What is no selector is a problem of its own. */
function isAlike(select: unknown, row: unknown): boolean {
  if (typeof select !== 'string' || typeof row !== 'string') return true;
  return isJsonPath(select) === isJsonPath(row);
}

const isJson = (select: unknown) => typeof select === 'string' && isJsonPath(select);
const isPath = (select: unknown) => isJson(select) && selectorSchema.safeParse(select).success;

/** Keys that say where on the page a value is. */
const places = ['of', 'beside', 'select', 'attribute', 'text'];

/**
 * Checks that a field has one source, and selectors of the same kind as its row.
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
  const refuse = (keys: readonly string[], why: string) => {
    for (const key of keys) if (rule[key] !== undefined) tell([...path, key], why);
  };
  if (rule.from !== undefined) {
    refuse([...places, 'on'], 'cannot be used together with from');
    return;
  }
  const { on, of, beside, select = on === undefined ? row : undefined, attribute } = rule;
  if (on === 'detail' && select === undefined) {
    tell(path, 'needs select, the element on the photo’s own page');
  }
  if (on === 'detail') refuse(['of', 'beside'], 'cannot be used together with on');
  else checkStart({ of, beside, select: rule.select }, row, path, tell);
  const isOnPage = of === 'page' && hasBoth;
  if (on === undefined && !isOnPage && !isAlike(select, row)) {
    tell(
      [...path, 'select'],
      `is ${kindOf(String(select))}, but the row is ${kindOf(String(row))}`,
    );
  }
  if (isJson(select)) {
    refuse(['attribute'], 'JSON has no attributes; the path leads to the value');
    refuse(['beside', 'text'], 'works in HTML only; in JSON, a path leads to the value');
  } else if (attribute !== undefined) {
    refuse(['text'], 'cannot be used together with attribute');
  }
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
