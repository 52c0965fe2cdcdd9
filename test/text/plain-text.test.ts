import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plainText } from '../../src/text/plain-text.js';

test('text from outside becomes one line without control or formatting characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plainText(text)).not.toMatch(/[\p{Cc}\p{Cf}\n\u2028\u2029]/u);
    }),
  );
});

test('terminal escapes, line breaks and text that runs backwards lose their power', () => {
  expect(plainText('\x1b[2J\x1b]0;title\x07wrong\r\npassword \u202Edrow')).toBe(
    '[2J ]0;title wrong password drow',
  );
});

test('text of the allowed length stays whole, longer text ends in an ellipsis', () => {
  expect(plainText('abcde', 5)).toBe('abcde');
  expect(plainText('abcdef', 5)).toBe('abcd…');
});

// The cut counts UTF-16 units and may leave half of a character.
test('a cut does not halve a character', () => {
  expect(plainText('abc😀😀', 5)).not.toMatch(/\p{Cs}/u);
});
