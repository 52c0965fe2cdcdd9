import { Document, isCollection, isMap, isPair, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { itemFields } from '../profile/field-schema.js';
import type { LearnedRule } from './learned-rule.js';

/** What was learned of an album. */
export interface LearnedProfile {
  /** The profile's name, such as `photos-example-org`. */
  name: string;
  title: string;
  /** The album's address. */
  url: string;
  rules: readonly LearnedRule[];
  /** Rules that a profile needs and that could not be settled, a sentence each. */
  missing: readonly string[];
}

/** Keys in the order of the built-in profiles; others follow. */
const partOrder = ['name', 'title', 'url', 'headers', 'signIn', 'listing', 'item', 'limits'];
const order = [
  ...['by', 'page', 'form', 'fields', 'button', 'steps', 'refusal', 'proof', 'signedOut'],
  ...['start', 'json', 'post', 'mark', 'albums', 'total', 'ignore', 'next'],
  ...['row', 'where', 'looksLike', 'link', 'address', 'values'],
  ...['thumbnail', 'detail', 'original', ...itemFields],
];
/** Columns of a line of the file. */
const lineLength = 100;

/**
 * The value of a profile, as in a profile file. Of two rules for one place the later counts.
 *
 * @param rules those whose place is inside another's come behind it
 */
export function profileValue({ name, title, url, rules }: LearnedProfile): Record<string, unknown> {
  const profile: Record<string, unknown> = { name, title, url };
  for (const { place, rule } of rules) setAt(profile, place.split('.'), structuredClone(rule));
  return profile;
}

function setAt(inside: object, [key = '', ...rest]: readonly string[], value: unknown): void {
  const holder = inside as Record<string, unknown>;
  if (rest.length === 0) {
    holder[key] = value;
    return;
  }
  const [next = ''] = rest;
  const inner = holder[key];
  if (typeof inner !== 'object' || inner === null) holder[key] = /^\d+$/.test(next) ? [] : {};
  setAt(holder[key] as object, rest, value);
}

/**
 * Writes a profile for people: ordered as the built-in ones, each rule with a comment that says what it
 * was seen on. What is uncertain, or missing, is marked in words.
 */
export function writeProfile(learned: LearnedProfile): string {
  const document = new Document(profileValue(learned));
  sortKeys(document.contents, partOrder);
  const commented = new Set<Node>();
  for (const { place, seenOn, isUncertain } of learned.rules) {
    const pair = pairAt(document, place);
    if (!isScalar(pair?.key)) continue;
    const mark = isUncertain ? 'UNCERTAIN, look at this rule. ' : '';
    pair.key.commentBefore = asComment(`${mark}Seen: ${seenOn}`, place.split('.').length - 1);
    commented.add(pair.key);
  }
  if (isMap(document.contents)) layOut(document.contents, 0, commented);
  spaceParts(document);
  document.commentBefore = heading(learned);
  return document.toString({ lineWidth: 0, singleQuote: true });
}

function heading({ url, missing }: LearnedProfile): string {
  const { origin, pathname } = new URL(url);
  const lines = [
    `Learned from ${origin}${pathname} by photo-escape learn. Above each rule stands what it was seen on.`,
    ...missing.map((what) => `MISSING: ${what}`),
  ];
  return lines.map((line) => asComment(line, 0)).join('\n');
}

/** A text as the lines of a comment. */
function asComment(text: string, depth: number): string {
  const most = lineLength - 2 - depth * 2;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => ` ${one}`).join('\n');
}

function keyOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key);
}

function sortKeys(node: unknown, keys: readonly string[] = order): void {
  if (isSeq(node)) for (const item of node.items) sortKeys(item);
  if (!isMap(node)) return;
  const placeOf = (pair: Pair) => {
    const place = keys.indexOf(keyOf(pair));
    return place === -1 ? keys.length : place;
  };
  node.items.sort((one, other) => placeOf(one) - placeOf(other));
  for (const { value } of node.items) sortKeys(value);
}

/** The pair at a place, or the nearest one around it. */
function pairAt(document: Document, place: string): Pair | undefined {
  let found: Pair | undefined;
  let inside: unknown = document.contents;
  for (const key of place.split('.')) {
    if (isSeq(inside)) {
      inside = inside.items[Number(key)];
      continue;
    }
    const pair = isMap(inside) ? inside.items.find((one) => keyOf(one) === key) : undefined;
    if (pair === undefined) return found;
    found = pair;
    inside = pair.value;
  }
  return found;
}

/** Puts small values on one line each, where nothing in them has a comment. */
function layOut(node: unknown, column: number, commented: ReadonlySet<Node>): void {
  if (!isCollection(node)) return;
  for (const item of node.items) {
    const value = isPair(item) ? item.value : item;
    const start = column + (isPair(item) ? keyOf(item).length + 2 : 2);
    if (!isCollection(value)) continue;
    const isLine = isSmall(value, start) && !holdsComment(value, commented) && !isPart(item);
    if (isLine) setFlow(value);
    else layOut(value, column + 2, commented);
  }
}

/** The parts of a profile that are never on one line. */
function isPart(item: unknown): boolean {
  return isPair(item) && ['listing', 'item'].includes(keyOf(item));
}

function isSmall(value: Node, start: number): boolean {
  const alone = new Document(value.toJS(new Document()));
  setFlow(alone.contents);
  const text = alone.toString({ lineWidth: 0, singleQuote: true }).trimEnd();
  return !text.includes('\n') && start + text.length <= lineLength;
}

/** Puts a value on one line; in its lists, keys with one value each stand without braces. */
function setFlow(node: unknown): void {
  if (!isCollection(node)) return;
  node.flow = true;
  for (const item of node.items) setFlow(isPair(item) ? item.value : item);
  if (!isSeq(node)) return;
  node.items = node.items.map((item) =>
    isMap(item) && item.items.length === 1 ? item.items[0] : item,
  );
}

function holdsComment(node: unknown, commented: ReadonlySet<Node>): boolean {
  if (!isCollection(node)) return false;
  return node.items.some((item) => {
    if (!isPair(item)) return holdsComment(item, commented);
    return commented.has(item.key as Node) || holdsComment(item.value, commented);
  });
}

/** An empty line before each part of the profile. */
function spaceParts({ contents }: Document): void {
  if (!isMap(contents)) return;
  for (const { key } of contents.items) {
    if (isScalar(key) && ['signIn', 'listing', 'item', 'limits'].includes(String(key.value))) {
      key.spaceBefore = true;
    }
  }
}
