import { describe, expect, test } from '@jest/globals';
import type { Column } from '../../src/learn/column.js';
import { dateRules } from '../../src/learn/date-rule.js';
import { applyFilters, filterSchema } from '../../src/profile/filters.js';

const base = { baseUrl: 'https://photos.test/', encoding: 'utf-8' };

function column(name: string, values: (string | undefined)[]): Column {
  return { source: { select: `.${name}` }, name, tag: 'span', values };
}

/** What the first learned rule reads of texts in a place called `date`. */
function read(values: string[], language = 'en', name = 'date') {
  const [learned] = dateRules([column(name, values)], base, language, 'item');
  if (learned === undefined) return undefined;
  const { filters = [] } = learned.rule as { filters: unknown[] };
  const steps = filters.map((filter) => filterSchema.parse(filter));
  const dates = values.map((value) => applyFilters(value, steps, base));
  return { place: learned.place, dates: dates.map((one) => 'value' in one && one.value), learned };
}

describe('the format of dates', () => {
  test.each([
    ['ISO with a zone', 'en', ['2026-03-11T08:15:00Z'], '2026-03-11T08:15:00Z'],
    ['EXIF', 'en', ['2009:01:08 12:10:25'], '2009-01-08T12:10:25'],
    ['seconds', 'en', ['1231416625'], '2009-01-08T12:10:25.000Z'],
    ['milliseconds', 'en', ['1231416625000'], '2009-01-08T12:10:25.000Z'],
    ['.NET ticks', 'en', ['636155450392171000'], '2016-11-24T00:43:59.217Z'],
    ['German', 'de', ['Aufgenommen am 3. März 2010 um 14:05 Uhr'], '2010-03-03T14:05:00'],
    ['German figures', 'de', ['03.04.2010, 14:05'], '2010-04-03T14:05:00'],
    ['French', 'fr', ['le 8 janvier 2009 à 12:10'], '2009-01-08T12:10:00'],
    ['Spanish', 'es', ['8 de enero de 2009'], '2009-01-08'],
    ['Russian on a page that says en', 'en', ['8 января 2009'], '2009-01-08'],
    ['American', 'en-US', ['January 8, 2009 at 3:05 PM'], '2009-01-08T15:05:00'],
    ['Japanese', 'ja', ['2009年1月8日 12:10'], '2009-01-08T12:10:00'],
  ])('%s', (_name, language, texts, expected) => {
    expect(read(texts, language)?.dates).toEqual([expected]);
  });

  test('all rows settle which is the day and which the month', () => {
    const days = read(['03/04/2010', '25/04/2010']);
    expect(days?.dates).toEqual(['2010-04-03', '2010-04-25']);
    expect(days?.learned.isUncertain).toBeUndefined();
    expect(read(['03/04/2010', '04/25/2010'])?.dates).toEqual(['2010-03-04', '2010-04-25']);
  });

  test('where no day is above 12, the order is uncertain', () => {
    const { learned, dates } = read(['03/04/2010', '05/06/2010']) ?? {};
    expect(dates).toEqual(['2010-04-03', '2010-06-05']);
    expect(learned?.isUncertain).toBe(true);
    expect(learned?.seenOn).toBe('2 of 2 rows; day and month may be the other way round');
    expect(read(['03/04/2010', '05/06/2010'], 'en-US')?.dates).toEqual([
      '2010-03-04',
      '2010-05-06',
    ]);
  });

  test('short names of months in one language, though the first row fits several', () => {
    const { dates } = read(['8 Jan 2009', '9 Mai 2009', '1 Dez 2009'], 'en') ?? {};
    expect(dates).toEqual(['2009-01-08', '2009-05-09', '2009-12-01']);
  });

  test('two formats are two rules', () => {
    const values = ['2010-06-01 12:10', '2010-06-02 12:10', '2010-06-03'];
    const [learned] = dateRules([column('date', values)], base, 'en', 'item');
    expect(learned).toMatchObject({ rule: [{}, {}], seenOn: '3 of 3 rows' });
  });

  test('numbers and names of files are no dates', () => {
    expect(read(['1231416625', '1231416626'], 'en', 'size')).toBeUndefined();
    expect(read(['2010-06-01.jpg'], 'en', 'title')).toBeUndefined();
    expect(read(['about 12 photos', 'of 2010'], 'en', 'title')).toBeUndefined();
  });
});

test('when it was uploaded counts only with its zone, and when it was taken comes first', () => {
  const columns = [
    column('uploaded', ['2026-03-11T08:15:00+01:00']),
    column('modified', ['2026-04-01']),
    column('date-taken', ['2009:01:08 12:10:25']),
  ];
  expect(dateRules(columns, base, 'en', 'item')).toMatchObject([
    { place: 'item.date', rule: { select: '.date-taken' } },
    {
      place: 'item.uploadedAt',
      rule: { select: '.uploaded', filters: [{ date: { zone: 'utc' } }] },
    },
  ]);
  expect(dateRules([column('uploaded', ['2026-03-11 08:15'])], base, 'en', 'item')).toMatchObject([
    { place: 'item.date' },
  ]);
});

describe('a place called a date that few rows have', () => {
  const few = (...texts: string[]) => [...texts, ...Array<undefined>(8).fill(undefined)];

  test('counts where each of its texts is a date', () => {
    const learned = dateRules([column('date', few('2009-01-08 12:10'))], base, 'en', 'item');
    expect(learned).toMatchObject([{ place: 'item.date', seenOn: '1 of 9 rows' }]);
  });

  test('does not count where another text stands there too', () => {
    const texts = few('2009-01-08 12:10', 'yesterday');
    expect(dateRules([column('date', texts)], base, 'en', 'item')).toEqual([]);
  });
});
