import { expect, test } from '@jest/globals';
import { lineSeconds } from '../../../bench/line/line.js';
import { TokenBucket } from '../../../bench/line/token-bucket.js';

test('bytes are sent one after the other, at the rate of the line', () => {
  const bucket = new TokenBucket(8_000_000);
  expect(bucket.wait(100)).toBe(0);
  expect(bucket.send(5000, 100)).toBe(105);
  expect(bucket.send(1000, 101)).toBe(106);
  expect(bucket.wait(102)).toBe(4);
  expect(bucket.send(0, 102)).toBe(106);
});

test('an idle line saves up nothing', () => {
  const bucket = new TokenBucket(8_000_000);
  bucket.send(1000, 0);
  expect(bucket.wait(500)).toBe(0);
  expect(bucket.send(1000, 500)).toBe(501);
});

test('the time of a line is that of the bytes alone', () => {
  expect(lineSeconds(1374 * 125_000, { roundTrip: 40, bitsPerSecond: 50_000_000 })).toBe(27.48);
});
