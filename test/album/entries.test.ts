import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AlbumEntry } from '../../src/album/entries.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withAlbum } from './with-album.js';

const [a, b, c, d] = [listedPhoto('a'), listedPhoto('b'), listedPhoto('c'), listedPhoto('d')];

test('each photo of the album comes once, in album order, with what became of it', () =>
  withAlbum(async ({ album, push }) => {
    await push(savedOutcome(c), failedOutcome(a));
    await album.listing.write(2, [c, a]);
    await album.listing.write(1, [a, b]);
    expect([...album.entries()]).toEqual([
      { status: 'failed', photo: a, outcome: failedOutcome(a) },
      { status: 'pending', photo: b },
      { status: 'saved', photo: c, outcome: savedOutcome(c) },
    ]);
  }));

test('the last outcome of a photo counts', () =>
  withAlbum(async ({ album, push }) => {
    await push(failedOutcome(a, 'first'), failedOutcome(b), savedOutcome(b));
    await push(failedOutcome(a, 'second'));
    await album.listing.write(1, [a, b]);
    expect([...album.entries()]).toMatchObject([
      { status: 'failed', outcome: { reason: 'second' } },
      { status: 'saved' },
    ]);
  }));

test('where a photo stands is what the last walk says, not what it was when it was saved', () =>
  withAlbum(async ({ album, push }) => {
    await push(savedOutcome(a));
    await album.listing.write(3, [{ ...a, page: 3, position: 9 }]);
    expect([...album.entries()]).toMatchObject([{ photo: { page: 3, position: 9 } }]);
  }));

test('what a photo’s own page said when it was tried stands beside what the album lists today', () =>
  withAlbum(async ({ album, push }) => {
    const read = { title: 'Then', caption: 'The lake', fileName: 'lake.jpg', date: '2009-12-21' };
    await push(savedOutcome({ ...a, ...read }), failedOutcome({ ...b, ...read }));
    await album.listing.write(1, [{ ...a, title: 'Today' }, b]);
    expect([...album.entries()].map(({ photo }) => photo)).toEqual([
      { ...a, ...read, title: 'Today' },
      { ...b, ...read },
    ]);
  }));

test('saved photos that left the album follow, without a place; what failed and left is gone', () =>
  withAlbum(async ({ album, push }) => {
    await push(savedOutcome(d), failedOutcome(b), savedOutcome(c));
    await album.listing.write(1, [a]);
    const entries = [...album.entries()];
    expect(entries.map(({ photo, status }) => [photo.id, status])).toEqual([
      ['a', 'pending'],
      ['d', 'saved'],
      ['c', 'saved'],
    ]);
    expect(entries[1]?.photo).not.toHaveProperty('page');
    expect(entries[1]?.photo).not.toHaveProperty('position');
  }));

test('a photo that left the album after it was saved, and is lost since, is still named', () =>
  withAlbum(async ({ album, push }) => {
    await push(savedOutcome(c), failedOutcome(c, 'first'), failedOutcome(c, 'second'));
    await push(savedOutcome(d), failedOutcome(d), savedOutcome(d), failedOutcome(b));
    const entries = [...album.entries()];
    expect(entries).toMatchObject([
      { status: 'failed', photo: { id: 'c' }, outcome: { reason: 'second' } },
      { status: 'saved', photo: { id: 'd' } },
    ]);
    expect(entries).toHaveLength(2);
  }));

test('an album comes page by page, then what left it, as often as it is asked for', () =>
  withAlbum(async ({ album, push }) => {
    const left = Array.from({ length: 450 }, (_, index) => listedPhoto(`left ${index}`));
    await push(...left.map(savedOutcome), savedOutcome(b), failedOutcome(left[3] ?? d));
    await album.listing.write(1, [a, b, a]);
    await album.listing.write(2, [b, a]);
    await album.listing.write(3, [b, c]);
    const idsOf = (entries: Iterable<AlbumEntry>) => [...entries].map(({ photo }) => photo.id);
    for (let times = 0; times < 2; times++) {
      expect([...album.pages()].map(idsOf)).toEqual([['a', 'b'], ['c']]);
      expect(idsOf(album.departed())).toEqual(left.map(({ id }) => id));
    }
  }));

test('the entries of any album are what a plain look at all its rows gives', async () => {
  const id = fc.constantFrom(...'abcdefgh');
  const rows = fc.array(fc.record({ id, saved: fc.boolean() }), { maxLength: 30 });
  const pages = fc.array(fc.array(id, { maxLength: 4 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(rows, pages, (rows, pages) =>
      withAlbum(async ({ album, push }) => {
        const outcomes = rows.map(({ id, saved }, row) =>
          saved
            ? { ...savedOutcome(listedPhoto(id)), bytes: row }
            : failedOutcome(listedPhoto(id), `row ${row}`),
        );
        await push(...outcomes);
        const photos = pages.map((ids, page) =>
          ids.map((id, place) => listedPhoto(id, page + 1, place + 1)),
        );
        for (const [page, listed] of photos.entries()) {
          await album.listing.write(page + 1, listed);
        }

        const lastOf = (key: string) => outcomes.filter((outcome) => outcome.key === key).at(-1);
        const listed = photos
          .flat()
          .filter(({ key }, place, every) => every.findIndex((one) => one.key === key) === place);
        const left = outcomes
          .filter(({ key }, row) => outcomes.findIndex((one) => one.key === key) === row)
          .filter(({ key }) => !listed.some((photo) => photo.key === key))
          .filter(({ key }) => outcomes.some((one) => one.key === key && one.status === 'saved'))
          .map(({ key }) => lastOf(key));
        const entries = [...album.entries()];
        expect(entries.slice(0, listed.length)).toEqual(
          listed.map((photo) => {
            const outcome = lastOf(photo.key);
            return { status: outcome?.status ?? 'pending', photo, ...(outcome && { outcome }) };
          }),
        );
        expect(entries.slice(listed.length).map(({ outcome }) => outcome)).toEqual(left);
        expect(entries.slice(listed.length).filter(({ photo }) => 'page' in photo)).toEqual([]);
      }),
    ),
    { numRuns: 40 },
  );
});
