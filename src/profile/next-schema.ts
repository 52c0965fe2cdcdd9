import { DateTime } from 'luxon';
import * as z from 'zod';
import { dateFormat, filterSchema, timeZone } from './filters.js';
import { isJsonPath } from './json-path.js';
import { expressionSchema } from './regular-expression.js';
import { selectorSchema, slottedText } from './selector-schema.js';

const parameter = z.string().regex(/^[\w.[\]-]+$/, 'takes letters, digits, _ . - [ and ]');

/** Statuses by which a site asks to come again: timeout, too early, too many requests, overload. */
const passingStatuses = [408, 425, 429, 503];

/** Whether a status may mean that there is no such page. */
export function isLasting(status: number): boolean {
  return !passingStatuses.includes(status);
}

const byNumber = z.strictObject({
  by: z.literal('number').describe('A number or an offset in the address.'),
  parameter: parameter
    .optional()
    .describe(
      'The query parameter for the number. Neither it nor `address` is needed where `listing.post` has `{number}`.',
    ),
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
    attribute: z
      .string()
      .min(1)
      .optional()
      .describe('The attribute that holds the address, in HTML. Default: href.'),
    filters: z
      .array(filterSchema)
      .default([])
      .describe('Steps from what stands there to the address, in order.'),
  })
  .refine(({ select, textBefore }) => textBefore === undefined || !isJsonPath(select), {
    error: 'textBefore works in HTML only',
  });

const byHeader = z.strictObject({
  by: z
    .literal('header')
    .describe(
      'The header `Link` of the answer (RFC 8288), with `rel="next"`. A page without it is the last.',
    ),
});

const byCursor = z.strictObject({
  by: z.literal('cursor').describe('A value on the page that the next request sends back.'),
  select: selectorSchema.describe('The value, such as `$.next`.'),
  attribute: z.string().min(1).optional().describe('The attribute that holds it, in HTML.'),
  parameter: parameter
    .optional()
    .describe('The query parameter for it; not needed where `listing.post` has `{cursor}`.'),
});

/** Whether a text is a day, such as 2015-01-31. */
function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && DateTime.fromISO(text).isValid;
}

const day = z.string().refine(isDay, { error: 'takes a day such as 2015-01-31' });

const byWindow = z.strictObject({
  by: z
    .literal('window')
    .describe(
      'Windows of time, the oldest first, one request for each. A window without photos is not the end; the album ends with the last window.',
    ),
  from: day.describe('The first day, such as 2015-01-01. Choose it before the oldest photo.'),
  until: day.optional().describe('The last day. Default: tomorrow.'),
  every: z
    .union([
      z.literal('month'),
      z.strictObject({
        days: z.number().int().min(1).max(3660).describe('The length of a window in days.'),
      }),
    ])
    .default('month')
    .describe('The length of a window. It should hold fewer photos than the site lists at once.'),
  format: dateFormat
    .default('yyyy-MM-dd')
    .describe(
      'The format of the days: Luxon’s tokens such as `dd/MM/yyyy`, iso, unix, or unix-milliseconds.',
    ),
  zone: timeZone.default('utc').describe('The time zone in which days begin.'),
  parameters: z
    .strictObject({
      from: parameter.describe('The query parameter for the first day of a window.'),
      until: parameter
        .optional()
        .describe('The query parameter for its end, which is the first day of the next window.'),
    })
    .optional()
    .describe('The query parameters for a window.'),
  address: slottedText(['from', 'until'])
    .optional()
    .describe(
      'The address, with `{from}` and `{until}`, relative to the album’s first page. Neither it nor `parameters` is needed where `listing.post` has `{from}`.',
    ),
  within: z
    .discriminatedUnion('by', [byLink, byHeader, byCursor])
    .optional()
    .describe('How to find further pages of one window, as in `listing.next`.'),
});

/** How to find the next page. */
export const nextSchema = z.discriminatedUnion('by', [
  byNumber,
  byLink,
  byHeader,
  byCursor,
  byWindow,
]);
export type NextByWindow = z.infer<typeof byWindow>;
export type NextRule = z.infer<typeof nextSchema>;
export type NextByNumber = z.infer<typeof byNumber>;
