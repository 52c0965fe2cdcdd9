import { z } from 'zod';
import { webUrl } from './address.js';
import { expressionSchema } from './expression-schema.js';
import { dateNotations, readDate, readsMoment } from './read-date.js';
import type { Reading } from './reading.js';
import { compile, matchIn } from './regular-expression.js';

const replacement = z.strictObject({
  match: expressionSchema.describe('What is replaced, once: a regular expression.'),
  with: z.string().describe('What takes its place; `$1` stands for the first group.'),
  all: z.boolean().optional().describe('Whether it is replaced wherever it stands.'),
  optional: z
    .boolean()
    .optional()
    .describe('Whether a value in which it does not stand stays as it is; else there is none.'),
});

const timeZone = z
  .string()
  .refine((zone) => zone === 'utc' || Intl.supportedValuesOf('timeZone').includes(zone), {
    error: 'is no time zone; it takes utc or a name such as Europe/Berlin',
  });

const date = z.union([
  z.enum(dateNotations),
  z.strictObject({
    format: z
      .string()
      .min(1)
      .describe(
        `How it is written: ${dateNotations.join(', ')}, or Luxon's tokens such as dd/MM/yyyy HH:mm.`,
      ),
    zone: timeZone.optional().describe('The time zone that the site means, where it says none.'),
    language: z.string().min(2).optional().describe('The language of month names, such as de.'),
  }),
]);

/** Filters that are told how, each with what it takes. */
const toldFilters = {
  match: expressionSchema.describe(
    'Takes out what a regular expression matches: its first group, or all of it.',
  ),
  replace: replacement.describe('Replaces what a regular expression matches.'),
  query: z.string().min(1).describe('Takes one parameter of the address, by its name.'),
  join: z
    .string()
    .min(1)
    .describe('Makes an address of it, relative to this one (itself relative to the page).'),
  date: date.describe('Reads a date, and writes it as ISO 8601.'),
};

const toldFilter = z
  .strictObject(
    Object.fromEntries(
      Object.entries(toldFilters).map(([name, schema]) => [name, schema.optional()]),
    ) as { [Name in keyof typeof toldFilters]: z.ZodOptional<(typeof toldFilters)[Name]> },
  )
  .refine((filter) => Object.keys(filter).length === 1, {
    error: 'one filter to an item of the list: put a hyphen before each',
  });

/** One step between what stands on the page and the value, as a profile writes it. */
export const filterSchema = z
  .union([
    z.literal('trim').describe('Takes white space around it away.'),
    z.literal('decode').describe('Decodes percent-encoding.'),
    z
      .literal('encode')
      .describe(
        'Percent-encodes it as one part of an address: a bare file name with spaces and `&`.',
      ),
    z.literal('path').describe('Takes the path of the address, without host and query.'),
    z.literal('file').describe('Takes the last part of the address’s path, decoded.'),
    z.literal('join').describe('Makes a full address of it, relative to the page.'),
    z.literal('number').describe('Takes the first whole number in it, without separators.'),
    toldFilter,
  ])
  .meta({ id: 'filter' });
export type Filter = z.infer<typeof filterSchema>;
/** A filter that is told nothing more than its name. */
type PlainFilter = Extract<Filter, string>;

/** Whether the last of a field's filters makes a moment of it, in UTC or with its zone. */
export function endsInMoment(filters: readonly Filter[]): boolean {
  const last = filters.at(-1);
  if (typeof last !== 'object' || last.date === undefined) return false;
  return readsMoment(asDateRule(last.date));
}

function asDateRule(rule: z.infer<typeof date>) {
  return typeof rule === 'string' ? { format: rule } : rule;
}

type Apply = (value: string, pageUrl: string) => string | undefined;

/** Decodes percent-encoding; what is not encoded well is no value. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

const applyPlain: Record<PlainFilter, Apply> = {
  trim: (value) => value.trim(),
  decode: decoded,
  encode: encodeURIComponent,
  path: (value, pageUrl) => webUrl(value, pageUrl)?.pathname,
  file: (value, pageUrl) => decoded(webUrl(value, pageUrl)?.pathname.split('/').at(-1) ?? ''),
  join: (value, pageUrl) => webUrl(value, pageUrl)?.href,
  number: (value) =>
    /\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?!\d)|\d+/u.exec(value)?.[0].replace(/\D/gu, ''),
};

function applyTold(filter: Exclude<Filter, PlainFilter>, value: string, pageUrl: string) {
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
    return webUrl(value, pageUrl)?.searchParams.get(filter.query) ?? undefined;
  }
  if (filter.join !== undefined) {
    const base = webUrl(filter.join, pageUrl);
    return base && webUrl(value, base.href)?.href;
  }
  return filter.date === undefined ? undefined : readDate(value, asDateRule(filter.date));
}

/**
 * Sends a value through a field's filters.
 *
 * @param pageUrl the page's address, which others are relative to
 * @returns the value, or which filter left nothing of what
 */
export function applyFilters(value: string, filters: readonly Filter[], pageUrl: string): Reading {
  let current = value;
  for (const filter of filters) {
    const next =
      typeof filter === 'string'
        ? applyPlain[filter](current, pageUrl)
        : applyTold(filter, current, pageUrl);
    if (next === undefined || next === '') {
      const name = typeof filter === 'string' ? filter : JSON.stringify(filter).slice(1, -1);
      return { missing: `the filter ${name} leaves nothing of “${current}”` };
    }
    current = next;
  }
  return { value: current };
}
