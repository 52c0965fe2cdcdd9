import type { z } from 'zod';
import { type ItemField, itemFields } from './field-schema.js';
import { endsInMoment, type Filter } from './filters.js';
import { isJsonPath } from './json-path.js';

type Loose = Readonly<Record<string, unknown>>;
type Path = (string | number)[];
type Tell = (path: Path, message: string) => void;

/** Fields that make the photo's name or lead to its page: they stand in its row. */
const rowFields: readonly string[] = ['id', 'version', 'thumbnail', 'detail'];

function record(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}

const kindOf = (select: string) => (isJsonPath(select) ? 'a JSON path' : 'a CSS selector');

/** A field has one place to begin from, of the kind that its row is. */
function checkSource(rule: Loose, row: unknown, path: Path, tell: Tell): void {
  if (rule.from !== undefined) {
    for (const key of ['select', 'attribute', 'on']) {
      if (rule[key] !== undefined) tell([...path, key], 'cannot stand beside from');
    }
    return;
  }
  const { select = rule.on === undefined ? row : undefined, attribute } = rule;
  if (rule.on === 'detail' && select === undefined) {
    tell(path, 'takes select: what it is on the photo’s own page');
  }
  if (typeof select !== 'string') return;
  const alike = typeof row !== 'string' || isJsonPath(select) === isJsonPath(row);
  if (rule.on === undefined && !alike) {
    tell([...path, 'select'], `is ${kindOf(select)}, but the row is ${kindOf(row)}`);
  }
  if (isJsonPath(select) && attribute !== undefined) {
    tell([...path, 'attribute'], 'JSON has no attributes; the path leads to the value');
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

/** Names of the fields that a field begins with, itself among them where they go in a circle. */
function beginnings(name: string, fields: readonly [string, Loose, Path][]): Set<string> {
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
  if (rowFields.includes(name)) return 'has to stand in the row';
  if (item.detail !== undefined) return undefined;
  return 'takes the field detail, which gives the address of that page';
}

function checkItem(item: Loose, tell: Tell): void {
  const fields = fieldsOf(item);
  const present = new Set(fields.map(([name]) => name));
  const problemOfFrom = (name: string, from: string): string | undefined => {
    if (!present.has(from)) return `there is no field ${from}`;
    if (beginnings(name, fields).has(name)) return 'goes round in a circle';
    const isElsewhere = record(item[from as ItemField]).on === 'detail';
    return isElsewhere ? `${from} stands on the photo’s own page` : undefined;
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
      tell(['item', 'uploadedAt'], 'takes a date filter as its last, with the zone known');
    }
  }
}

/**
 * Checks what rules ask of each other. It also takes a profile that has other problems, so that
 * all are told at once.
 *
 * @param profile as far as it was understood
 */
export function checkRules(profile: unknown, context: z.core.$RefinementCtx): void {
  const tell: Tell = (path, message) => context.addIssue({ code: 'custom', path, message });
  const { item: unknownItem, listing: unknownListing, signIn } = record(profile);
  const item = record(unknownItem);
  const listing = record(unknownListing);
  checkItem(item, tell);
  if (listing.json !== undefined && typeof item.row === 'string' && !isJsonPath(item.row)) {
    tell(['listing', 'json'], 'takes rows by JSON path; item.row is a CSS selector');
  }
  const albums = record(listing.albums);
  for (const name of ['link', 'title']) {
    if (albums[name] !== undefined) {
      checkSource(record(albums[name]), albums.row, ['listing', 'albums', name], tell);
    }
  }
  const { form } = record(signIn);
  if (typeof form === 'string' && isJsonPath(form)) {
    tell(['signIn', 'form'], 'is a CSS selector; a form stands in HTML');
  }
}
