import { encodePart } from '../profile/filters.js';
import { type Column, differentIn } from './column.js';
import type { OriginalCandidate } from './original-candidate.js';
import { escaped, type Rewriting, rewrite } from './rewritings.js';
import { type PageRows, valuesIn, type WrittenRule } from './written-rule.js';

/** Full addresses of one photo that a recorded visit asked for. */
export interface SeenOriginal {
  thumbnail: string;
  original: string;
}

/** Most parts of which an address is made. */
const mostParts = 6;
/** Fewest characters of a value that is looked for in an address. */
const leastLength = 2;

/**
 * How originals' addresses come from their rows, as pairs that were seen show it: a rewriting of the
 * thumbnail's address, or an address made of what the row has.
 */
export function candidatesOfSeen(
  place: PageRows,
  columns: readonly Column[],
  thumbnails: readonly (string | undefined)[],
  seen: readonly SeenOriginal[],
): OriginalCandidate[] {
  return seen.flatMap((pair) => {
    const row = thumbnails.indexOf(pair.thumbnail);
    const rewriting = rewritingOf(pair);
    const rewritten = thumbnails.map((url) => url && rewrite(url, rewriting));
    const rule: WrittenRule = { from: 'thumbnail', filters: [{ replace: rewriting }] };
    const made: OriginalCandidate[] = [{ rule, sureness: 1, url: async (at) => rewritten[at] }];
    const parts = row < 0 ? undefined : partsOf(pair.original, columns, row);
    if (parts === undefined) return made;
    const urls = valuesIn(place, { original: [parts] }, 'original');
    return [...made, { rule: parts, sureness: 0, url: async (at) => urls[at] }];
  });
}

/** What differs between two addresses of one photo, with the marks around it. */
function rewritingOf({ thumbnail, original }: SeenOriginal): Rewriting {
  const most = Math.min(thumbnail.length, original.length);
  let start = 0;
  while (start < most && thumbnail[start] === original[start]) start++;
  let end = 0;
  while (end < most - start && thumbnail.at(-1 - end) === original.at(-1 - end)) end++;
  while (start > 0 && isWord(thumbnail[start]) && isWord(thumbnail[start - 1])) start--;
  if (start > 0) start--;
  while (end > 0 && isWord(thumbnail.at(-end))) end--;
  if (end > 0) end--;
  const [from, to] = [thumbnail, original].map((url) => url.slice(start, url.length - end));
  return { match: escaped(from ?? ''), with: (to ?? '').replaceAll('$', '$$$$') };
}

function isWord(character: string | undefined): boolean {
  return /\w/.test(character ?? '');
}

/** An address made of values of the row; undefined where it has none of the row's own. */
function partsOf(
  original: string,
  columns: readonly Column[],
  row: number,
): WrittenRule | undefined {
  const { origin } = new URL(original);
  let address = original.slice(origin.length);
  const parts: Record<string, WrittenRule> = {};
  const able = columns
    .filter(({ values }) => differentIn(values) > 1)
    .map(({ source, name, values }) => ({ source, name, value: encodePart(values[row] ?? '') }))
    .filter(({ value }) => value.length >= leastLength)
    .sort((one, other) => other.value.length - one.value.length);
  for (const { source, name, value } of able) {
    if (Object.keys(parts).length === mostParts) break;
    const at = address.search(
      new RegExp(
        `(?<![\\w{])${escaped(value)}(?![\\w}])|(?<=_)${escaped(value)}(?=_|\\.)|(?<=/)${escaped(value)}(?=_)`,
        'u',
      ),
    );
    if (at < 0) continue;
    const slot = slotFor(name, parts);
    parts[slot] = source;
    address = `${address.slice(0, at)}{${slot}}${address.slice(at + value.length)}`;
  }
  return Object.keys(parts).length === 0 ? undefined : { parts, address };
}

function slotFor(name: string, taken: Readonly<Record<string, unknown>>): string {
  const plain = name.replace(/[^a-zA-Z]/g, '') || 'part';
  let slot = plain;
  while (Object.hasOwn(taken, slot)) slot += 'x';
  return slot;
}
