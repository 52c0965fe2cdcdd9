/**
 * The value, or the default in place of `undefined`. Throws a `RangeError` that names the option
 * unless it is a whole number of at least `least`.
 */
export function wholeNumber(
  name: string,
  value: number | undefined,
  fallback: number,
  least = 0,
): number {
  if (value === undefined) return fallback;
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`${name} has to be a whole number of at least ${least}, not ${value}.`);
}
