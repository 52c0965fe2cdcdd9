import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UsageError } from '../../src/errors.js';
import { applyFilters, type Filter } from '../../src/profile/filters.js';
import { readDate } from '../../src/profile/read-date.js';
import { withinTime } from '../../src/profile/time-guard.js';

describe('filters', () => {
  const base = { baseUrl: 'https://album.test/holiday/page2.html?a=1', encoding: 'utf-8' };

  test.each<[string, Filter[], string, string]>([
    ['the first group of a match', [{ match: '~(\\d+)' }], 'x~42.jpg', '42'],
    ['all of a match without a group', [{ match: '\\d+' }], 'x~42.jpg', '42'],
    ['one replacement', [{ replace: { match: 'a', with: 'o' } }], 'banana', 'bonana'],
    ['groups', [{ replace: { match: '(b)(a)', with: '$2$1' } }], 'banana', 'abnana'],
    ['every one', [{ replace: { match: 'a', with: 'o', all: true } }], 'banana', 'bonono'],
    [
      'what does not match, where it may',
      [{ replace: { match: '_', with: ' ', optional: true } }],
      'a b',
      'a b',
    ],
    ['white space', ['trim'], ' a ', 'a'],
    ['percent-encoding', ['decode'], 'M%C3%BCller%20%26%20Co', 'Müller & Co'],
    ['percent signs that encode nothing', ['decode'], '100% caf%E9%20%C3%A9', '100% caf%E9 é'],
    ['the file of such a name', ['file'], '/x/100%25%20caf%E9.jpg', '100% caf%E9.jpg'],
    [
      'a bare name',
      ['encode'],
      'Müller & Söhne #1?.jpg',
      'M%C3%BCller%20%26%20S%C3%B6hne%20%231%3F.jpg',
    ],
    ['a path', ['encodePath'], 'Müller/a b#1.jpg', 'M%C3%BCller/a%20b%231.jpg'],
    ['text of HTML', ['html'], '<p>a&amp;b <b>c</b>d</p>e<br>f<script>g</script>', 'a&b cd e f'],
    ['the path', ['path'], '../x/a%2Bb.jpg?s=1', '/x/a%2Bb.jpg'],
    ['the file', ['file'], '../x/a%2Bb%20c.jpg?s=1', 'a+b c.jpg'],
    ['the page’s folder', ['join'], 'ä b.jpg', 'https://album.test/holiday/%C3%A4%20b.jpg'],
    [
      'another folder',
      ['encode', { join: '/originals/' }],
      'a & b.jpg',
      'https://album.test/originals/a%20%26%20b.jpg',
    ],
    ['a parameter', [{ query: 'f' }], '/show?f=a%26b+c.jpg&x=1', 'a&b c.jpg'],
    ['a number', ['number'], 'from 1,234 photos', '1234'],
    ['a number in front of others', ['number'], '512 × 384', '512'],
    ['one after the other', [{ match: 'id=(.+)' }, 'decode', { match: '^\\w+' }], 'id=a%20b', 'a'],
  ])('%s', (_what, filters, value, expected) => {
    expect(applyFilters(value, filters, base)).toEqual({ value: expected });
  });

  test.each<[Filter, string, string]>([
    [
      { match: '~(\\d+)' },
      'logo.png',
      'the filter "match":"~(\\\\d+)" leaves nothing of “logo.png”',
    ],
    [{ match: '~([^~]*)~' }, 'a~~b', 'leaves nothing'],
    [{ replace: { match: '_', with: ' ' } }, 'a b', 'leaves nothing'],
    [{ query: 'f' }, '/show?x=1', 'leaves nothing'],
    ['number', 'none', 'leaves nothing'],
    [{ date: 'iso' }, 'soon', 'leaves nothing'],
    [{ join: 'http://[' }, 'a', 'leaves nothing'],
  ])('%j says what it leaves nothing of', (filter, value, missing) => {
    expect(applyFilters(value, [filter], base)).toEqual({
      missing: expect.stringContaining(missing),
    });
  });

  test('an expression is not tried on a text without measure', () => {
    const text = `${'x'.repeat(1_000_000)}~1`;
    expect(applyFilters(text, [{ match: '~(\\d)' }], base)).toHaveProperty('missing');
  });
});

describe('dates', () => {
  const ticks = { format: 'dotnet-ticks' };

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
        expect(readDate(String(at), ticks)).toBe(moment.toISOString());
      }),
    );
  });

  test.each(['9999999999999999999', '-1', '1.5', 'soon', '99999999999999999999'])(
    '%s is no number of ticks',
    (at) => {
      expect(readDate(at, ticks)).toBeUndefined();
    },
  );

  test.each([
    ['2009:01:08 04:46:44', { format: 'yyyy:MM:dd HH:mm:ss' }, '2009-01-08T04:46:44'],
    ['21/12/2009', { format: 'dd/MM/yyyy' }, '2009-12-21'],
    ['8. März 2016', { format: 'd. MMMM yyyy', language: 'de' }, '2016-03-08'],
    [
      '21/12/2009 06:58',
      { format: 'dd/MM/yyyy HH:mm', zone: 'Europe/Berlin' },
      '2009-12-21T06:58:00+01:00',
    ],
    ['2016-11-24T00:43:59', { format: 'iso' }, '2016-11-24T00:43:59'],
    ['2016-11-24T00:43:59+02:00', { format: 'iso' }, '2016-11-24T00:43:59+02:00'],
    ['2016-11-24', { format: 'iso' }, '2016-11-24'],
    ['1479948239', { format: 'unix' }, '2016-11-24T00:43:59.000Z'],
    ['1479948239217', { format: 'unix-milliseconds' }, '2016-11-24T00:43:59.217Z'],
  ])('“%s” by %j is %s, with a zone only where one is known', (text, rule, date) => {
    expect(readDate(text, rule)).toBe(date);
  });

  test.each([
    ['31/02/2009', 'dd/MM/yyyy'],
    ['yesterday', 'iso'],
    ['', 'unix'],
  ])('“%s” is no date by %s', (text, format) => {
    expect(readDate(text, { format })).toBeUndefined();
  });
});

describe('the time guard', () => {
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
});
