import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { photoFileName, photoKey } from '../../src/album/photo.js';
import { instantOf, photoDate } from '../../src/album/photo-date.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';

describe('a photo', () => {
  const safePart = '[a-z0-9][a-z0-9-]*(\\.[0-9a-f]{16})?';
  const safeName = new RegExp(`^${safePart}(_${safePart})?$`);

  /** Ids that sites have, and ids that file systems trip over. */
  const id = fc.oneof(
    fc.uuid(),
    fc.string({ unit: 'grapheme', maxLength: 120 }),
    fc.string({ unit: fc.constantFrom('a', 'A', 'b', '-', '_', '.', '/', '\\', '\0', ' ', '😀') }),
    fc.string({ unit: fc.constantFrom('a', '9', '-'), minLength: 90, maxLength: 300 }),
    fc.constantFrom(
      '',
      '.',
      '..',
      'con',
      'CON',
      'nul.txt',
      '../../etc/passwd',
      'C:\\photo',
      'é',
      'e\u0301',
    ),
  );
  const version = fc.option(id, { nil: undefined });

  test('every key is a safe and not too long file name', () => {
    fc.assert(
      fc.property(id, version, (photo, state) => {
        const key = photoKey(photo, state);
        expect(key).toMatch(safeName);
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(201);
      }),
    );
  });

  test('two photos share a key only if id and version are the same', () => {
    const photos = fc.array(fc.tuple(id, version), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(photos, (list) => {
        const distinct = new Set(list.map((photo) => JSON.stringify(photo)));
        expect(new Set(list.map(([photo, state]) => photoKey(photo, state))).size).toBe(
          distinct.size,
        );
      }),
    );
  });

  test('names that differ in case or normal form alone stay apart on every file system', () => {
    const similar = ['photo', 'Photo', 'PHOTO', 'é', 'e\u0301', 'ﬁ', 'fi'];
    const keys = similar.map((text) => photoKey(text).toLowerCase().normalize('NFKC'));
    expect(new Set(keys).size).toBe(similar.length);
  });

  test('the border between id and version counts', () => {
    expect(photoKey('a', 'b-c')).not.toBe(photoKey('a-b', 'c'));
    expect(photoKey('a_b')).not.toBe(photoKey('a', 'b'));
    expect(photoKey('a', '')).not.toBe(photoKey('a'));
  });

  test('a Kodak Pulse photo keeps its GUID and ticks readable in its key', () => {
    const guid = '8ab5b353-73d0-47ea-95a7-12b09521ce09';
    expect(photoKey(guid, '636155450392171000')).toBe(`${guid}_636155450392171000`);
  });

  // An id that is safe as it stands may look like an id that was made safe.
  test('the key of one photo, taken as the id of another, gives another key', () => {
    expect(photoKey(photoKey('é'))).not.toBe(photoKey('é'));
  });

  // Windows takes `con.jpg` and `con.1.jpg` for the console.
  test.each(['con', 'PRN', 'aux', 'nul', 'COM1', 'lpt9'])(
    'no original of a photo with the id %s has the name of a Windows device',
    (id) => {
      expect(photoFileName(photoKey(id, '1'), 'jpg')).toMatch(
        /^_[a-z0-9]{3,4}\.[0-9a-f]{16}_1\.jpg$/,
      );
    },
  );

  test('every other original has its key as its name', () => {
    expect(photoFileName(photoKey('console', '1'), 'jpg')).toBe('console_1.jpg');
  });

  // A photo whose key changed would be fetched again.
  test.each([
    ['con', 'con.'],
    ['CON', 'con.'],
    ['a/b', 'a-b.'],
  ])('the key of the id %j is what version 1 made of it', (id, start) => {
    const hash = createHash('sha256').update(id, 'utf16le').digest('hex').slice(0, 16);
    expect(photoKey(id)).toBe(`${start}${hash}`);
  });
});

describe('its date', () => {
  const photo = {
    ...listedPhoto('a'),
    date: '2012-07-05',
    uploadedAt: '2016-11-24T00:43:59.217Z',
  };
  const taken = (takenAt: string) => ({ ...savedOutcome(photo), takenAt });

  describe('the date that counts', () => {
    test('is that of the camera, else the site’s own, else that of the upload', () => {
      const { date: _date, ...uploaded } = photo;
      const exif = { date: '2012-07-04T12:34:56', source: 'exif' };
      expect(photoDate(photo, taken('2012-07-04T12:34:56'))).toEqual(exif);
      expect(photoDate(photo, savedOutcome(photo))).toEqual({ date: '2012-07-05', source: 'site' });
      expect(photoDate(photo, failedOutcome(photo))).toEqual({
        date: '2012-07-05',
        source: 'site',
      });
      expect(photoDate(uploaded)).toEqual({ date: photo.uploadedAt, source: 'upload' });
      expect(photoDate(listedPhoto('a'))).toBeUndefined();
    });

    test.each(['2012-07-04T12:34:56+02:00', '2012-07-04T12:34', '2012-07-04', '2012-07', '2012'])(
      'stays as its source wrote it: %s',
      (date) => {
        expect(photoDate({ date })).toEqual({ date, source: 'site' });
      },
    );

    test.each([
      '0000-00-00T00:00:00',
      '0001-01-01T00:00:00',
      '2012-13-04T12:34:56',
      '2013-02-29',
      '2012-07-04T25:00:00',
      '2012-W27',
      'July 2012',
      '',
    ])('is none that no photo can have: %s', (date) => {
      expect(photoDate({ date, uploadedAt: photo.uploadedAt })?.source).toBe('upload');
      expect(photoDate(photo, taken(date))?.source).toBe('site');
    });
  });

  describe('the instant of a date', () => {
    const instant = (date: string) => instantOf({ date, source: 'site' });

    test('with a zone is the same everywhere', () => {
      expect(instant('2012-07-04T12:34:56+02:00').toISOString()).toBe('2012-07-04T10:34:56.000Z');
      expect(instant('2012-07-04T12:34:56Z').toISOString()).toBe('2012-07-04T12:34:56.000Z');
    });

    test('without one is local time of the machine', () => {
      expect(instant('2012-07-04T12:34:56')).toEqual(new Date(2012, 6, 4, 12, 34, 56));
      expect(instant('2012-07-04')).toEqual(new Date(2012, 6, 4));
      expect(instant('2012')).toEqual(new Date(2012, 0, 1));
    });
  });
});
