import type { FieldRule } from './schema.js';

/** The date's value as ISO 8601 in UTC with milliseconds, or undefined where it is none. */
type DateReader = (text: string) => string | undefined;

/** Milliseconds from 0001-01-01 (where .NET ticks begin) to 1970-01-01, both UTC. */
const dotnetEpochMilliseconds = 62_135_596_800_000n;

const readDate: Record<NonNullable<FieldRule['date']>, DateReader> = {
  'dotnet-ticks': (text) => {
    if (!/^\d{1,19}$/.test(text)) return undefined;
    const date = new Date(Number(BigInt(text) / 10_000n - dotnetEpochMilliseconds));
    const year = date.getUTCFullYear();
    return year >= 1 && year <= 9999 ? date.toISOString() : undefined;
  },
};

/**
 * Reads one field of a row.
 *
 * @param attributes the attributes of the row's element
 * @param rule where the value stands and how it is read
 * @returns the value, or undefined where the attribute is missing, empty or does not match
 */
export function selectField(
  attributes: Readonly<Record<string, string>>,
  rule: FieldRule,
): string | undefined {
  const raw = attributes[rule.attribute]?.trim();
  if (raw === undefined || raw === '') return undefined;
  let value: string | undefined = raw;
  if (rule.match !== undefined) {
    const match = new RegExp(rule.match, 'u').exec(raw);
    value = match?.[1] ?? match?.[0];
  }
  if (value === undefined || value === '' || rule.date === undefined) return value || undefined;
  return readDate[rule.date](value);
}
