import { webUrl } from './address.js';
import type { FieldRule } from './field-schema.js';
import { applyFilters } from './filters.js';
import type { PagePart } from './page-part.js';
import type { Reading } from './reading.js';

/**
 * Reads one field from a part of a page.
 *
 * @param part the row, or the photo's own page
 * @param pageUrl the page's address
 */
export function readField(part: PagePart, rule: FieldRule, pageUrl: string): Reading {
  return filtered(part.text(rule.select, rule.attribute), rule, pageUrl);
}

/** Applies the field's filters to what was read. */
export function filtered(reading: Reading, { filters }: FieldRule, pageUrl: string): Reading {
  return 'value' in reading ? applyFilters(reading.value, filters, pageUrl) : reading;
}

/** Makes a full http or https address of what was read. */
export function asAddress(reading: Reading, pageUrl: string): Reading {
  if (!('value' in reading)) return reading;
  const url = webUrl(reading.value, pageUrl);
  if (url === undefined) return { missing: `“${reading.value}” is not a web address` };
  return { value: url.href };
}
