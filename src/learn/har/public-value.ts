import type { Exchange } from './exchange.js';
import type { TypedAccount } from './typed-account.js';

/**
 * Whether a value stands in a script that anyone gets: one that was requested before the sign-in, or, in
 * a recording with cookies, without any. Keys of apps are such values; the tokens of a person are not.
 *
 * @param place of the request that sends the value: only what came before counts
 */
export function isPublicValue(
  value: string,
  place: number,
  exchanges: readonly Exchange[],
  typed: TypedAccount | undefined,
): boolean {
  const signIn = typed?.exchange.place ?? -1;
  const hasCookies = exchanges.some(isOpened);
  return exchanges.some(
    (one) =>
      one.place < place &&
      /script/.test(one.type) &&
      one.page?.text.includes(value) === true &&
      (one.place < signIn || (hasCookies && !isOpened(one))),
  );
}

/** Whether a request or its answer has what opens an album. */
export function isOpened({ sentCookies, setCookies, headers }: Exchange): boolean {
  return sentCookies.length > 0 || setCookies.length > 0 || headers.has('authorization');
}
