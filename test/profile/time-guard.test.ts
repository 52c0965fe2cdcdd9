import { expect, test } from '@jest/globals';
import { UsageError } from '../../src/errors.js';
import { withinTime } from '../../src/profile/time-guard.js';

test('work gives what it gives, and throws what it throws', () => {
  const error = new Error('mine');
  expect(withinTime('a page', () => 42)).toBe(42);
  expect(() =>
    withinTime('a page', () => {
      throw error;
    }),
  ).toThrow(error);
});

test('an expression that does not come to an end is a problem of the profile', () => {
  const text = `${'a'.repeat(60)}!`;
  const endless = () => /^(a+)+$/u.exec(text);
  expect(() => withinTime('http://album.test/', endless, 50)).toThrow(UsageError);
  expect(() => withinTime('http://album.test/', endless, 50)).toThrow(/http:\/\/album\.test\//);
});
