import { type AddressBase, pageAddress } from '../page/address.js';
import type { AlbumsRule } from './listing-schema.js';
import type { PagePart } from './page-part.js';
import { valuesOf, withValues } from './page-values.js';
import { asAddress, readField } from './read-field.js';
import type { Reading } from './reading.js';
import { fillSlots } from './slots.js';

/**
 * The address of an album inside another one, with the values of both.
 *
 * @param part what stands for the album on the page
 * @param base what addresses on the page depend on
 * @param around the address of the album that holds it, with its values
 */
export function albumAddress(
  part: PagePart,
  { link, address = '', values: rules = {} }: AlbumsRule,
  base: AddressBase,
  around: string,
): Reading {
  const values = valuesOf(around);
  for (const [name, rule] of Object.entries(rules)) {
    const reading = readField(part, rule, base);
    if ('missing' in reading) return { missing: `it has no value ${name}: ${reading.missing}` };
    values[name] = reading.value;
  }
  const read =
    link === undefined
      ? { value: fillSlots(address, values, encodeURIComponent) }
      : readField(part, link, base);
  const found = asAddress(read, base);
  if ('missing' in found) return found;
  const url = pageAddress(found.value, base) ?? found.value;
  return { value: Object.keys(values).length === 0 ? url : withValues(url, values) };
}
