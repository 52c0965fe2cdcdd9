import { describe, expect, test } from '@jest/globals';
import { type Digest, DigestMap } from '../../src/walk/digest-map.js';
import { keyDigest } from '../../src/walk/key-digest.js';
import { ListedPhotos } from '../../src/walk/listed-photos.js';

describe('listed photos', () => {
  /** Adds the pages of a walk, a list for each album. @returns how many photos of each page are new */
  function walk(photos: ListedPhotos, albums: readonly (readonly string[][])[]): number[][] {
    photos.beginWalk();
    return albums.map((pages) => {
      photos.beginAlbum();
      return pages.map((keys) => photos.addPage(keys));
    });
  }

  test('a photo is new once in each album of a walk, and counts once', () => {
    const photos = new ListedPhotos();
    const newPhotos = walk(photos, [
      [
        ['a', 'b', 'a'],
        ['b', 'c'],
      ],
      [['c', 'd'], ['a']],
    ]);
    expect(newPhotos).toEqual([
      [2, 1],
      [2, 1],
    ]);
    expect(photos.count).toBe(4);
  });

  test('it is new again in the next walk', () => {
    const photos = new ListedPhotos();
    walk(photos, [[['a', 'b']], [['c']]]);
    expect(walk(photos, [[['c', 'a']], [['c']]])).toEqual([[2], [1]]);
    expect(photos.count).toBe(2);
  });

  test('walks that list the same photos in another order have one digest', () => {
    const photos = new ListedPhotos();
    walk(photos, [[['a', 'b']], [['c']]]);
    const { digest } = photos;
    walk(photos, [[['c'], ['b', 'a', 'c']]]);
    expect(photos.digest).toBe(digest);
  });

  test.each([
    ['fewer', ['a', 'b']],
    ['more', ['a', 'b', 'c', 'd']],
    ['others', ['a', 'b', 'd']],
  ])('one that lists %s has another', (_what, keys) => {
    const photos = new ListedPhotos();
    walk(photos, [[['a', 'b', 'c']]]);
    const { digest } = photos;
    walk(photos, [[keys]]);
    expect(photos.digest).not.toBe(digest);
  });
});

describe('the map of digests', () => {
  /** Most of them begin to look for their slots at the same few. */
  const digests = Array.from(
    { length: 5000 },
    (_, number): Digest => [number, (number % 7) * 2 ** 29],
  );

  test('each of many digests has the value that it was given last', () => {
    const map = new DigestMap();
    for (const [index, digest] of digests.entries()) map.set(digest, index + 1);
    for (const [index, digest] of digests.entries()) {
      if (index % 2 === 0) map.set(digest, 2 ** 32 - 1 - index);
    }
    expect(digests.map((digest) => map.get(digest))).toEqual(
      digests.map((_, index) => (index % 2 === 0 ? 2 ** 32 - 1 - index : index + 1)),
    );
  });

  test('others have none', () => {
    const map = new DigestMap();
    map.set([1, 2], 3);
    expect([map.get([1, 2]), map.get([2, 1]), map.get([1, 2 ** 32 - 1])]).toEqual([
      3,
      undefined,
      undefined,
    ]);
  });
});

describe('digests of keys', () => {
  test('photos of a large album have a digest each, of twelve characters', () => {
    const keys = Array.from({ length: 20_000 }, (_, number) => `photo ${number}`);
    const digests = keys.map(keyDigest);
    expect(new Set(digests).size).toBe(keys.length);
    expect(new Set(digests.map(({ length }) => length))).toEqual(new Set([12]));
    expect(keys.map(keyDigest)).toEqual(digests);
  });
});
