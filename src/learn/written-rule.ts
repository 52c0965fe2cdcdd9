import type * as z from 'zod';
import type { Page } from '../page/page.js';
import { type ItemField, ruleSchema } from '../profile/field-schema.js';
import { OpenPage } from '../profile/open-page.js';
import type { PagePart } from '../profile/page-part.js';
import { valueIn } from '../profile/reading.js';
import { RowReader } from '../profile/row-reader.js';
import type { ItemRule } from '../profile/schema.js';

/** A rule of a field, as a profile file has it. */
export type WrittenRule = z.input<typeof ruleSchema>;

/** Fields of an item, as a profile file has them. */
export type WrittenItem = Partial<Record<ItemField, WrittenRule | WrittenRule[]>> & {
  original?: WrittenRule[];
};

/** The rows of one page. */
export interface PageRows {
  page: Page;
  rows: readonly PagePart[];
}

const completeAll = (rules: WrittenRule | WrittenRule[] | undefined) =>
  rules === undefined ? undefined : [rules].flat().map((rule) => ruleSchema.parse(rule));

/** The fields as a profile has them once it is read. */
function completeItem(item: WrittenItem): ItemRule {
  const fields = Object.entries(item).map(([name, rules]) => [name, completeAll(rules)]);
  return { row: '*', id: [], original: [], ...Object.fromEntries(fields) };
}

/**
 * The values of a field in each row, by the reader that a crawl uses.
 *
 * @param item the field, with those that it starts from
 * @returns undefined for a row that has none
 */
export function valuesIn(
  { page, rows }: PageRows,
  item: WrittenItem,
  name: ItemField | 'original',
): (string | undefined)[] {
  const open = new OpenPage(page, undefined);
  const complete = completeItem(item);
  return rows.map((row) => {
    const reader = new RowReader(open, row, complete, {});
    if (name !== 'original') return valueIn(reader.field(name));
    return reader
      .originals()
      .map(valueIn)
      .find((value) => value !== undefined);
  });
}

/** A rule with further filters after its own. */
export function withFilters(rule: WrittenRule, ...filters: WrittenFilter[]): WrittenRule {
  return { ...rule, filters: [...(rule.filters ?? []), ...filters] };
}

/** A filter, as a profile file has it. */
export type WrittenFilter = NonNullable<WrittenRule['filters']>[number];
