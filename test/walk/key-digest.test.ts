import { expect, test } from '@jest/globals';
import { keyDigest } from '../../src/walk/key-digest.js';

test('photos of a large album have a digest each, of twelve characters', () => {
  const keys = Array.from({ length: 20_000 }, (_, number) => `photo ${number}`);
  const digests = keys.map(keyDigest);
  expect(new Set(digests).size).toBe(keys.length);
  expect(new Set(digests.map(({ length }) => length))).toEqual(new Set([12]));
  expect(keys.map(keyDigest)).toEqual(digests);
});
