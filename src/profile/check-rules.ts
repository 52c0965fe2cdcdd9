import type { z } from 'zod';
import { type ItemField, itemFields } from './field-schema.js';
import { endsInMoment, type Filter } from './filters.js';
import { isJsonPath } from './json-path.js';

export type Loose = Readonly<Record<string, unknown>>;
export type Path = (string | number)[];
export type Tell = (path: Path, message: string) => void;

/** Fields that must be in the row: the photo's key and the way to its own page. */
const rowFields: readonly string[] = ['id', 'version', 'thumbnail', 'detail'];

export function record(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}

export const noAttributes = 'JSON has no attributes; the path leads to the value';

export const kindOf = (select: string) => (isJsonPath(select) ? 'a JSON path' : 'a CSS selector');

/** A field has one source, and a selector of the same kind as its row. */
export function checkSource(rule: Loose, row: unknown, path: Path, tell: Tell): void {
  if (rule.from !== undefined) {
    for (const key of ['select', 'attribute', 'on']) {
      if (rule[key] !== undefined) tell([...path, key], 'cannot be used together with from');
    }
    return;
  }
  const { select = rule.on === undefined ? row : undefined, attribute } = rule;
  if (rule.on === 'detail' && select === undefined) {
    tell(path, 'needs select, the element on the photo’s own page');
  }
  if (typeof select !== 'string') return;
  const alike = typeof row !== 'string' || isJsonPath(select) === isJsonPath(row);
  if (rule.on === undefined && !alike) {
    tell([...path, 'select'], `is ${kindOf(select)}, but the row is ${kindOf(row)}`);
  }
  if (isJsonPath(select) && attribute !== undefined) {
    tell([...path, 'attribute'], noAttributes);
  }
}

function fieldsOf(item: Loose): [string, Loose, Path][] {
  const named = itemFields
    .filter((name) => item[name] !== undefined)
    .map((name): [string, Loose, Path] => [name, record(item[name]), ['item', name]]);
  const originals = Array.isArray(item.original) ? item.original : [];
  return [
    ...named,
    ...originals.map((rule, index): [string, Loose, Path] => [
      'original',
      record(rule),
      ['item', 'original', index],
    ]),
  ];
}

/** All fields that a field takes its value from; it is one of them if they form a circle. */
function sourcesOf(name: string, fields: readonly [string, Loose, Path][]): Set<string> {
  const found = new Set<string>();
  const queue = [name];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const [of, { from }] of fields) {
      if (of !== next || typeof from !== 'string' || found.has(from)) continue;
      found.add(from);
      queue.push(from);
    }
  }
  return found;
}

function problemOfDetail(name: string, item: Loose): string | undefined {
  if (rowFields.includes(name)) return 'must be in the row';
  if (item.detail !== undefined) return undefined;
  return 'needs the field detail, the address of that page';
}

function checkItem(item: Loose, tell: Tell): void {
  const fields = fieldsOf(item);
  const present = new Set(fields.map(([name]) => name));
  const problemOfFrom = (name: string, from: string): string | undefined => {
    // A value of the album: see check-listing.
    if (from.startsWith('{')) return undefined;
    if (!present.has(from)) return `there is no field ${from}`;
    if (sourcesOf(name, fields).has(name)) return 'takes its value from itself';
    const isElsewhere = record(item[from as ItemField]).on === 'detail';
    return isElsewhere ? `${from} is on the photo’s own page` : undefined;
  };
  for (const [name, rule, path] of fields) {
    checkSource(rule, item.row, path, tell);
    const { on, from } = rule;
    if (on === 'detail') {
      const problem = problemOfDetail(name, item);
      if (problem !== undefined) tell([...path, 'on'], problem);
    }
    const problem = typeof from === 'string' ? problemOfFrom(name, from) : undefined;
    if (problem !== undefined) tell([...path, 'from'], problem);
  }
  if (item.uploadedAt !== undefined) {
    const { filters } = record(item.uploadedAt);
    if (!Array.isArray(filters) || !endsInMoment(filters as Filter[])) {
      tell(['item', 'uploadedAt'], 'needs a date filter as its last one, with a known time zone');
    }
  }
}

/**
 * Checks rules that depend on each other. It accepts a profile with other problems, so that all are
 * reported at once.
 *
 * @param profile the profile, as far as it could be read
 */
export function checkRules(profile: unknown, context: z.core.$RefinementCtx): void {
  const tell: Tell = (path, message) => context.addIssue({ code: 'custom', path, message });
  const { item, signIn } = record(profile);
  checkItem(record(item), tell);
  const { form } = record(signIn);
  if (typeof form === 'string' && isJsonPath(form)) {
    tell(['signIn', 'form'], 'needs a CSS selector, because a form is HTML');
  }
}
