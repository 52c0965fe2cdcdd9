import { expect, test } from '@jest/globals';
import { albumEntries } from '../../src/album/entries.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../sample-photo.js';
import { withAlbum } from './with-album.js';

const [a, b, c, d] = [listedPhoto('a'), listedPhoto('b'), listedPhoto('c'), listedPhoto('d')];

test('each photo of the album comes once, in album order, with what became of it', () =>
  withAlbum(async ({ album, push }) => {
    await push(savedOutcome(c), failedOutcome(a));
    await album.writeListingPage(2, [c, a]);
    await album.writeListingPage(1, [a, b]);
    expect(await albumEntries(album)).toEqual([
      { status: 'failed', photo: a, outcome: failedOutcome(a) },
      { status: 'pending', photo: b },
      { status: 'saved', photo: c, outcome: savedOutcome(c) },
    ]);
  }));

test('the last outcome of a photo counts', () =>
  withAlbum(async ({ album, push }) => {
    await push(failedOutcome(a, 'first'), failedOutcome(b), savedOutcome(b));
    await push(failedOutcome(a, 'second'));
    await album.writeListingPage(1, [a, b]);
    expect(await albumEntries(album)).toMatchObject([
      { status: 'failed', outcome: { reason: 'second' } },
      { status: 'saved' },
    ]);
  }));

test('where a photo stands is what the last walk says, not what it was when it was saved', () =>
  withAlbum(async ({ album, push }) => {
    await push(savedOutcome(a));
    await album.writeListingPage(3, [{ ...a, page: 3, position: 9 }]);
    expect(await albumEntries(album)).toMatchObject([{ photo: { page: 3, position: 9 } }]);
  }));

test('saved photos that left the album follow, without a place; what failed and left is gone', () =>
  withAlbum(async ({ album, push }) => {
    await push(savedOutcome(d), failedOutcome(b), savedOutcome(c));
    await album.writeListingPage(1, [a]);
    const entries = await albumEntries(album);
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
    const entries = await albumEntries(album);
    expect(entries).toMatchObject([
      { status: 'failed', photo: { id: 'c' }, outcome: { reason: 'second' } },
      { status: 'saved', photo: { id: 'd' } },
    ]);
    expect(entries).toHaveLength(2);
  }));
