import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { photoFileName, photoKey } from '../../src/album/photo.js';

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
