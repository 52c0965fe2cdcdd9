import { type AddressBase, webUrl } from '../page/address.js';
import type { FieldRule } from './field-schema.js';
import { applyFilters } from './filters.js';
import type { PagePart } from './page-part.js';
import type { Reading } from './reading.js';

/**
 * Reads one field from a part of a page.
 *
 * @param part the row, or the photo's own page
 * @param base what addresses on the page depend on
 */
export function readField(part: PagePart, rule: FieldRule, base: AddressBase): Reading {
  return filtered(part.text(rule.select, rule.attribute), rule, base);
}

/** Applies the field's filters to what was read. */
export function filtered(
  reading: Reading,
  { filters }: Pick<FieldRule, 'filters'>,
  base: AddressBase,
): Reading {
  return 'value' in reading ? applyFilters(reading.value, filters, base) : reading;
}

/** Makes a full http or https address of what was read. */
export function asAddress(reading: Reading, base: AddressBase): Reading {
  if (!('value' in reading)) return reading;
  const url = webUrl(reading.value, base);
  if (url === undefined) return { missing: `“${reading.value}” is not a web address` };
  return { value: url.href };
}
