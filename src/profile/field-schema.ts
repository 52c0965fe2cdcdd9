import * as z from 'zod';
import { photoTexts } from '../album/photo.js';
import { filterSchema } from './filters.js';
import { selectorSchema } from './selector-schema.js';

/** Fields of an item beside its original. */
export const itemFields = ['id', 'version', 'thumbnail', 'detail', ...photoTexts] as const;
export type ItemField = (typeof itemFields)[number];

/** Where a value is, and how it is read from there. */
const sourceShape = {
  from: z
    .union([
      z.enum([...itemFields, 'original']),
      z.templateLiteral(['{', z.string().regex(/[a-zA-Z]+/), '}']),
    ])
    .optional()
    .describe(
      'Starts from the value of another field instead of the page’s text, or, as `{name}`, from a value of the album (`listing.albums.values`).',
    ),
  of: selectorSchema
    .optional()
    .describe(
      'Starts from what encloses the row: the nearest element around it, or in JSON a path that the row’s path begins with, such as `$.events[*]`. `page` is the whole page.',
    ),
  beside: selectorSchema
    .optional()
    .describe(
      'Starts from the first such element after the row, in the same element. `below` is the cell in the same column of the table’s next row. With `of`, from an element after the enclosing one.',
    ),
  select: selectorSchema
    .optional()
    .describe('The element or path inside the row. Default: the row itself.'),
  attribute: z
    .string()
    .min(1)
    .optional()
    .describe('The attribute with the value. Default: the element’s text.'),
  text: z
    .literal('after')
    .optional()
    .describe('Reads the bare text that follows the element, up to the next element.'),
  filters: z
    .array(filterSchema)
    .default([])
    .describe('Steps from the text on the page to the value, in order.'),
};

const partSchema = z.strictObject(sourceShape).meta({ id: 'part' });
/** Where a part of an address is, and how it is read. */
export type PartRule = z.infer<typeof partSchema>;

/** One rule of a field: where its value is, and how it is read. */
export const ruleSchema = z
  .strictObject({
    on: z
      .literal('detail')
      .optional()
      .describe('Reads it from the photo’s own page; the field detail has the page’s address.'),
    ...sourceShape,
    parts: z
      .record(z.string().regex(/^[a-zA-Z]+$/, 'takes letters in the names of parts'), partSchema)
      .optional()
      .describe(
        'Parts of an address, each by a name, read as a field is. They are percent-encoded, unless their last filter is encode, encodePath or join.',
      ),
    address: z
      .string()
      .min(1)
      .optional()
      .describe('The address that they make, such as `/originals/{folder}/{file}`.'),
  })
  .meta({ id: 'field' });
export type FieldRule = z.infer<typeof ruleSchema>;

/** A field: one rule, or several of which the first that gives a value counts. */
export const fieldSchema = z.union([ruleSchema, z.array(ruleSchema).min(1)]);
export type Field = z.infer<typeof fieldSchema>;

/** A field with its meaning, for the reference and for editors. */
export const field = (meaning: string) => fieldSchema.describe(meaning);

/** The rules of a field, the best first; none where the profile has no such field. */
export function rulesOf(field: Field | undefined): readonly FieldRule[] {
  return field === undefined ? [] : [field].flat();
}
