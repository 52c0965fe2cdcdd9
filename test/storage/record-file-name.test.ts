import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { recordFileName, storeFolderName } from '../../src/storage/record-file-name.js';

const jpeg = 'image/jpeg';

describe('the name of the file that holds a record', () => {
  test.each([
    ['photo.jpg', jpeg, 'photo.jpg'],
    ['8ab5b353-73d0-47ea-95a7-12b09521ce09_636155450392171000.jpg', 'image/png', undefined],
    ['photo', jpeg, 'photo~.jpg'],
    ['photo', 'image/jpeg; charset=binary', 'photo~.jpg'],
    ['photo', 'image/x-portable-pixmap', 'photo~.bin'],
    ['photo', 'image/png', 'photo~.png'],
    ['photo', '../../etc', 'photo~.bin'],
    ['film', 'video/quicktime', 'film~.mov'],
    ['data', 'application/octet-stream', 'data~.bin'],
    ['2016.11.24', jpeg, '2016.11.24~.jpg'],
    ['a b?.jpg', jpeg, 'a%20b%3f.jpg'],
    ['ähre.jpg', jpeg, '%c3%a4hre.jpg'],
    ['..', jpeg, '%2e.~.jpg'],
    ['.jpg', jpeg, '%2ejpg~.jpg'],
    ['../../up.jpg', jpeg, '%2e.%2f..%2fup.jpg'],
    ['..\\up.jpg', jpeg, '%2e.%5cup.jpg'],
    ['photo~.jpg', jpeg, 'photo%7e.jpg'],
    ['photo ', jpeg, 'photo%20~.jpg'],
    ['photo.', jpeg, 'photo.~.jpg'],
  ])('%j of type %s', (key, contentType, expected) => {
    expect(recordFileName(key, contentType)).toBe(expected ?? key);
  });

  test.each([
    ['IMG_1.JPG', /^img_1~[0-9a-f]{20}\.jpg$/],
    ['img_1.JPG', /^img_1~[0-9a-f]{20}\.jpg$/],
    ['Photo', /^photo~[0-9a-f]{20}\.jpg$/],
    ['con.jpg', /^con~[0-9a-f]{20}\.jpg$/],
    ['nul', /^nul~[0-9a-f]{20}\.jpg$/],
    ['con.tar.jpg', /^con-tar~[0-9a-f]{20}\.jpg$/],
    [`${'x'.repeat(300)}.jpg`, /^x{150}~[0-9a-f]{20}\.jpg$/],
  ])('%j, which needs a hash', (key, expected) => {
    expect(recordFileName(key, jpeg)).toMatch(expected);
  });

  test('is safe on every system, and different for different keys even where case is ignored', () => {
    const character = fc.constantFrom(...'aA.~%/\\:b1- é\u{1f600}'.split(/(?:)/u), 'con', '.jpg');
    const key = fc.oneof(
      fc.string({ unit: character, minLength: 1, maxLength: 6 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
    );
    const names = new Map<string, string>();
    fc.assert(
      fc.property(key, fc.constantFrom(jpeg, 'image/png', 'application/x-y'), (key, type) => {
        const name = recordFileName(key, type);
        expect(name).toMatch(/^[a-z0-9%\-_()!'][a-z0-9%\-_.()!'~]*\.[a-z0-9]{1,8}$/);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\./);
        expect(Buffer.byteLength(name)).toBeLessThan(200);
        expect(names.get(name) ?? key).toBe(key);
        names.set(name, key);
      }),
      { numRuns: 5000 },
    );
  });
});

test('a store has a folder of its own, safe on every system', () => {
  expect(storeFolderName('photos')).toBe('photos');
  expect(storeFolderName('..')).toBe('%2e%2e');
  expect(storeFolderName('a/b')).toBe('a%2fb');
  expect(storeFolderName('Photos')).toMatch(/^photos~[0-9a-f]{20}$/);
  expect(storeFolderName('aux')).toMatch(/^aux~[0-9a-f]{20}$/);
  expect(storeFolderName('a.')).toBe('a%2e');
});
