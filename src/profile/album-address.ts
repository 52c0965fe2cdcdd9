import { pageAddress } from '../page/address.js';
import type { AlbumsRule } from './listing-schema.js';
import type { OpenPage } from './open-page.js';
import type { PagePart } from './page-part.js';
import { valuesOf, withValues } from './page-values.js';
import { asAddress, readField } from './read-field.js';
import type { Reading } from './reading.js';
import { fillSlots } from './slots.js';

/**
 * The address of an album inside another one, with the values of both.
 *
 * @param part what stands for the album on the page
 * @param around the address of the album that holds it, with its values
 */
export function albumAddress(
  page: OpenPage,
  part: PagePart,
  { link, address = '', values: rules = {} }: AlbumsRule,
  around: string,
): Reading {
  const { base } = page;
  const values = valuesOf(around);
  for (const [name, rule] of Object.entries(rules)) {
    const reading = readField(page, part, rule);
    if ('missing' in reading) return { missing: `it has no value ${name}: ${reading.missing}` };
    values[name] = reading.value;
  }
  const read =
    link === undefined
      ? { value: fillSlots(address, values, encodeURIComponent) }
      : readField(page, part, link);
  const found = asAddress(read, base);
  if ('missing' in found) return found;
  const url = pageAddress(found.value, base) ?? found.value;
  return { value: Object.keys(values).length === 0 ? url : withValues(url, values) };
}
