import { expect, test } from '@jest/globals';
import { retryAfter } from '../../src/http/retry-after.js';

const now = Date.parse('2026-11-22T10:00:00Z');

test.each([
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7000],
  ['Sun, 22 Nov 2026 10:01:30 GMT', 90_000],
  ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
  ['Sunday, 22-Nov-26 10:00:10 GMT', 10_000],
])('%j asks to wait %i ms', (header, milliseconds) => {
  expect(retryAfter(header, now)).toBe(milliseconds);
});

test.each([undefined, '', '-1', '1.5', '1e3', 'soon', '2026-11-22', '10:00'])(
  '%j says nothing that can be understood',
  (header) => {
    expect(retryAfter(header, now)).toBeUndefined();
  },
);
