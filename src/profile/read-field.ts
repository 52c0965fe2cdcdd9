import { type AddressBase, webUrl } from '../page/address.js';
import type { FieldRule } from './field-schema.js';
import { applyFilters } from './filters.js';
import type { OpenPage } from './open-page.js';
import type { PagePart } from './page-part.js';
import type { Reading } from './reading.js';

/**
 * Reads one field from a part of a page.
 *
 * @param part the row, or the photo's own page
 * @throws PageError if a JSON path is used on a page that is not JSON
 */
export function readField(page: OpenPage, part: PagePart, rule: FieldRule): Reading {
  const start = startOf(page, part, rule);
  if ('missing' in start) return start;
  return filtered(start.text(rule.select, rule.attribute, rule.text), rule, page.base);
}

/** The part of the page that a field's selector is put to. */
function startOf(page: OpenPage, part: PagePart, rule: FieldRule): PagePart | { missing: string } {
  const { of, beside, select = '' } = rule;
  if (of === 'page') return page.for(select);
  const around = of === undefined ? part : part.enclosing(of);
  if (around === undefined) return { missing: `no ${of} encloses ${part.summary()}` };
  const start = beside === undefined ? around : around.beside(beside);
  return start ?? { missing: `no ${beside} stands after ${around.summary()}` };
}

/** Applies the field's filters to what was read. */
export function filtered(reading: Reading, { filters }: FieldRule, base: AddressBase): Reading {
  return 'value' in reading ? applyFilters(reading.value, filters, base) : reading;
}

/** Makes a full http or https address of what was read. */
export function asAddress(reading: Reading, base: AddressBase): Reading {
  if (!('value' in reading)) return reading;
  const url = webUrl(reading.value, base);
  if (url === undefined) return { missing: `“${reading.value}” is not a web address` };
  return { value: url.href };
}
