import { describe, expect, test } from '@jest/globals';
import type { ListedPhoto } from '../../../src/album/photo.js';
import type { PhotoDate } from '../../../src/album/photo-date.js';
import { galleryPhoto } from '../../../src/exports/gallery/gallery-photo.js';
import { momentInWords, momentOf } from '../../../src/exports/gallery/moment.js';
import { pickedFrom, timelineOf } from '../../../src/exports/gallery/timeline.js';
import { isSaved } from '../../../src/exports/saved-entry.js';
import { listedPhoto, savedOutcome } from '../../helpers/sample-photo.js';

describe('the timeline', () => {
  function photoOf(id: string, traits: Partial<ListedPhoto>) {
    const photo = { ...listedPhoto(id), ...traits };
    const entry = { status: 'saved' as const, photo, outcome: savedOutcome(photo) };
    if (!isSaved(entry)) throw new Error('it is saved');
    return galleryPhoto(entry, undefined);
  }

  const dated = (dates: readonly (string | undefined)[]) =>
    dates.map((date, index) => photoOf(`p${index}`, date === undefined ? {} : { date }));

  test('photos stand in years and months, in order of time; what has no date comes last', () => {
    const { years } = timelineOf(
      dated(['2016-02-03', undefined, '2014-05-01', '2016-02-01', '2016-01-09T10:00:00']),
    );
    const shown = years.map(({ title, pages }) => [
      title,
      pages.map(({ file, sections }) => [
        file,
        sections.map(({ id, heading, photos }) => [id, heading, photos.map(({ key }) => key)]),
      ]),
    ]);
    expect(shown).toEqual([
      ['2014', [['2014.html', [['2014-05', 'May', ['p2']]]]]],
      [
        '2016',
        [
          [
            '2016.html',
            [
              ['2016-01', 'January', ['p4']],
              ['2016-02', 'February', ['p3', 'p0']],
            ],
          ],
        ],
      ],
      ['Without a date', [['undated.html', [['undated', 'Without a date', ['p1']]]]]],
    ]);
  });

  test('photos of the same time stay in album order', () => {
    const { years } = timelineOf(dated(new Array(20).fill('2016-02-03')));
    expect(years[0]?.photos.map(({ key }) => key)).toEqual(
      Array.from({ length: 20 }, (_, index) => `p${index}`),
    );
  });

  test('a long year is divided into pages of like length, which hold each photo once', () => {
    const photos = dated(
      Array.from({ length: 2500 }, (_, index) => (index < 1800 ? '2016-02-03' : '2016-03-03')),
    );
    const pages = timelineOf(photos).years[0]?.pages ?? [];
    expect(pages.map(({ file }) => file)).toEqual(['2016.html', '2016-2.html', '2016-3.html']);
    expect(pages.map(({ sections }) => sections.map(({ id }) => id))).toEqual([
      ['2016-02'],
      ['2016-02'],
      ['2016-02', '2016-03'],
    ]);
    const shown = pages.flatMap(({ sections }) => sections.flatMap((section) => section.photos));
    expect(shown).toEqual(photos);
  });

  test('albums are shown where there are several, with months that say their year', () => {
    const photos = [
      photoOf('a', { album: ['Family', 'Summer'], date: '2016-07-01' }),
      photoOf('b', { album: ['Winter'], date: '2015-01-01' }),
      photoOf('c', { album: ['Family', 'Summer'], date: '2017-07-01' }),
      photoOf('d', { date: '2017-08-01' }),
    ];
    const { albums } = timelineOf(photos);
    expect(albums.map(({ title, photos: members }) => [title, members.length])).toEqual([
      ['Winter', 1],
      ['Family / Summer', 2],
    ]);
    expect(albums[1]?.pages[0]?.sections.map(({ heading }) => heading)).toEqual([
      'July 2016',
      'July 2017',
    ]);
    expect(timelineOf(photos.filter(({ key }) => key !== 'b')).albums).toEqual([]);
  });

  test('an empty album has no chapters', () => {
    expect(timelineOf([])).toEqual({ years: [], albums: [] });
  });

  test.each([0, 1, 7, 8, 9, 100])('of %d photos some are picked, spread evenly', (count) => {
    const photos = dated(new Array(count).fill('2016-02-03'));
    const picked = pickedFrom(photos, 8);
    expect(picked).toHaveLength(Math.min(count, 8));
    expect(picked[0]).toBe(photos[0]);
    expect(new Set(picked).size).toBe(picked.length);
  });
});

describe('a moment', () => {
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
});
