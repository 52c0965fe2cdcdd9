/**
 * The code of an error of the system or of SQLite, such as `ENOSPC` or `SQLITE_FULL`; `undefined`
 * if it has none. An error of another realm counts too: of those `instanceof Error` is false.
 */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
