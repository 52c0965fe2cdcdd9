import { z } from 'zod';
import { photoTexts } from '../album/photo.js';
import { filterSchema } from './filters.js';
import { selectorSchema } from './selector-schema.js';

/** Fields of an item beside its original. */
export const itemFields = ['id', 'version', 'thumbnail', 'detail', ...photoTexts] as const;
export type ItemField = (typeof itemFields)[number];

/** Where a value is, and how it is read. */
export const fieldSchema = z
  .strictObject({
    on: z
      .literal('detail')
      .optional()
      .describe('Reads it from the photo’s own page; the field detail has the page’s address.'),
    from: z
      .union([
        z.enum([...itemFields, 'original']),
        z.templateLiteral(['{', z.string().regex(/[a-zA-Z]+/), '}']),
      ])
      .optional()
      .describe(
        'Starts from the value of another field instead of the page’s text, or, as `{name}`, from a value of the album (`listing.albums.values`).',
      ),
    select: selectorSchema
      .optional()
      .describe('The element or path inside the row. Default: the row itself.'),
    attribute: z
      .string()
      .min(1)
      .optional()
      .describe('The attribute with the value. Default: the element’s text.'),
    filters: z
      .array(filterSchema)
      .default([])
      .describe('Steps from the text on the page to the value, in order.'),
  })
  .meta({ id: 'field' });
export type FieldRule = z.infer<typeof fieldSchema>;

/** A field with its meaning, for the reference and for editors. */
export const field = (meaning: string) => fieldSchema.describe(meaning);
