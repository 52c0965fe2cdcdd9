import { pictureEnding } from '../survey/find-photos.js';
import type { RowAddresses } from './row-addresses.js';

/** How many rows of the commonest kind are tried. */
const mostOfMain = 3;
/** How many other kinds are tried, each in one row. */
const mostKinds = 3;

/** The end of the address of a film. */
const film = /\.(?:mp4|mov|m4v|webm|avi|mkv|3gp)(?:[?#]|$)/i;

/** What addresses a row has: rows that differ in this may need rules of their own. */
function kindOf(row: number, addresses: readonly RowAddresses[]): string {
  return addresses
    .map(({ urls }) => {
      const url = urls[row];
      if (url === undefined) return '-';
      if (film.test(url)) return 'f';
      return pictureEnding.test(new URL(url).pathname) ? 'p' : 'a';
    })
    .join('');
}

/**
 * Rows whose originals are tried: some of the commonest kind, from the middle, the beginning and the end,
 * and one of each of a few other kinds.
 */
export function rowSample(
  rows: number,
  addresses: readonly RowAddresses[],
): { main: number[]; others: number[] } {
  const kinds = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    const kind = kindOf(row, addresses);
    kinds.set(kind, [...(kinds.get(kind) ?? []), row]);
  }
  const [first = [], ...others] = [...kinds.values()].sort(
    (one, other) => other.length - one.length,
  );
  const spread = [Math.floor(first.length / 2), 0, first.length - 1];
  const main = [...new Set(spread)].flatMap((index) => first[index] ?? []).slice(0, mostOfMain);
  return { main, others: others.slice(0, mostKinds).flatMap(([row]) => row ?? []) };
}

/** Whether an address in a row leads to a film. */
export function hasFilm(row: number, addresses: readonly RowAddresses[]): boolean {
  return addresses.some(({ urls }) => film.test(urls[row] ?? ''));
}
