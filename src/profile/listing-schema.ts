import { z } from 'zod';
import { expressionSchema } from './expression-schema.js';
import { field } from './field-schema.js';
import { selectorSchema, siteAddress, slottedText } from './selector-schema.js';

const parameter = z.string().regex(/^[\w.[\]-]+$/, 'takes letters, digits, _ . - [ and ]');

const byNumber = z
  .strictObject({
    by: z.literal('number').describe('A number or an offset in the address.'),
    parameter: parameter.optional().describe('The query parameter that takes the number.'),
    address: slottedText(['username', 'number'])
      .refine((text) => text.includes('{number}'), { error: 'takes the number as {number}' })
      .optional()
      .describe('The address with `{number}` in it, relative to the album’s first page.'),
    first: z
      .number()
      .int()
      .nonnegative()
      .default(1)
      .describe('The number of the first page, which is asked for without it.'),
    step: z
      .number()
      .int()
      .positive()
      .default(1)
      .describe('What is added from page to page: for offsets, the photos on a page.'),
  })
  .refine((next) => (next.parameter === undefined) !== (next.address === undefined), {
    error: 'takes either parameter or address',
  });

const byLink = z.strictObject({
  by: z.literal('link').describe('A link on the page; where it is missing, the album ends.'),
  select: selectorSchema.describe(
    'The link, or the path of an address in JSON. Where a site has numbers only, the one after the current: `.current + a`.',
  ),
  text: expressionSchema.optional().describe('What its text has to match, such as `^next`.'),
});

const byCursor = z.strictObject({
  by: z.literal('cursor').describe('A word on the page that the next request hands back.'),
  select: selectorSchema.describe('Where it stands, such as `$.next`.'),
  attribute: z.string().min(1).optional().describe('The attribute that holds it, in HTML.'),
  parameter: parameter.describe('The query parameter that takes it.'),
});

/** Where photos are listed, and how one page leads to the next. */
export const listingSchema = z.strictObject({
  start: z
    .union([siteAddress, z.array(siteAddress).min(1)])
    .optional()
    .describe(
      'Where the photos are listed, one address or several, relative to the album’s; without it, the album’s address itself.',
    ),
  json: z
    .union([
      z.strictObject({
        script: selectorSchema.describe('The `<script>` that holds it.'),
        match: expressionSchema
          .optional()
          .describe('Takes the JSON out of the script’s text: its first group.'),
      }),
      z.strictObject({
        file: z
          .string()
          .min(1)
          .describe('Its address, relative to the page in whose place it is read.'),
      }),
    ])
    .optional()
    .describe('Where the JSON stands, if it is not the page itself.'),
  mark: selectorSchema
    .optional()
    .describe(
      'Found on every page of the listing, also on one without photos. A page that has neither it nor a photo is an error, and not the end; only page numbers behind the first need not have it, since sites answer those past the end as they please.',
    ),
  albums: z
    .strictObject({
      row: selectorSchema.describe('One element for each album that the page leads to.'),
      link: field('Its address.'),
      title: field('Its title, kept with each of its photos.').optional(),
    })
    .optional()
    .describe('Albums of an index page, or within an album. None is read twice.'),
  next: z
    .discriminatedUnion('by', [byNumber, byLink, byCursor])
    .optional()
    .describe('How one page leads to the next; without it, an album has one page.'),
  mostPages: z
    .number()
    .int()
    .positive()
    .default(20_000)
    .describe('Pages of one walk at the most, against pages without end.'),
});
export type NextByNumber = z.infer<typeof byNumber>;
