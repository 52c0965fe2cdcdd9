import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Album, type RunRecord } from '../../src/album/album.js';
import { albumCounts, albumTally } from '../../src/album/counts.js';
import { listDoubts } from '../../src/album/list-doubts.js';
import { albumStatus } from '../../src/album/status.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withAlbum, withAlbumIn } from './with-album.js';

describe('the album', () => {
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
        await album.listing.write(1, [a]);
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
      await album.listing.write(10, [c]);
      await album.listing.write(2, [b]);
      await album.listing.write(1, [a]);
      expect(ids(album)).toEqual(['a', 'b', 'c']);
    }));

  test('a page written again is replaced', () =>
    withAlbum(async ({ album }) => {
      await album.listing.write(1, [a, b]);
      await album.listing.write(1, [c]);
      expect(ids(album)).toEqual(['c']);
    }));

  test('what came of reading a page is forgotten when another list of it is written', () =>
    withAlbum(async ({ album }) => {
      const reading = { digest: 'd', shown: Buffer.from('s'), snapshot: undefined, lasts: true };
      await album.listing.write(1, [a]);
      await album.listing.setReading(1, reading);
      expect(album.listing.reading(1)).toEqual(reading);
      await album.listing.write(1, [b]);
      expect(album.listing.reading(1)).toBeUndefined();
    }));

  test('the pages after the last one of a walk are forgotten, the others and the identity not', () =>
    withAlbum(async ({ album }) => {
      await album.setIdentity(identity);
      await album.listing.write(1, [a]);
      await album.listing.write(2, [b]);
      await album.listing.write(10, [c]);
      await album.listing.endAt(2);
      expect(ids(album)).toEqual(['a', 'b']);
      await album.listing.endAt(0);
      expect(ids(album)).toEqual([]);
      expect(album.identity()).toEqual(identity);
    }));
});

describe('its counts', () => {
  const [a, b, c] = [listedPhoto('a'), listedPhoto('b'), listedPhoto('c')];
  const [left, lost] = [listedPhoto('left'), listedPhoto('lost')];

  test('each photo is counted once, by its last outcome, whether it is still listed or not', () =>
    withAlbum(async ({ album, push }) => {
      await push(savedOutcome(a), failedOutcome(a), failedOutcome(b), savedOutcome(b));
      await push(savedOutcome(left), savedOutcome(lost), failedOutcome(lost));
      await push(failedOutcome(listedPhoto('never saved, no longer listed')));
      await album.listing.write(1, [a, b, c]);
      await album.listing.write(2, [b, a]);
      expect(albumCounts(album)).toEqual({
        counts: { listed: 3, saved: 2, failed: 2, pending: 1, left: 1, lost: 1 },
        bytes: 250_000,
      });
    }));

  test('an empty album has counts too', () =>
    withAlbum(async ({ album }) => {
      const counts = { listed: 0, saved: 0, failed: 0, pending: 0, left: 0, lost: 0 };
      expect(albumCounts(album)).toEqual({ counts, bytes: 0 });
    }));

  test('for a run, what is listed is counted by what the run and those before it did', () =>
    withAlbum(async ({ album, push }) => {
      const run = 'this run';
      await push(savedOutcome(a), failedOutcome(b), savedOutcome(left));
      await album.photos.push(savedOutcome(c), 'an earlier run');
      await album.photos.push(savedOutcome(b), run);
      await album.photos.push(savedOutcome(lost), run);
      await album.photos.push(failedOutcome(lost), run);
      await album.photos.push(failedOutcome(listedPhoto('failed')), run);
      await album.listing.write(1, [a, b, c, listedPhoto('failed'), listedPhoto('pending')]);
      expect(albumTally(album, run)).toEqual({
        listed: 5,
        saved: 1,
        alreadyHad: 2,
        failed: 1,
        pending: 1,
        left: 1,
      });
    }));

  test('the counts of any album are those of its entries', async () => {
    const id = fc.constantFrom(...'abcdefgh');
    const rows = fc.array(fc.record({ id, saved: fc.boolean() }), { maxLength: 30 });
    const pages = fc.array(fc.array(id, { maxLength: 4 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(rows, pages, (rows, pages) =>
        withAlbum(async ({ album, push }) => {
          await push(
            ...rows.map(({ id, saved }) =>
              saved ? savedOutcome(listedPhoto(id)) : failedOutcome(listedPhoto(id)),
            ),
          );
          for (const [page, ids] of pages.entries()) {
            await album.listing.write(
              page + 1,
              ids.map((id, place) => listedPhoto(id, page + 1, place + 1)),
            );
          }
          const entries = [...album.entries()];
          const having = (status: string, isListed: (listed: boolean) => boolean = () => true) =>
            entries.filter(
              (entry) => entry.status === status && isListed(entry.photo.page !== undefined),
            ).length;
          const saved = having('saved');
          expect(albumCounts(album)).toEqual({
            counts: {
              listed: entries.filter(({ photo }) => photo.page !== undefined).length,
              saved,
              failed: having('failed'),
              pending: having('pending'),
              left: having('saved', (listed) => !listed),
              lost: having('failed', (listed) => !listed),
            },
            bytes: saved * 125_000,
          });
        }),
      ),
      { numRuns: 20 },
    );
  });

  test('the status of an album is its counts with whose it is and how its last run went', () =>
    withAlbum(async ({ album }) => {
      const identity = { profile: 'kodak-pulse', url: 'https://album.test/', username: 'a' };
      const doubts = [expect.stringContaining('has not ended')];
      const status = { album: identity, ...albumCounts(album), doubts };
      expect(await albumStatus(album, identity)).toEqual(status);
    }));
});

describe('doubts about its list', () => {
  const begun: RunRecord = { startedAt: '2026-11-22T10:00:00.000Z', processId: 1 };
  const doubts = ['The album has more than 4 pages.'];

  test('a run that ended as it should leaves what it doubted, and nothing where that is nothing', () => {
    expect(listDoubts({ ...begun, ending: 'complete', doubts: [] })).toEqual([]);
    expect(listDoubts({ ...begun, ending: 'incomplete', doubts: [] })).toEqual([]);
    expect(listDoubts({ ...begun, ending: 'incomplete', doubts })).toEqual(doubts);
  });

  test('a run that ended early, or has not ended, is itself a doubt', () => {
    expect(listDoubts({ ...begun, ending: 'interrupted', doubts })).toEqual([
      ...doubts,
      'The last run was interrupted by Ctrl-C, so the list may not be whole. Run the same command again.',
    ]);
    const underWay =
      'The last run has not ended, so the list may not be whole. Run the same command again.';
    expect(listDoubts(begun)).toEqual([underWay]);
  });
});
