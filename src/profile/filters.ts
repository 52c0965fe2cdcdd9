import * as z from 'zod';
import { type AddressBase, decodeValid, parameterOf, webUrl } from '../page/address.js';
import { textOfHtml } from './html-text.js';
import { dateNotations, hasStrangeTokens, readDate, readsMoment } from './read-date.js';
import type { Reading } from './reading.js';
import { compile, expressionSchema, matchIn } from './regular-expression.js';

const replacement = z.strictObject({
  match: expressionSchema.describe('A regular expression. Its first match is replaced.'),
  with: z.string().describe('The replacement; `$1` is the first group.'),
  all: z.boolean().optional().describe('Replaces every match.'),
  optional: z
    .boolean()
    .optional()
    .describe('Keeps a value without a match. Otherwise the field has no value then.'),
});

/** The name of a time zone. */
export const timeZone = z
  .string()
  .refine((zone) => zone === 'utc' || Intl.supportedValuesOf('timeZone').includes(zone), {
    error: 'is not a time zone; it takes utc or a name such as Europe/Berlin',
  });

/** A format of dates in Luxon's tokens, or the name of a notation. */
export const dateFormat = z
  .string()
  .min(1)
  .refine((format) => !hasStrangeTokens(format), {
    error: 'must write the year as yyyy and the day as d or dd, in small letters',
  });

const date = z.union([
  z.enum(dateNotations),
  z.strictObject({
    format: dateFormat.describe(
      `The format: ${dateNotations.join(', ')}, or Luxon's tokens such as dd/MM/yyyy HH:mm.`,
    ),
    zone: timeZone.optional().describe('The time zone of the site, for dates without one.'),
    language: z.string().min(2).optional().describe('The language of month names, such as de.'),
  }),
]);

/** Filters with a parameter, each with its schema. */
const parameterFilters = {
  match: expressionSchema.describe(
    'Keeps the match of a regular expression: its first group, or all of it.',
  ),
  replace: replacement.describe('Replaces the match of a regular expression.'),
  query: z.string().min(1).describe('Keeps one query parameter of the address, by its name.'),
  join: z
    .string()
    .min(1)
    .describe(
      'Makes a full address of it, relative to the given one (itself relative to the page).',
    ),
  date: date.describe('Reads a date and writes it as ISO 8601.'),
};

const parameterFilter = z
  .strictObject(
    Object.fromEntries(
      Object.entries(parameterFilters).map(([name, schema]) => [name, schema.optional()]),
    ) as {
      [Name in keyof typeof parameterFilters]: z.ZodOptional<(typeof parameterFilters)[Name]>;
    },
  )
  .refine((filter) => Object.keys(filter).length === 1, {
    error: 'must be one filter per list item: put a hyphen before each',
  });

/** One step from the text on the page to the field's value, as a profile writes it. */
export const filterSchema = z
  .union([
    z.literal('trim').describe('Removes white space around it.'),
    z.literal('decode').describe('Decodes percent-encoding.'),
    z
      .literal('encode')
      .describe(
        'Percent-encodes it as one part of an address, such as a file name with spaces or `&`.',
      ),
    z
      .literal('encodePath')
      .describe('Percent-encodes it as a path, such as `folder/file name.jpg`: it keeps `/`.'),
    z.literal('html').describe('Makes plain text of HTML: without tags, with entities decoded.'),
    z.literal('path').describe('Keeps the path of the address, without host and query.'),
    z.literal('file').describe('Keeps the last part of the address’s path, decoded.'),
    z.literal('join').describe('Makes a full address of it, relative to the page.'),
    z.literal('number').describe('Keeps the first whole number in it, without separators.'),
    parameterFilter,
  ])
  .meta({ id: 'filter' });
export type Filter = z.infer<typeof filterSchema>;
/** A filter without a parameter. */
type PlainFilter = Extract<Filter, string>;

/**
 * Percent-encodes a text as one part of an address, such as a file name. Half a surrogate pair, which
 * no address can hold, becomes U+FFFD.
 */
export function encodePart(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

/** Whether a field's last filter gives what can stand in an address as it is. */
export function endsEncoded(filters: readonly Filter[]): boolean {
  const last = filters.at(-1);
  if (typeof last === 'object') return last.join !== undefined;
  return last !== undefined && ['encode', 'encodePath', 'join'].includes(last);
}

/** Whether a field's last filter gives a date and time with a known zone. */
export function endsInMoment(filters: readonly Filter[]): boolean {
  const last = filters.at(-1);
  if (typeof last !== 'object' || last.date === undefined) return false;
  return readsMoment(asDateRule(last.date));
}

function asDateRule(rule: z.infer<typeof date>) {
  return typeof rule === 'string' ? { format: rule } : rule;
}

/** A whole number in a text, with or without separators. */
export const wholeNumber = /\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?!\d)|\d+/u;

type Apply = (value: string, base: AddressBase) => string | undefined;

const applyPlain: Record<PlainFilter, Apply> = {
  trim: (value) => value.trim(),
  decode: decodeValid,
  encode: encodePart,
  encodePath: (value) => value.split('/').map(encodePart).join('/'),
  html: textOfHtml,
  path: (value, base) => webUrl(value, base)?.pathname,
  file: (value, base) => decodeValid(webUrl(value, base)?.pathname.split('/').at(-1) ?? ''),
  join: (value, base) => webUrl(value, base)?.href,
  number: (value) => wholeNumber.exec(value)?.[0].replace(/\D/gu, ''),
};

function applyWithParameter(
  filter: Exclude<Filter, PlainFilter>,
  value: string,
  base: AddressBase,
) {
  if (filter.match !== undefined) {
    const match = matchIn(value, filter.match);
    return match?.[1] ?? match?.[0];
  }
  if (filter.replace !== undefined) {
    const { match, with: replaced, all = false, optional = false } = filter.replace;
    if (matchIn(value, match) === null) return optional ? value : undefined;
    return value.replace(compile(match, all ? 'g' : ''), replaced);
  }
  if (filter.query !== undefined) {
    const url = webUrl(value, base);
    return url && parameterOf(url, filter.query);
  }
  if (filter.join !== undefined) {
    const joined = webUrl(filter.join, base);
    return joined && webUrl(value, { ...base, baseUrl: joined.href })?.href;
  }
  return filter.date === undefined ? undefined : readDate(value, asDateRule(filter.date));
}

/**
 * Applies a field's filters to a value, in order.
 *
 * @param base what addresses on the page depend on
 * @returns the value, or which filter gave none
 */
export function applyFilters(
  value: string,
  filters: readonly Filter[],
  base: AddressBase,
): Reading {
  let current = value;
  for (const filter of filters) {
    const next =
      typeof filter === 'string'
        ? applyPlain[filter](current, base)
        : applyWithParameter(filter, current, base);
    if (next === undefined || next === '') {
      const name = typeof filter === 'string' ? filter : JSON.stringify(filter).slice(1, -1);
      return { missing: `the filter ${name} leaves nothing of “${current}”` };
    }
    current = next;
  }
  return { value: current };
}
