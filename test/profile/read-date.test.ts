import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readDate } from '../../src/profile/read-date.js';

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
