import { expect, test } from '@jest/globals';
import { exitCodes, SignInError, UsageError } from '../src/errors.js';

test('the exit codes are the ones that scripts rely on', () => {
  expect(
    Object.fromEntries(Object.entries(exitCodes).map(([name, { code }]) => [name, code])),
  ).toEqual({
    complete: 0,
    unexpected: 1,
    usage: 2,
    incomplete: 3,
    signIn: 4,
    later: 5,
    disk: 6,
    busy: 7,
    interrupted: 130,
    terminated: 143,
  });
});

test('a usage error lists every problem on a line of its own', () => {
  const error = new UsageError(['first', 'second']);
  expect(error.message).toBe('first\nsecond');
  expect(error.ending).toBe('usage');
});

test('an error keeps its cause and knows how the run ends', () => {
  const cause = new Error('refused');
  expect(new SignInError('no', { cause })).toMatchObject({ ending: 'signIn', cause });
});
