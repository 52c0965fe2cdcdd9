import { expect, test } from '@jest/globals';
import { UsageError } from '../../../src/errors.js';
import { nameSlots, parseNamePattern } from '../../../src/exports/files/name-pattern.js';

test('a pattern is folders and a file, each of text and slots', () => {
  expect(parseNamePattern('all/{year} of {album}/{id}').segments).toEqual([
    ['all'],
    [{ slot: 'year' }, ' of ', { slot: 'album' }],
    [{ slot: 'id' }],
  ]);
});

test('a slot that there is not is an error that names those that there are', () => {
  const parse = () => parseNamePattern('{year}/{dat}_{constructor}');
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow('{dat} is not a slot');
  expect(parse).toThrow('{constructor} is not a slot');
  for (const slot of Object.keys(nameSlots)) expect(parse).toThrow(`{${slot}}`);
});

test.each([
  ['{id', 'has no partner'],
  ['id}', 'has no partner'],
  ['{{id}}', 'has no partner'],
  ['', 'without a name'],
  ['/{id}', 'without a name'],
  ['{id}/', 'without a name'],
  ['a//{id}', 'without a name'],
  ['../{id}', 'without a name'],
  ['a/./{id}', 'without a name'],
  ['.hidden/{id}', 'begins or ends with a dot'],
  ['{year} /{id}', 'begins or ends with a dot or a space'],
  ['{year}\\{id}', 'separated by /'],
  ['{time}:{id}', 'not every system accepts'],
  ['C:/{id}', 'not every system accepts'],
])('%j is an error: %s', (pattern, reason) => {
  expect(() => parseNamePattern(pattern)).toThrow(reason);
});
