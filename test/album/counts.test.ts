import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { albumCounts, albumTally } from '../../src/album/counts.js';
import { albumStatus } from '../../src/album/status.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withAlbum } from './with-album.js';

const [a, b, c] = [listedPhoto('a'), listedPhoto('b'), listedPhoto('c')];
const [left, lost] = [listedPhoto('left'), listedPhoto('lost')];

test('each photo is counted once, by its last outcome, whether it is still listed or not', () =>
  withAlbum(async ({ album, push }) => {
    await push(savedOutcome(a), failedOutcome(a), failedOutcome(b), savedOutcome(b));
    await push(savedOutcome(left), savedOutcome(lost), failedOutcome(lost));
    await push(failedOutcome(listedPhoto('never saved, no longer listed')));
    await album.writeListingPage(1, [a, b, c]);
    await album.writeListingPage(2, [b, a]);
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
    await album.writeListingPage(1, [a, b, c, listedPhoto('failed'), listedPhoto('pending')]);
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
          await album.writeListingPage(
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
