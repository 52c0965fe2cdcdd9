import { z } from 'zod';
import { field } from './field-schema.js';
import { isJsonPath } from './json-path.js';
import { expressionSchema } from './regular-expression.js';
import { selectorSchema, siteAddress, slottedText } from './selector-schema.js';

const parameter = z.string().regex(/^[\w.[\]-]+$/, 'takes letters, digits, _ . - [ and ]');

/** Statuses by which a site asks to come again: timeout, too early, too many requests, overload. */
const passingStatuses = [408, 425, 429, 503];

/** Whether a status may mean that there is no such page. */
export function isLasting(status: number): boolean {
  return !passingStatuses.includes(status);
}

const byNumber = z
  .strictObject({
    by: z.literal('number').describe('A number or an offset in the address.'),
    parameter: parameter.optional().describe('The query parameter for the number.'),
    address: slottedText(['username', 'number'])
      .refine((text) => text.includes('{number}'), { error: 'needs {number}' })
      .optional()
      .describe('The address, with `{number}` for the number, relative to the album’s first page.'),
    first: z
      .number()
      .int()
      .nonnegative()
      .default(1)
      .describe('The number of the first page, whose address has none.'),
    step: z
      .number()
      .int()
      .positive()
      .default(1)
      .describe('How much the number grows from page to page; for offsets, the photos on a page.'),
    end: z
      .strictObject({
        status: z
          .array(
            z
              .number()
              .int()
              .min(400)
              .max(599)
              .refine(isLasting, {
                error: `${passingStatuses.join(', ')} ask to come again, and are never the end`,
              }),
          )
          .min(1)
          .describe(
            'Further HTTP statuses, such as 500, of pages after the last. Any of 400 to 499 means the end without being named, but for 408, 425 and 429.',
          ),
      })
      .optional()
      .describe(
        'How the site answers numbers after the last page, if not with a page without photos.',
      ),
  })
  .refine((next) => (next.parameter === undefined) !== (next.address === undefined), {
    error: 'needs either parameter or address',
  });

const byLink = z
  .strictObject({
    by: z.literal('link').describe('A link on the page. A page without it is the last.'),
    select: selectorSchema.describe(
      'The link, or the path of an address in JSON. If a site has only page numbers, the link after the current page: `.current + a`.',
    ),
    text: expressionSchema
      .optional()
      .describe('A regular expression that the link’s text must match, such as `^next`.'),
    textBefore: expressionSchema
      .optional()
      .describe(
        'A regular expression that the bare text between the link and the element before it must match. With `\\d`, the link after the current page’s number, where that is not in an element of its own: `[1] 2 [3]`.',
      ),
  })
  .refine(({ select, textBefore }) => textBefore === undefined || !isJsonPath(select), {
    error: 'textBefore works in HTML only',
  });

const byCursor = z.strictObject({
  by: z.literal('cursor').describe('A value on the page that the next request sends back.'),
  select: selectorSchema.describe('The value, such as `$.next`.'),
  attribute: z.string().min(1).optional().describe('The attribute that holds it, in HTML.'),
  parameter: parameter.describe('The query parameter for it.'),
});

/** Where photos are listed, and how to find the next page. */
export const listingSchema = z.strictObject({
  start: z
    .union([siteAddress, z.array(siteAddress).min(1)])
    .optional()
    .describe(
      'Where the photos are listed: one address or several, relative to the album’s. Default: the album’s address.',
    ),
  json: z
    .union([
      z.strictObject({
        script: selectorSchema.describe('The `<script>` that holds it.'),
        match: expressionSchema
          .optional()
          .describe(
            'A regular expression for the JSON in the script’s text; its first group, or all of it.',
          ),
      }),
      z.strictObject({
        file: z
          .string()
          .min(1)
          .describe(
            'The address of a JSON file that is read instead of the page, relative to the page.',
          ),
      }),
    ])
    .optional()
    .describe('Where the JSON is, if it is not the page itself.'),
  mark: selectorSchema
    .optional()
    .describe(
      'Something found on every page of the listing, even one without photos. A page with neither it nor a photo is an error, not the end of the album. (With pages by number only the first page needs it, because sites differ in how they answer a number past the last page.)',
    ),
  albums: z
    .strictObject({
      row: selectorSchema.describe('One element for each album that the page links to.'),
      link: field('The album’s address.'),
      title: field('The album’s title, recorded with each of its photos.').optional(),
    })
    .optional()
    .describe('Albums that an index page, or an album, links to. None is read twice.'),
  title: field(
    'The album’s title as its own page has it, recorded with each of its photos where no album’s title leads there.',
  ).optional(),
  total: field(
    'Where the site itself says how many photos the album has. If fewer are listed, the album does not count as complete. What is read must have one number in it. Of a page that lists albums alone, it is the number of photos in all of them.',
  ).optional(),
  ignore: z
    .union([selectorSchema, z.array(selectorSchema).min(1)])
    .optional()
    .describe(
      'Elements, or places in JSON, that look like photos of the album or like links to its pages, and are not. They raise no doubt about the list being whole.',
    ),
  next: z
    .discriminatedUnion('by', [byNumber, byLink, byCursor])
    .optional()
    .describe('How to find the next page; without it, an album has one page.'),
  mostPages: z
    .number()
    .int()
    .positive()
    .default(20_000)
    .describe('The most pages to read, in case a site’s pages never end.'),
});
export type NextByNumber = z.infer<typeof byNumber>;
