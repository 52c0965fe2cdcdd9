/**
 * The value if it is a text that a database can keep and order: not empty, with no zero character
 * and no half of a surrogate pair. Throws a `TypeError` that begins with `what` otherwise.
 */
export function checkedText(what: string, value: unknown): string {
  if (typeof value !== 'string' || value === '')
    throw new TypeError(`${what} has to be a text of at least one character.`);
  if (value.includes('\0') || Buffer.from(value).toString() !== value)
    throw new TypeError(`${what} has characters that cannot be kept: ${JSON.stringify(value)}`);
  return value;
}
