import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { backoff } from '../../src/http/retry-policy.js';

test('the pause doubles from failure to failure up to half a minute, half of it by chance', () => {
  const tries = fc.integer({ min: 1, max: 2000 });
  fc.assert(
    fc.property(tries, fc.integer({ min: 1, max: 60_000 }), (failed, first) => {
      const longest = Math.min(30_000, first * 2 ** (failed - 1));
      const pause = backoff(failed, first);
      expect(pause).toBeGreaterThanOrEqual(longest / 2);
      expect(pause).toBeLessThanOrEqual(longest);
    }),
  );
});

test('requests that failed together do not come back together', () => {
  const pauses = Array.from({ length: 20 }, () => backoff(3, 500));
  expect(new Set(pauses).size).toBeGreaterThan(1);
});
