import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { selectField } from '../../src/profile/select.js';

const ticks = { attribute: 'at', date: 'dotnet-ticks' } as const;

test('a field is the attribute, without the white space around it', () => {
  expect(selectField({ src: '  a b \n' }, { attribute: 'src' })).toBe('a b');
});

test.each([{}, { src: '' }, { src: ' \t' }])(
  'a missing or empty attribute has no value',
  (attributes) => {
    expect(selectField(attributes, { attribute: 'src' })).toBeUndefined();
  },
);

test('a match gives its first group, or all of it where it has none', () => {
  expect(selectField({ src: 'x~42.jpg' }, { attribute: 'src', match: '~(\\d+)' })).toBe('42');
  expect(selectField({ src: 'x~42.jpg' }, { attribute: 'src', match: '\\d+' })).toBe('42');
});

test('what does not match has no value', () => {
  expect(selectField({ src: 'logo.png' }, { attribute: 'src', match: '~(\\d+)' })).toBeUndefined();
});

test('ticks are read as a date', () => {
  expect(selectField({ at: '636155450392171000' }, ticks)).toBe('2016-11-24T00:43:59.217Z');
  expect(selectField({ at: '0' }, ticks)).toBe('0001-01-01T00:00:00.000Z');
});

test('the ticks of any date that .NET can hold give that date', () => {
  const date = fc.date({
    min: new Date('0001-01-01T00:00:00.000Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });
  const epoch = BigInt(Date.parse('0001-01-01T00:00:00.000Z'));
  fc.assert(
    fc.property(date, fc.bigInt(0n, 9999n), (moment, rest) => {
      const at = (BigInt(moment.getTime()) - epoch) * 10_000n + rest;
      expect(selectField({ at: String(at) }, ticks)).toBe(moment.toISOString());
    }),
  );
});

test.each(['9999999999999999999', '-1', '1.5', 'soon', '99999999999999999999'])(
  '%s is no date',
  (at) => {
    expect(selectField({ at }, ticks)).toBeUndefined();
  },
);

// '' passes for an id, and all photos whose id cannot be read become one.
test('a group that matches nothing has no value', () => {
  const rule = { attribute: 'src', match: '~t~([^~]*)~' };
  expect(selectField({ src: '26~t~~1.jpg' }, rule)).toBeUndefined();
});
