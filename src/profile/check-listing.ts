import type { z } from 'zod';
import {
  checkSource,
  kindOf,
  type Loose,
  noAttributes,
  type Path,
  record,
  type Tell,
} from './check-rules.js';
import { itemFields } from './field-schema.js';
import { isJsonPath } from './json-path.js';
import { slotsIn } from './slots.js';

/** Slots of a page's own; a value of an album cannot have their names. */
const reserved: readonly string[] = [
  ...['username', 'password', 'cursor', 'number'],
  ...['from', 'until', 'inside'],
];

/**
 * Checks the rules of the listing that depend on each other, level by level. It accepts a profile with
 * other problems.
 *
 * @param profile the profile, as far as it could be read
 */
export function checkListing(profile: unknown, context: z.core.$RefinementCtx): void {
  const tell: Tell = (path, message) => context.addIssue({ code: 'custom', path, message });
  const { item: unknownItem, listing } = record(profile);
  const item = record(unknownItem);
  const names = checkLevel(record(listing), item.row, ['listing'], new Set(), tell);
  const originals = Array.isArray(item.original) ? item.original : [];
  const fields = [
    ...itemFields.map((name): [unknown, Path] => [item[name], ['item', name]]),
    ...originals.map((rule, index): [unknown, Path] => [rule, ['item', 'original', index]]),
  ];
  for (const [field, path] of fields) {
    const { from } = record(field);
    const [name] = typeof from === 'string' ? slotsIn(from) : [];
    if (name === undefined || names.has(name)) continue;
    tell([...path, 'from'], `there is no ${name} in the values of listing.albums`);
  }
}

/**
 * Checks a level and those inside it.
 *
 * @param known names of values of the albums around
 * @returns names of all values that a photo's page has
 */
function checkLevel(
  level: Loose,
  itemRow: unknown,
  path: Path,
  known: ReadonlySet<string>,
  tell: Tell,
): ReadonlySet<string> {
  const albums = record(level.albums);
  const inside = albums.listing;
  const row = inside === undefined ? itemRow : albums.row;
  const rowPath = inside === undefined ? 'item.row' : [...path, 'albums', 'row'].join('.');
  if (level.json !== undefined && typeof row === 'string' && !isJsonPath(row)) {
    tell([...path, 'json'], `needs a JSON path as ${rowPath}, which is a CSS selector`);
  }
  checkTotal(level, row, path, tell);
  checkIgnore(level, row, path, tell);
  checkNext(level, path, tell);
  checkPost(level.post, path, tell);
  if (level.albums === undefined) return known;
  const names = checkAlbums(albums, [...path, 'albums'], known, tell);
  if (inside === undefined) return names;
  return checkLevel(record(inside), itemRow, [...path, 'albums', 'listing'], names, tell);
}

function checkAlbums(
  albums: Loose,
  path: Path,
  known: ReadonlySet<string>,
  tell: Tell,
): ReadonlySet<string> {
  const { row, link, title, address } = albums;
  const values = record(albums.values);
  const fields: [unknown, Path][] = [
    [link, [...path, 'link']],
    [title, [...path, 'title']],
    ...Object.entries(values).map(([name, rule]): [unknown, Path] => [
      rule,
      [...path, 'values', name],
    ]),
  ];
  for (const [rule, at] of fields) {
    if (rule === undefined) continue;
    refuseElsewhere(record(rule), at, tell);
    checkSource(record(rule), row, at, tell);
  }
  if ((link === undefined) === (address === undefined)) tell(path, 'needs either link or address');
  for (const name of Object.keys(values)) {
    if (reserved.includes(name)) {
      tell([...path, 'values', name], `must have another name; {${name}} is known already`);
    }
  }
  const names = new Set([...known, ...Object.keys(values)]);
  for (const name of typeof address === 'string' ? slotsIn(address) : []) {
    if (names.has(name)) continue;
    tell([...path, 'address'], `there is no ${name} in values, here or in an album around`);
  }
  return names;
}

/** What is read beside rows has neither a photo's fields nor a photo's own page. */
function refuseElsewhere({ from, on }: Loose, path: Path, tell: Tell): void {
  if (from !== undefined) tell([...path, 'from'], 'cannot be used here');
  if (on !== undefined) tell([...path, 'on'], 'cannot be used here');
}

/** The site's own count stands on the page, or in the JSON, that lists the photos. */
function checkTotal({ total, json }: Loose, row: unknown, level: Path, tell: Tell): void {
  if (total === undefined) return;
  const path = [...level, 'total'];
  const { from: _from, on: _on, ...rule } = record(total);
  refuseElsewhere(record(total), path, tell);
  if (rule.select === undefined) tell(path, 'needs select');
  // JSON in a script or an attribute has a page around it.
  else checkSource(rule, isOnPage(json) ? undefined : row, path, tell);
}

function checkIgnore({ ignore, json }: Loose, row: unknown, level: Path, tell: Tell): void {
  const isJson = typeof row === 'string' && isJsonPath(row) && !isOnPage(json);
  for (const select of [ignore].flat()) {
    if (typeof select !== 'string' || isJsonPath(select) === isJson) continue;
    const page = isJson ? 'JSON' : 'HTML';
    tell([...level, 'ignore'], `is ${kindOf(select)}, but the page is ${page}`);
  }
}

/** Whether there is a page around the JSON. */
function isOnPage(json: unknown): boolean {
  const { script, attribute } = record(json);
  return script !== undefined || attribute !== undefined;
}

function checkNext({ next: rule, post }: Loose, level: Path, tell: Tell): void {
  const { by, parameters, parameter, address, from, until, within } = record(rule);
  const path = [...level, 'next'];
  checkOnPage(record(rule), post, level, path, tell);
  checkOnPage(record(within), post, level, [...path, 'within'], tell);
  const posted = [...level, 'post'].join('.');
  const isPosted = (slot: string) => post !== undefined && JSON.stringify(post).includes(slot);
  if (by === 'number') {
    const ways = [parameter !== undefined, address !== undefined, isPosted('{number}')];
    const orPosted = post === undefined ? '' : `, or {number} in ${posted}`;
    if (ways.filter(Boolean).length !== 1) {
      tell(path, `needs either parameter or address${orPosted}`);
    }
  }
  if (by !== 'window') return;
  const ways = [parameters !== undefined, address !== undefined, isPosted('{from}')];
  if (ways.filter(Boolean).length !== 1) {
    const orPosted = post === undefined ? '' : `, or {from} in ${posted}`;
    tell(path, `needs either parameters or address${orPosted}`);
  }
  if (typeof from === 'string' && typeof until === 'string' && until < from) {
    tell([...path, 'until'], 'is before from');
  }
}

/** A way to the next page that stands on the page itself. */
function checkOnPage(rule: Loose, post: unknown, level: Path, path: Path, tell: Tell): void {
  const { by, select, attribute, parameter } = rule;
  if (typeof select === 'string' && isJsonPath(select) && attribute !== undefined) {
    tell([...path, 'attribute'], noAttributes);
  }
  const posted = [...level, 'post'].join('.');
  const isPosted = (slot: string) => post !== undefined && JSON.stringify(post).includes(slot);
  if (by === 'cursor' && (parameter === undefined) !== isPosted('{cursor}')) {
    const needed = post === undefined ? 'parameter' : `either parameter or {cursor} in ${posted}`;
    tell(path, `needs ${needed}`);
  }
}

/** What is posted again and again must not change anything. */
function checkPost(post: unknown, level: Path, tell: Tell): void {
  if (post === undefined || record(post).reads === true) return;
  tell(
    [...level, 'post', 'reads'],
    'must be true, once you have made sure that this request only reads: it is sent for every page, and must not change anything on the site',
  );
}
