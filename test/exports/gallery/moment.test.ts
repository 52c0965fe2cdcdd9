import { describe, expect, test } from '@jest/globals';
import type { PhotoDate } from '../../../src/album/photo-date.js';
import { momentInWords, momentOf } from '../../../src/exports/gallery/moment.js';

const wordsOf = (date: string, source: PhotoDate['source'] = 'exif') => {
  const moment = momentOf({ date, source });
  return moment && momentInWords(moment);
};

describe('a date is said as the clock showed it, as exactly as it is known', () => {
  test.each([
    ['2012-07-04T12:34:56', '4 July 2012, 12:34'],
    ['2012-07-04T23:34:56+09:00', '4 July 2012, 23:34'],
    ['2012-07-04', '4 July 2012'],
    ['2012-07', 'July 2012'],
  ])('%s: %s', (date, words) => {
    expect(wordsOf(date)).toBe(words);
  });

  test('with its zone where that is known to be UTC', () => {
    expect(wordsOf('2016-11-24T00:43:59.217Z', 'upload')).toBe('24 November 2016, 00:43 UTC');
  });
});

test.each(['2012', 'yesterday', ''])('without a month there is no moment: %j', (date) => {
  expect(momentOf({ date, source: 'exif' })).toBeUndefined();
});
