import { expect, test } from '@jest/globals';
import { Album } from '../../src/album/album.js';
import { DurableStorageClient } from '../../src/storage/client.js';
import { listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { all, withAlbum, withAlbumIn } from './with-album.js';

const identity = { profile: 'kodak-pulse', url: 'https://album.test/', username: 'anna\n😀' };
const [a, b, c] = [listedPhoto('a'), listedPhoto('b'), listedPhoto('c')];

async function ids(album: Album): Promise<string[]> {
  return (await all(album.listing())).map(({ id }) => id);
}

test('a new album is nobody’s and lists nothing', () =>
  withAlbum(async ({ album }) => {
    expect(await album.identity()).toBeUndefined();
    expect(await all(album.listing())).toEqual([]);
    expect(await all(album.outcomes())).toEqual([]);
  }));

test('what was written is there after the storage was closed, for readers too', () =>
  withTemporaryFolder(async (folder) => {
    const outcome = savedOutcome(a);
    await withAlbumIn(folder, async ({ album, push }) => {
      await album.setIdentity(identity);
      await album.writeListingPage(1, [a]);
      await push(outcome);
    });
    const client = DurableStorageClient.openForReading(folder);
    try {
      const album = await Album.open(client);
      expect(await album.identity()).toEqual(identity);
      expect(await all(album.listing())).toEqual([a]);
      expect(await all(album.outcomes())).toEqual([outcome]);
    } finally {
      client.close();
    }
  }));

test('the listing is in album order, in whatever order the pages were written', () =>
  withAlbum(async ({ album }) => {
    await album.writeListingPage(10, [c]);
    await album.writeListingPage(2, [b]);
    await album.writeListingPage(1, [a]);
    expect(await ids(album)).toEqual(['a', 'b', 'c']);
  }));

test('a page written again is replaced', () =>
  withAlbum(async ({ album }) => {
    await album.writeListingPage(1, [a, b]);
    await album.writeListingPage(1, [c]);
    expect(await ids(album)).toEqual(['c']);
  }));

test('a photo that is on two pages is listed once, where it is first', () =>
  withAlbum(async ({ album }) => {
    await album.writeListingPage(1, [a, b]);
    await album.writeListingPage(2, [b, c]);
    expect(await ids(album)).toEqual(['a', 'b', 'c']);
  }));

test('the pages behind the last one of a walk are forgotten, the others and the identity not', () =>
  withAlbum(async ({ album }) => {
    await album.setIdentity(identity);
    await album.writeListingPage(1, [a]);
    await album.writeListingPage(2, [b]);
    await album.writeListingPage(10, [c]);
    await album.endListing(2);
    expect(await ids(album)).toEqual(['a', 'b']);
    await album.endListing(0);
    expect(await ids(album)).toEqual([]);
    expect(await album.identity()).toEqual(identity);
  }));

test('albums of more than a thousand pages are listed, and forgotten, to the end', () =>
  withAlbum(async ({ album }) => {
    const pages = Array.from({ length: 1001 }, (_, index) => listedPhoto(String(index), index + 1));
    for (const photo of pages) await album.writeListingPage(photo.page, [photo]);
    expect(await ids(album)).toEqual(pages.map(({ id }) => id));
    await album.endListing(0);
    expect(await ids(album)).toEqual([]);
  }));

test('thousands of outcomes come in the order in which they were recorded', () =>
  withAlbum(async ({ album, push }) => {
    for (const count of [999, 1000, 2000, 2001]) {
      const present = (await all(album.outcomes())).length;
      const more = Array.from({ length: count - present }, (_, index) =>
        savedOutcome(listedPhoto(String(present + index))),
      );
      await push(...more);
      const read = (await all(album.outcomes())).map(({ id }) => id);
      expect(read).toEqual(Array.from({ length: count }, (_, index) => String(index)));
    }
  }));

test('outcomes are found by their numbers, near each other and far apart, or not at all', () =>
  withAlbum(async ({ album, push }) => {
    const count = 1500;
    await push(
      ...Array.from({ length: count }, (_, row) => savedOutcome(listedPhoto(String(row)))),
    );
    const rows = [1499, 0, 7, 6, 400, 60, 61, 1100, 900, 1450];
    const found = await album.outcomesAt(rows);
    expect([...found.keys()].sort((one, two) => one - two)).toEqual(
      rows.sort((one, two) => one - two),
    );
    for (const row of rows) expect(found.get(row)?.id).toBe(String(row));
    const every = await album.outcomesAt(Array.from({ length: count }, (_, row) => row));
    expect([...every.values()].map(({ id }) => Number(id))).toEqual([...every.keys()]);
    expect(await album.outcomesAt([])).toEqual(new Map());
    await expect(album.outcomesAt([3, count])).rejects.toThrow('no row 1500');
  }));
