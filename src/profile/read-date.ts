import { DateTime } from 'luxon';

/** Named date formats. */
export const dateNotations = ['iso', 'unix', 'unix-milliseconds', 'dotnet-ticks'] as const;
type DateNotation = (typeof dateNotations)[number];

/** A site's date format. */
export interface DateRule {
  /** One of {@link dateNotations}, or a format in Luxon's tokens such as `dd/MM/yyyy HH:mm`. */
  format: string;
  /** The IANA time zone of dates without one. */
  zone?: string | undefined;
  /** The language of month names (BCP 47). */
  language?: string | undefined;
}

/** Milliseconds from 0001-01-01 (where .NET ticks begin) to 1970-01-01, both UTC. */
const dotnetEpochMilliseconds = 62_135_596_800_000n;

const moments: Record<Exclude<DateNotation, 'iso'>, (digits: string) => number> = {
  unix: (digits) => Number(digits) * 1000,
  'unix-milliseconds': Number,
  'dotnet-ticks': (digits) => Number(BigInt(digits) / 10_000n - dotnetEpochMilliseconds),
};

function isMomentNotation(format: string): format is keyof typeof moments {
  return Object.hasOwn(moments, format);
}

function asUtc(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? date.toISOString() : undefined;
}

const withoutQuoted = (format: string) => format.replace(/'[^']*'/g, '');
const hasZone = (format: string) => /Z|z/.test(withoutQuoted(format));
const hasTime = (format: string) => /[Hhtf]/.test(withoutQuoted(format));

/**
 * Whether a format has the tokens of other libraries: `YYYY` for the year, `DD` for the day. To Luxon
 * the first is nothing, and the second a whole date in the manner of a country.
 */
export function hasStrangeTokens(format: string): boolean {
  return /[YD]/.test(withoutQuoted(format));
}

/** Whether a rule gives a date and time with a known zone. */
export function readsMoment({ format, zone }: DateRule): boolean {
  return zone !== undefined || isMomentNotation(format) || (format !== 'iso' && hasZone(format));
}

function parse(text: string, { format, zone, language }: DateRule): DateTime {
  const options = { zone: zone ?? 'utc', setZone: true, ...(language && { locale: language }) };
  return format === 'iso'
    ? DateTime.fromISO(text, options)
    : DateTime.fromFormat(text, format, options);
}

/**
 * Reads a date in a site's format.
 *
 * @returns ISO 8601: with an offset from UTC if the zone is known, without one otherwise; only the
 *   date if there is no time. Undefined if the text does not have the format
 */
export function readDate(text: string, rule: DateRule): string | undefined {
  const { format, zone } = rule;
  if (isMomentNotation(format)) {
    return /^\d{1,19}$/.test(text) ? asUtc(moments[format](text)) : undefined;
  }
  const date = parse(text, rule);
  if (!date.isValid) return undefined;
  const withTime = format === 'iso' ? /\dT\d/.test(text) : hasTime(format);
  if (!withTime) return date.toISODate() ?? undefined;
  const known =
    zone !== undefined || (format === 'iso' ? /T.*(?:Z|[+-]\d\d)/i.test(text) : hasZone(format));
  return date.toISO({ includeOffset: known, suppressMilliseconds: true }) ?? undefined;
}
