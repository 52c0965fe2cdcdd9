import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { photoKey } from '../../../src/album/photo.js';
import { UsageError } from '../../../src/errors.js';
import {
  defaultName,
  nameSlots,
  parseNamePattern,
} from '../../../src/exports/files/name-pattern.js';
import { namePhotos } from '../../../src/exports/files/photo-names.js';
import type { SavedEntry } from '../../../src/exports/saved-entry.js';
import { sameName } from '../../../src/files/file-name.js';
import { type Said, savedEntry } from './saved-files.js';

describe('names of photos', () => {
  const guid = '8ab5b353-73d0-47ea-95a7-12b09521ce09';
  const uploadedAt = '2016-11-24T00:43:59.217Z';
  const none: ReadonlyMap<string, string> = new Map();

  /** The names of these photos, in their order. */
  function names(entries: readonly SavedEntry[], pattern = defaultName, given = none): string[] {
    const all = namePhotos(parseNamePattern(pattern), [...entries], given);
    return entries.map(({ photo }) => all.get(photo.key) ?? '');
  }

  const nameOf = (said: Said, pattern?: string) => names([savedEntry(guid, said)], pattern)[0];

  describe('a photo is named', () => {
    test('by its date and the beginning of its id', () => {
      expect(nameOf({ uploadedAt })).toBe('2016/2016-11-24_00-43-59_8ab5b353.jpg');
      expect(nameOf({ uploadedAt, takenAt: '2012-07-04T12:34:56+02:00' })).toBe(
        '2012/2012-07-04_12-34-56_8ab5b353.jpg',
      );
    });

    test.each([
      ['2012-07-04T12:34', '2012/2012-07-04_12-34_8ab5b353.jpg'],
      ['2012-07-04', '2012/2012-07-04_8ab5b353.jpg'],
      ['2012-07', '2012/2012-07_8ab5b353.jpg'],
      ['2012', '2012/2012_8ab5b353.jpg'],
      [undefined, 'undated/8ab5b353.jpg'],
    ])('by as much of the date %s as is known', (date, name) => {
      expect(nameOf(date === undefined ? {} : { date })).toBe(name);
    });

    const said: Said = {
      uploadedAt,
      title: 'Am Meer: 1/2',
      sender: 'Oma',
      album: ['Familie', 'Sommer'],
      fileName: 'IMG_0042.JPG',
    };
    test.each([
      ['{album}/{date} {title}', 'Familie - Sommer/2016-11-24 Am Meer_ 1_2.jpg'],
      ['{year}/{month}/{day}/{name}', '2016/11/24/IMG_0042.jpg'],
      ['{sender}/{time} [{title}] {id}', 'Oma/00-43-59 [Am Meer_ 1_2] 8ab5b353.jpg'],
      ['all/{id}', 'all/8ab5b353.jpg'],
      ['photo', 'photo.jpg'],
    ])('by the pattern %s', (pattern, name) => {
      expect(nameOf(said, pattern)).toBe(name);
    });

    test.each([
      ['{album}/{sender}/{title}', 'no album/no sender/8ab5b353.jpg'],
      ['{date} ({title})', '2016-11-24.jpg'],
      ['{title} - {date}', '2016-11-24.jpg'],
      ['{date}_{title}_{id}', '2016-11-24_8ab5b353.jpg'],
      ['{name}', '8ab5b353.jpg'],
    ])('without what it does not have: %s', (pattern, name) => {
      expect(nameOf({ uploadedAt }, pattern)).toBe(name);
    });

    test('never by a way out of the folder, or the name of the checksums', () => {
      expect(nameOf({ title: '../../evil' }, '{title}/{title}')).toBe('_.._evil/_.._evil.jpg');
      expect(nameOf({ title: '..' }, '{title}/{title}')).toBe('untitled/8ab5b353.jpg');
      expect(nameOf({ title: 'Sha256Sums' }, '{title}/{id}')).toBe('_Sha256Sums/8ab5b353.jpg');
      expect(nameOf({ title: 'nul' }, '{title}/{title}')).toBe('_nul/_nul.jpg');
    });
  });

  describe('names that would be the same', () => {
    const named = (id: string, version: string, said: Said = {}) =>
      savedEntry(id, { key: photoKey(id, version), version, uploadedAt, ...said });

    test('get more of the id, and a hash of the key where that is not enough', () => {
      const one = names([named(guid, '1'), named(guid, '2'), named(guid, '3')]);
      expect(one[0]).toBe('2016/2016-11-24_00-43-59_8ab5b353.jpg');
      expect(one[1]).toBe(`2016/2016-11-24_00-43-59_${guid}.jpg`);
      expect(one[2]).toMatch(/^2016\/2016-11-24_00-43-59_8ab5b353_[0-9a-f]{32}\.jpg$/);
    });

    test('get the id where the pattern has none', () => {
      const title = { title: 'Oma' };
      expect(names([named('a', '1', title), named('b', '1', title)], '{title}')).toEqual([
        'Oma.jpg',
        'Oma_b.jpg',
      ]);
    });

    test('also where only some file systems take them for one', () => {
      const entries = ['Äpfel', 'a\u0308PFEL'].map((title, index) =>
        savedEntry(`photo ${index}`, { title }),
      );
      expect(new Set(names(entries, '{title}').map(sameName)).size).toBe(2);
    });
  });

  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({
      unit: fc.constantFrom('a', 'A', 'ä', 'a\u0308', '.', ' ', '/', '\\', 'con', '語'),
    }),
  );
  const said = fc.record(
    { title: text, album: fc.array(text, { maxLength: 3 }), fileName: text, sender: text },
    { requiredKeys: [] },
  );
  const date = fc.constantFrom(undefined, '2012', '2012-07-04', '2012-07-04T12:34:56', uploadedAt);
  const entry = fc
    .record({ id: text, version: fc.constantFrom('1', '2', '3'), said, date })
    .map(({ id, version, said: { ...given }, date: when }) =>
      savedEntry(id, {
        ...given,
        key: photoKey(id, version),
        ...(when !== undefined && { date: when }),
      }),
    );
  const album = fc.uniqueArray(entry, { selector: ({ photo }) => photo.key, maxLength: 30 });
  const pattern = fc.constantFrom(
    defaultName,
    '{title}',
    '{album}/{title}',
    '{album}/{sender}/{title}_{id}',
    '{id}/{name}',
    'all {month}/photo',
  );

  describe('whatever an album says', () => {
    test('no two names are one to any file system, and every system takes them', () => {
      fc.assert(
        fc.property(album, pattern, (entries, by) => {
          const given = names(entries, by);
          expect(new Set(given.map(sameName)).size).toBe(entries.length);
          for (const name of given) {
            expect(name.split('/')).toHaveLength(by.split('/').length);
            expect(name).toMatch(/[^/]\.jpg$/);
            for (const part of name.split('/')) {
              expect(part).not.toMatch(/\p{Cc}|[<>:"\\|?*]|^[. ]|[. ]$|^$/u);
              expect(part).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
              expect(part.length).toBeLessThanOrEqual(120);
              expect(Buffer.byteLength(`${part}.xmp`)).toBeLessThanOrEqual(255);
            }
          }
        }),
      );
    });

    test('a name stays, whatever comes later and whatever is said later', () => {
      fc.assert(
        fc.property(album, album, pattern, said, (before, later, by, saidLater) => {
          const first = namePhotos(parseNamePattern(by), before, none);
          const changed = [...later, ...before].map((one) => ({
            ...one,
            photo: { ...one.photo, ...saidLater },
          }));
          const second = namePhotos(parseNamePattern(by), changed, first);
          for (const [key, name] of first) expect(second.get(key)).toBe(name);
          expect(new Set([...second.values()].map(sameName)).size).toBe(second.size);
        }),
      );
    });

    test('names do not depend on the order of the album', () => {
      fc.assert(
        fc.property(album, pattern, (entries, by) => {
          expect(names(entries.toReversed(), by)).toEqual(names(entries, by).toReversed());
        }),
      );
    });
  });
});

describe('patterns of names', () => {
  test('a pattern is folders and a file, each of text and slots', () => {
    expect(parseNamePattern('all/{year} of {album}/{id}').segments).toEqual([
      ['all'],
      [{ slot: 'year' }, ' of ', { slot: 'album' }],
      [{ slot: 'id' }],
    ]);
  });

  test('a slot that there is not is an error that names those that there are', () => {
    const parse = () => parseNamePattern('{year}/{dat}_{constructor}');
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow('{dat} is not a slot');
    expect(parse).toThrow('{constructor} is not a slot');
    for (const slot of Object.keys(nameSlots)) expect(parse).toThrow(`{${slot}}`);
  });

  test.each([
    ['{id', 'has no partner'],
    ['id}', 'has no partner'],
    ['{{id}}', 'has no partner'],
    ['', 'without a name'],
    ['/{id}', 'without a name'],
    ['{id}/', 'without a name'],
    ['a//{id}', 'without a name'],
    ['../{id}', 'without a name'],
    ['a/./{id}', 'without a name'],
    ['.hidden/{id}', 'begins or ends with a dot'],
    ['{year} /{id}', 'begins or ends with a dot or a space'],
    ['{year}\\{id}', 'separated by /'],
    ['{time}:{id}', 'not every system accepts'],
    ['C:/{id}', 'not every system accepts'],
  ])('%j is an error: %s', (pattern, reason) => {
    expect(() => parseNamePattern(pattern)).toThrow(reason);
  });
});
