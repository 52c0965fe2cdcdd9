/** The result of reading a value from a page: the value, or in words why there is none. */
export type Reading = { value: string } | { missing: string };

/** The value, or undefined if there is none. */
export function valueIn(reading: Reading | undefined): string | undefined {
  return reading !== undefined && 'value' in reading ? reading.value : undefined;
}
