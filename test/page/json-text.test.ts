import { expect, test } from '@jest/globals';
import { parseJsonText } from '../../src/page/json-text.js';

test.each([
  ['{"a":1}'],
  ['\ufeff {"a":1}\n'],
  [')]}\'\n{"a":1}'],
  [')]}\',\n{"a":1}'],
  ['while(1);{"a":1}'],
  ['while(true);{"a":1}'],
  ['for (;;);{"a":1}'],
  ['&&&START&&&{"a":1}'],
  ['throw "no";\n{"a":1}'],
  ['// guard\n{"a":1}'],
  ['//{"a":1}'],
  ['/**/callback({"a":1});'],
  ['window.photos["x"]({"a":1})'],
])('%j is the JSON in it', (text) => {
  expect(parseJsonText(text)).toEqual({ a: 1 });
});

test('numbers come to their last digit', () => {
  const text =
    '{"id":12345678901234567890,"small":-9007199254740993,"price":1.10,"n":42,"e":1.5e3}';
  expect(parseJsonText(text)).toEqual({
    id: '12345678901234567890',
    small: '-9007199254740993',
    price: '1.10',
    n: 42,
    e: 1500,
  });
});

test('a name that comes twice has its last value, as browsers read it', () => {
  expect(parseJsonText('{"a":1,"a":2}')).toEqual({ a: 2 });
  expect(parseJsonText('{"a":1,"a":2.5}')).toEqual({ a: '2.5' });
});

test.each(['', 'null?', '<html>', ")]}'"])('%j is not JSON', (text) => {
  expect(() => parseJsonText(text)).toThrow(Error);
});
