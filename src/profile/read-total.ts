import { wholeNumber } from './filters.js';
import type { OpenPage } from './open-page.js';
import { readPageField } from './read-field.js';
import type { Profile } from './schema.js';

/** How many photos the site says that an album has, or in words why that cannot be read. */
export type Total = { value: number } | { missing: string };

/**
 * Reads the site's own count of an album's photos.
 *
 * @returns undefined where the profile names no place for it
 * @throws PageError if a JSON path is used on a page that is not JSON
 */
export function readTotal(page: OpenPage, { listing: { total } }: Profile): Total | undefined {
  if (total === undefined) return undefined;
  const reading = readPageField(page, total);
  if ('missing' in reading) return reading;
  const numbers = reading.value.match(new RegExp(wholeNumber, 'gu')) ?? [];
  const [number] = numbers;
  if (number !== undefined && numbers.length === 1) {
    return { value: Number(number.replace(/\D/gu, '')) };
  }
  const found = numbers.length === 0 ? 'no number' : `${numbers.length} numbers`;
  return { missing: `“${reading.value}” has ${found} in it` };
}
