import { z } from 'zod';
import { filterSchema } from './filters.js';
import { selectorSchema } from './selector-schema.js';

/** Fields of an item, in the order in which the reference tells of them. */
export const itemFields = [
  'id',
  'version',
  'thumbnail',
  'detail',
  'title',
  'caption',
  'sender',
  'fileName',
  'date',
  'uploadedAt',
  'rotation',
] as const;
export type ItemField = (typeof itemFields)[number];

/** Where a value stands and how it is read. */
export const fieldSchema = z
  .strictObject({
    on: z
      .literal('detail')
      .optional()
      .describe('Reads it on the photo’s own page, whose address the field detail gives.'),
    from: z
      .enum([...itemFields, 'original'])
      .optional()
      .describe('Begins with the value of another field, in place of the page’s text.'),
    select: selectorSchema
      .optional()
      .describe('The element inside the row, or the path inside it; without it, the row itself.'),
    attribute: z
      .string()
      .min(1)
      .optional()
      .describe('The attribute that holds the value; without it, the text between the tags.'),
    filters: z
      .array(filterSchema)
      .default([])
      .describe('Steps from what stands on the page to the value, in order.'),
  })
  .meta({ id: 'field' });
export type FieldRule = z.infer<typeof fieldSchema>;

/** A field, with what it means to the person who writes the profile. */
export const field = (meaning: string) => fieldSchema.describe(meaning);
