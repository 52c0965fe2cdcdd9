/** Tries of one request at the most, the first among them. */
export const mostTries = 6;

const longest = 30_000;

/**
 * Milliseconds to wait before trying again: twice as long each time, up to half a minute, of which
 * a random half is waited, so that requests that failed together do not come back together.
 *
 * @param tries how many tries have failed so far, from 1
 * @param first milliseconds after the first failure, before the random part
 */
export function backoff(tries: number, first: number): number {
  const delay = Math.min(longest, first * 2 ** (tries - 1));
  return delay / 2 + (Math.random() * delay) / 2;
}
