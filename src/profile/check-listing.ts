import { candidates, checkSource, kindOf, refuse, sourcesIn } from './check-source.js';
import { isJsonPath } from './json-path.js';
import { type Loose, type Path, record, type Tell } from './loose-record.js';
import { slotsIn } from './slots.js';

/** Slots of a page's own; a value of an album cannot have their names. */
const reserved: readonly string[] = [
  ...['username', 'password', 'cursor', 'number'],
  ...['from', 'until', 'inside'],
];

/**
 * Checks the rules of the listing that depend on each other, level by level.
 *
 * @param row the selector of the photos
 */
export function checkListing(listing: Loose, row: unknown, tell: Tell): void {
  checkLevel(listing, row, ['listing'], new Set(), tell);
}

/** Names of the values that the albums of a listing have, at any level. */
export function albumValues({ albums }: Loose): string[] {
  if (albums === undefined) return [];
  const { values, listing } = record(albums);
  return [...Object.keys(record(values)), ...albumValues(record(listing))];
}

/** Whether there is a page around the JSON that lists the photos. */
export function hasPageAround({ albums, json }: Loose): boolean {
  const inside = record(albums).listing;
  return inside === undefined ? isOnPage(json) : hasPageAround(record(inside));
}

/**
 * Checks a level and those inside it.
 *
 * @param known names of values of the albums around
 */
function checkLevel(
  level: Loose,
  itemRow: unknown,
  path: Path,
  known: ReadonlySet<string>,
  tell: Tell,
): void {
  const albums = record(level.albums);
  const inside = albums.listing;
  const row = inside === undefined ? itemRow : albums.row;
  const rowPath = inside === undefined ? 'item.row' : [...path, 'albums', 'row'].join('.');
  if (level.json !== undefined && typeof row === 'string' && !isJsonPath(row)) {
    tell([...path, 'json'], `needs a JSON path as ${rowPath}, which is a CSS selector`);
  }
  for (const name of ['total', 'title']) {
    checkPageField(level[name], [...path, name], row, level.json, tell);
  }
  checkIgnore(level, row, path, tell);
  checkNext(level, path, tell);
  checkPost(level.post, path, tell);
  if (level.albums === undefined) return;
  const names = checkAlbums(albums, [...path, 'albums'], known, isOnPage(level.json), tell);
  if (inside === undefined) return;
  checkLevel(record(inside), itemRow, [...path, 'albums', 'listing'], names, tell);
}

function checkAlbums(
  albums: Loose,
  path: Path,
  known: ReadonlySet<string>,
  hasBoth: boolean,
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
  for (const [rule, at] of fields.flatMap(([field, place]) => candidates(field, place))) {
    for (const [source, place] of sourcesIn(rule, at)) {
      refuse(source, ['from', 'on'], place, 'cannot be used here', tell);
    }
    checkSource(rule, row, at, tell, hasBoth);
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

/** Checks a field of the page as a whole: it stands on the page, or in the JSON, that lists photos. */
function checkPageField(field: unknown, path: Path, row: unknown, json: unknown, tell: Tell): void {
  const withoutRow = ['from', 'on', 'of', 'beside'];
  for (const [rule, at] of candidates(field, path)) {
    for (const [source, place] of sourcesIn(rule, at)) {
      refuse(source, withoutRow, place, 'cannot be used here', tell);
      if (source.parts === undefined && source.select === undefined) tell(place, 'needs select');
    }
    const kept = Object.entries(rule).filter(([key]) => !withoutRow.includes(key));
    // JSON in a script or an attribute has a page around it.
    checkSource(Object.fromEntries(kept), isOnPage(json) ? undefined : row, at, tell);
  }
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
    tell([...path, 'attribute'], 'JSON has no attributes; the path leads to the value');
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
