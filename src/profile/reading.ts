/** What came of reading a value off a page: the value, or in words why there is none. */
export type Reading = { value: string } | { missing: string };

/** The value, or undefined where there is none. */
export function valueIn(reading: Reading | undefined): string | undefined {
  return reading !== undefined && 'value' in reading ? reading.value : undefined;
}
