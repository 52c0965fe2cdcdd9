import { expect, test } from '@jest/globals';
import { Album } from '../../src/album/album.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withAlbum, withAlbumIn } from './with-album.js';

const identity = { profile: 'kodak-pulse', url: 'https://album.test/', username: 'anna\n😀' };
const [a, b, c] = [listedPhoto('a'), listedPhoto('b'), listedPhoto('c')];

const ids = (album: Album) => [...album.entries()].map(({ photo }) => photo.id);

test('a new album is nobody’s and has no photo', () =>
  withAlbum(async ({ album }) => {
    expect(album.identity()).toBeUndefined();
    expect(album.lastRun()).toBeUndefined();
    expect([...album.entries()]).toEqual([]);
  }));

test('what was written is there after the storage was closed, for readers too', () =>
  withTemporaryFolder(async (folder) => {
    const outcome = savedOutcome(a);
    const run = { startedAt: '2026-11-22T10:00:00.000Z', processId: 1 };
    await withAlbumIn(folder, async ({ album, push }) => {
      await album.setIdentity(identity);
      await album.setLastRun(run);
      await album.writeListingPage(1, [a]);
      await album.addThumbnailSize('a', { width: 8, height: 6 });
      await push(outcome);
    });
    const storage = StorageFolder.openForReading(folder);
    try {
      const album = new Album(storage);
      expect(album.identity()).toEqual(identity);
      expect(album.lastRun()).toEqual(run);
      const thumbnail = { width: 8, height: 6 };
      expect([...album.entries()]).toEqual([{ status: 'saved', photo: a, outcome, thumbnail }]);
      expect(album.thumbnails()).toEqual({ measured: 1, longestSide: 8 });
    } finally {
      storage.close();
    }
  }));

test('the listing is in album order, in whatever order the pages were written', () =>
  withAlbum(async ({ album }) => {
    await album.writeListingPage(10, [c]);
    await album.writeListingPage(2, [b]);
    await album.writeListingPage(1, [a]);
    expect(ids(album)).toEqual(['a', 'b', 'c']);
  }));

test('a page written again is replaced', () =>
  withAlbum(async ({ album }) => {
    await album.writeListingPage(1, [a, b]);
    await album.writeListingPage(1, [c]);
    expect(ids(album)).toEqual(['c']);
  }));

test('the pages after the last one of a walk are forgotten, the others and the identity not', () =>
  withAlbum(async ({ album }) => {
    await album.setIdentity(identity);
    await album.writeListingPage(1, [a]);
    await album.writeListingPage(2, [b]);
    await album.writeListingPage(10, [c]);
    await album.endListing(2);
    expect(ids(album)).toEqual(['a', 'b']);
    await album.endListing(0);
    expect(ids(album)).toEqual([]);
    expect(album.identity()).toEqual(identity);
  }));
