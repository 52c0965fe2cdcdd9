/**
 * The code of an error of the system or of SQLite, such as `ENOSPC` or `SQLITE_FULL`; `undefined`
 * if it has none. Errors of another realm, for which `instanceof Error` is false, have codes too.
 */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * For a `catch`: gives the value instead of an error that has one of the codes, and throws any other.
 */
export function insteadOf<Value>(
  codes: readonly string[],
  value: Value,
): (error: unknown) => Value {
  return (error) => {
    if (codes.includes(errorCode(error) ?? '')) return value;
    throw error;
  };
}
