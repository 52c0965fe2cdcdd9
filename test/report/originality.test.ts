import { expect, test } from '@jest/globals';
import type { AlbumEntry } from '../../src/album/entries.js';
import { photoKey } from '../../src/album/photo.js';
import type { PixelSize } from '../../src/picture/picture-facts.js';
import { OriginalityCheck } from '../../src/report/originality.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';

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
