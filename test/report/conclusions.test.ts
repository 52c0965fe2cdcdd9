import { describe, expect, test } from '@jest/globals';
import type { RunRecord } from '../../src/album/album.js';
import type { AlbumEntry } from '../../src/album/entries.js';
import { photoKey } from '../../src/album/photo.js';
import { type Ending, exitCodes } from '../../src/errors.js';
import type { PixelSize } from '../../src/picture/picture-facts.js';
import { OriginalityCheck } from '../../src/report/originality.js';
import { type Grounds, verdict } from '../../src/report/verdict.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';

describe('the verdict', () => {
  const run = (ending?: Ending, doubts: string[] = []): RunRecord => ({
    startedAt: '2026-11-22T10:00:00.000Z',
    processId: 1,
    ...(ending && { ending, doubts }),
  });
  const grounds = (counts: Partial<Grounds['counts']>, rest: Partial<Grounds> = {}): Grounds => ({
    counts: { listed: 0, saved: 0, failed: 0, pending: 0, lost: 0, ...counts },
    lastRun: run('complete'),
    doubtfulOriginals: false,
    ...rest,
  });
  const whole = { listed: 1374, saved: 1374 };

  test.each<[string, Grounds, string]>([
    ['all are saved', grounds(whole), 'considered rescued: all 1,374 photos'],
    [
      'the one photo is',
      grounds({ listed: 1, saved: 1 }),
      'rescued: the one photo that it lists is',
    ],
    [
      'all are saved and some may not be originals',
      grounds(whole, { doubtfulOriginals: true }),
      'rescued as far as the site holds it: all 1,374 photos',
    ],
    [
      'one is damaged on the site itself',
      grounds(whole, { damagedAtSource: 1 }),
      'checked, but 1 photo is damaged on the site itself.',
    ],
    [
      'some are damaged there and some may not be originals',
      grounds(whole, { damagedAtSource: 2, doubtfulOriginals: true }),
      'but 2 photos are damaged on the site itself, and there are signs',
    ],
    ['the album is empty', grounds({}), 'nothing to rescue'],
  ])('where %s it is rescued', (_what, given, words) => {
    const { rescued, sentence } = verdict(given);
    expect(rescued).toBe(true);
    expect(sentence).toContain(words);
  });

  test.each<[string, Grounds, string]>([
    [
      'some failed and some are open',
      grounds({ listed: 1374, saved: 1371, failed: 1, pending: 2 }),
      '3 of the 1,374 photos that it lists are not saved',
    ],
    [
      'some were lost',
      grounds({ ...whole, lost: 2 }),
      '2 photos that it no longer lists were saved',
    ],
    [
      'the list is in doubt',
      grounds(whole, { lastRun: run('incomplete', ['It kept changing.']) }),
      'that list may not be whole',
    ],
    [
      'it was interrupted',
      grounds(whole, { lastRun: run('interrupted') }),
      'interrupted by Ctrl-C',
    ],
    ['the run is under way', grounds(whole, { lastRun: run() }), 'no run has ended since'],
    ['there was no run', grounds(whole, { lastRun: undefined }), 'no run has ended since'],
    [
      'nothing was saved at all',
      grounds({}, { lastRun: run('signIn') }),
      'nothing was saved, but the site refused the sign-in of the last run',
    ],
  ])('where %s it is not', (_what, given, words) => {
    const { rescued, sentence } = verdict(given);
    expect(rescued).toBe(false);
    expect(sentence).toContain('cannot be considered rescued');
    expect(sentence).toContain(words);
  });

  test('every ending but a complete one is a reason of its own', () => {
    const endings = Object.keys(exitCodes).filter((ending) => ending !== 'complete') as Ending[];
    const sentences = endings.map((ending) => verdict(grounds(whole, { lastRun: run(ending) })));
    expect(sentences.map(({ rescued }) => rescued)).toEqual(endings.map(() => false));
    expect(new Set(sentences.map(({ sentence }) => sentence)).size).toBe(endings.length);
  });

  test('a list in doubt says what to do before the next run', () => {
    const doubtful = grounds(whole, {
      lastRun: run('incomplete', ['The site says 1,375 photos.']),
    });
    expect(verdict(doubtful)).toEqual({
      rescued: false,
      sentence:
        'This album cannot be considered rescued yet: all 1,374 photos that it lists are saved, but that list may not be whole. Do what is said below, then run the same command again.',
    });
  });
});

describe('originality', () => {
  interface Size extends PixelSize {
    exifWidth?: number;
    exifHeight?: number;
    contentType?: string;
  }

  function originality(entries: readonly AlbumEntry[], thumbnails: ReadonlyMap<string, PixelSize>) {
    const sides = [...thumbnails.values()].map(({ width, height }) => Math.max(width, height));
    const longestSide = sides.length > 0 && { longestSide: Math.max(...sides) };
    const check = new OriginalityCheck({ measured: thumbnails.size, ...longestSide });
    const signed = entries.filter((entry) => {
      const thumbnail = thumbnails.get(entry.photo.key);
      return check.add({ ...entry, ...(thumbnail && { thumbnail }) });
    });
    const found = check.result();
    expect(signed.map(({ photo }) => photo.key)).toEqual([
      ...new Set(found.signs.map(({ key }) => key)),
    ]);
    return found;
  }

  function saved(id: string, size: Size): AlbumEntry {
    const photo = listedPhoto(id);
    return { status: 'saved', photo, outcome: { ...savedOutcome(photo), ...size } };
  }

  const none = new Map<string, PixelSize>();
  const thumbnails = new Map([['a', { width: 160, height: 120 }]]);

  test('pictures larger than thumbnails, with no other sign, are beyond doubt', () => {
    const entries = [
      saved('a', { width: 800, height: 600 }),
      saved('b', { width: 161, height: 10, exifWidth: 161, exifHeight: 10 }),
    ];
    expect(originality(entries, thumbnails)).toEqual({
      measured: 2,
      thumbnails: { measured: 1, longestSide: 160, own: 1 },
      signs: [],
      doubtful: 0,
    });
  });

  test('a picture no larger than its thumbnail is named, turned or not', () => {
    const entries = [saved('a', { width: 120, height: 160 })];
    expect(originality(entries, thumbnails).signs).toEqual([
      {
        key: 'a',
        sign: 'with 120 × 160 pixels it is no larger than its thumbnail (160 × 120)',
      },
    ]);
  });

  test('the largest measured thumbnail is the limit for the others', () => {
    const entries = [
      saved('a', { width: 800, height: 600 }),
      saved('b', { width: 160, height: 90 }),
      saved('c', { width: 161, height: 90 }),
    ];
    const { signs, doubtful } = originality(entries, thumbnails);
    expect(signs.map(({ key }) => key)).toEqual(['b']);
    expect(signs[0]?.sign).toContain('no larger than the album');
    expect(doubtful).toBe(1);
  });

  test('a picture smaller than its EXIF says was made smaller; of another shape perhaps cut', () => {
    const size = { width: 1024, height: 768 };
    const entries = [
      saved('same shape', { ...size, exifWidth: 4000, exifHeight: 3000 }),
      saved('turned', { ...size, exifWidth: 3000, exifHeight: 4000 }),
      saved('other shape', { ...size, exifWidth: 4000, exifHeight: 2250 }),
      saved('same size', { ...size, exifWidth: 768, exifHeight: 1024 }),
      saved('rounded', { ...size, exifWidth: 1024, exifHeight: 770 }),
      saved('larger', { ...size, exifWidth: 640, exifHeight: 480 }),
    ];
    const { signs } = originality(entries, none);
    expect(signs.map(({ sign }) => /was (.*) since/.exec(sign)?.[1])).toEqual([
      'made smaller',
      'made smaller',
      'cut or made smaller',
    ]);
    expect(signs[0]?.sign).toContain('4000 × 3000');
  });

  const many = (count: number, prefix: string, size: PixelSize): AlbumEntry[] =>
    Array.from({ length: count }, (_, index) => saved(`${prefix}${index}`, size));

  test('one longest side for half the pictures, of several shapes, is how services work', () => {
    const entries = [
      ...many(8, 'wide', { width: 1600, height: 900 }),
      ...many(8, 'upright', { width: 1200, height: 1600 }),
      ...many(16, 'other', { width: 900, height: 601 }),
    ];
    const found = originality(entries, none);
    expect(found.commonSide).toMatchObject({ longestSide: 1600, pictures: 16 });
    expect(found).toMatchObject({ signs: [], doubtful: 16 });
  });

  test('a picture with signs of its own and the common side is doubtful once', () => {
    const smaller = { width: 1600, height: 900, exifWidth: 4000, exifHeight: 2250 };
    const entries = [
      ...many(15, 'wide', { width: 1600, height: 900 }),
      ...many(8, 'upright', { width: 1200, height: 1600 }),
      saved('made smaller', smaller),
      saved('a', { width: 120, height: 160, exifWidth: 3000, exifHeight: 4000 }),
    ];
    const found = originality(entries, thumbnails);
    expect(found.signs.map(({ key }) => key)).toEqual([photoKey('made smaller'), 'a', 'a']);
    expect(found).toMatchObject({ commonSide: { pictures: 24 }, doubtful: 25 });
  });

  test.each([
    ['few pictures', many(10, 'a', { width: 1600, height: 900 }), { width: 1600, height: 1200 }],
    ['one shape, a camera’s own', many(30, 'a', { width: 1600, height: 1200 }), undefined],
    [
      'a side that cameras have',
      many(30, 'a', { width: 4000, height: 2250 }),
      { width: 4000, height: 3000 },
    ],
  ])('%s alike are no sign', (_what, entries, other) => {
    const all = other === undefined ? entries : [...entries, saved('other', other)];
    expect(originality(all, none).commonSide).toBeUndefined();
  });

  test('videos, photos not saved and pictures of unknown size are left out', () => {
    const photo = listedPhoto('failed');
    const entries: AlbumEntry[] = [
      saved('video', { width: 100, height: 100, contentType: 'video/mp4' }),
      {
        status: 'saved',
        photo: listedPhoto('unknown'),
        outcome: savedOutcome(listedPhoto('unknown')),
      },
      { status: 'failed', photo, outcome: failedOutcome(photo) },
      { status: 'pending', photo: listedPhoto('pending') },
    ];
    expect(originality(entries, thumbnails)).toMatchObject({ measured: 0, signs: [], doubtful: 0 });
  });
});
