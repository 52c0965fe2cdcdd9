import { type AddressBase, webUrl } from '../page/address.js';
import { type Field, type FieldRule, type PartRule, rulesOf } from './field-schema.js';
import { applyFilters, encodePart, endsEncoded, type Filter } from './filters.js';
import type { OpenPage } from './open-page.js';
import type { PagePart } from './page-part.js';
import type { Reading } from './reading.js';
import { fillSlots } from './slots.js';

/**
 * Reads a field from a part of a page, such as a row.
 *
 * @throws PageError if a JSON path is used on a page that is not JSON
 */
export function readField(page: OpenPage, part: PagePart, field: Field): Reading {
  const read = (rule: PartRule) => readSource(page, part, rule);
  return firstReading(rulesOf(field), (rule) => readRule(rule, read, page.base));
}

/** Reads a field from a page as a whole. @throws PageError as {@link readField} does */
export function readPageField(page: OpenPage, field: Field): Reading {
  const read = (rule: PartRule) => readSource(page, page.for(rule.select ?? ''), rule);
  return firstReading(rulesOf(field), (rule) => readRule(rule, read, page.base));
}

/** The first value that a field's rules give, or why none of them gives one. */
export function firstReading(
  rules: readonly FieldRule[],
  read: (rule: FieldRule) => Reading,
): Reading {
  const reasons: string[] = [];
  for (const rule of rules) {
    const reading = read(rule);
    if ('value' in reading) return reading;
    reasons.push(reading.missing);
  }
  return { missing: reasons.join('; ') };
}

/**
 * Reads a rule, or puts an address together of the parts that it has.
 *
 * @param read reads a rule that has no parts, or one of the parts
 */
export function readRule(
  rule: FieldRule,
  read: (rule: PartRule) => Reading,
  base: AddressBase,
): Reading {
  const { parts, address } = rule;
  if (parts === undefined || address === undefined) return read(rule);
  const values: Record<string, string> = {};
  for (const [name, part] of Object.entries(parts)) {
    const reading = read(part);
    if ('missing' in reading) return { missing: `its part ${name}: ${reading.missing}` };
    values[name] = endsEncoded(part.filters) ? reading.value : encodePart(reading.value);
  }
  return filtered({ value: fillSlots(address, values) }, rule.filters, base);
}

/** Reads what a rule finds on a page, without regard to `from`. */
export function readSource(page: OpenPage, part: PagePart, rule: PartRule): Reading {
  const start = startOf(page, part, rule);
  if ('missing' in start) return start;
  return filtered(start.text(rule.select, rule.attribute, rule.text), rule.filters, page.base);
}

/** The part of the page that a rule's selector is put to. */
function startOf(page: OpenPage, part: PagePart, rule: PartRule): PagePart | { missing: string } {
  const { of, beside, select = '' } = rule;
  if (of === 'page') return page.for(select);
  const around = of === undefined ? part : part.enclosing(of);
  if (around === undefined) return { missing: `no ${of} encloses ${part.summary()}` };
  const start = beside === undefined ? around : around.beside(beside);
  return start ?? { missing: `no ${beside} stands after ${around.summary()}` };
}

/** Applies filters to what was read. */
export function filtered(reading: Reading, filters: readonly Filter[], base: AddressBase): Reading {
  return 'value' in reading ? applyFilters(reading.value, filters, base) : reading;
}

/** Makes a full http or https address of what was read. */
export function asAddress(reading: Reading, base: AddressBase): Reading {
  if (!('value' in reading)) return reading;
  const url = webUrl(reading.value, base);
  if (url === undefined) return { missing: `“${reading.value}” is not a web address` };
  return { value: url.href };
}
