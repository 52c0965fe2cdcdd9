import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AlbumEntry } from '../../src/album/entries.js';
import type { Outcome } from '../../src/album/photo.js';
import { exportJson } from '../../src/exports/json.js';
import { albumOf, awkwardEntries, exportedAt, identity, oneOfEach } from './album-export.js';

async function read(entries: readonly AlbumEntry[]) {
  return JSON.parse(await text(exportJson(albumOf(entries))));
}

test('the album is introduced by its identity, the time and its counts', async () => {
  expect(await read(oneOfEach)).toMatchObject({
    schema: 1,
    album: identity,
    exportedAt,
    counts: { listed: 3, saved: 2, failed: 1, pending: 1 },
  });
});

test('what speaks against the list being whole stands before the photos', async () => {
  const album = albumOf(oneOfEach);
  const doubts = ['The album has more than 4 pages.'];
  expect(Object.keys(await read(oneOfEach))).toEqual([
    ...['schema', 'album', 'exportedAt', 'counts', 'doubts', 'photos'],
  ]);
  expect((await read(oneOfEach)).doubts).toEqual([]);
  expect(JSON.parse(await text(exportJson({ ...album, doubts }))).doubts).toEqual(doubts);
});

test('a saved photo has all that is known of it, in the order of the contract', async () => {
  const [photo] = (await read(oneOfEach)).photos;
  expect(Object.entries(photo)).toEqual([
    ['id', 'saved'],
    ['status', 'saved'],
    ['page', 1],
    ['position', 1],
    ['originalUrl', 'https://images.test/26~a~saved.jpg'],
    ['thumbnailUrl', 'https://images.test/26~t~saved.jpg'],
    ['file', 'key_value_stores/photos/saved.jpg'],
    ['contentType', 'image/jpeg'],
    ['bytes', 125_000],
    ['sha256', 'ab'.repeat(32)],
    ['savedAt', '2026-11-22T10:00:00.000Z'],
  ]);
});

test('a photo that failed has its reason, one that is pending has neither file nor reason', async () => {
  const [, failed, pending] = (await read(oneOfEach)).photos;
  expect(failed).toMatchObject({ status: 'failed', reason: 'the server answered 404' });
  expect(failed).not.toHaveProperty('file');
  expect(Object.keys(pending)).toEqual([
    'id',
    'status',
    'page',
    'position',
    'originalUrl',
    'thumbnailUrl',
  ]);
});

test('a photo that left the album has no place in it', async () => {
  const { photos } = await read(oneOfEach);
  expect(photos[3]).toMatchObject({ id: 'left the album', status: 'saved' });
  expect(photos[3]).not.toHaveProperty('page');
  expect(photos[3]).not.toHaveProperty('position');
});

test('a photo says where its date comes from, where it has one', async () => {
  const [{ photo, outcome, ...rest }] = oneOfEach as [AlbumEntry];
  const uploaded = { ...photo, uploadedAt: '2016-11-24T00:43:59.217Z' };
  const taken = { ...outcome, takenAt: '2012-07-04T12:34:56' } as Outcome;
  const { photos } = await read([
    { ...rest, photo: uploaded, outcome: taken },
    { ...rest, photo: { ...uploaded, date: '2012-07' } },
    { ...rest, photo: uploaded },
    { ...rest, photo },
  ]);
  expect(photos.map(({ dateSource }: { dateSource?: string }) => dateSource)).toEqual([
    'exif',
    'site',
    'upload',
    undefined,
  ]);
});

test('a time of EXIF that stands in for the original one is named', async () => {
  const [{ outcome, ...rest }] = oneOfEach as [AlbumEntry];
  const times = { takenAt: '2012-07-04T12:34:56', takenAtSource: 'DateTime' };
  const { photos } = await read([{ ...rest, outcome: { ...outcome, ...times } as Outcome }]);
  expect(photos[0]).toMatchObject(times);
});

test('a photo that the site itself has damaged is marked', async () => {
  const [{ outcome, ...rest }] = oneOfEach as [AlbumEntry];
  const damaged = { ...outcome, damagedAtSource: true } as Outcome;
  const { photos } = await read([{ ...rest, outcome: damaged }]);
  expect(photos[0]).toMatchObject({ status: 'saved', damagedAtSource: true });
});

test('an empty album has no photos', async () => {
  expect(await read([])).toMatchObject({ counts: { listed: 0, saved: 0 }, photos: [] });
});

test('each photo has a line of its own, so that two exports can be compared', async () => {
  const lines = (await text(exportJson(albumOf(oneOfEach)))).split('\n');
  expect(lines.filter((line) => line.includes('"originalUrl"'))).toHaveLength(oneOfEach.length);
});

test('any values come back from the text', () =>
  fc.assert(
    fc.asyncProperty(awkwardEntries, async (entries) => {
      const { photos } = await read(entries);
      expect(photos).toMatchObject(
        entries.map(({ photo: { id, version, rotation } }) => ({ id, version, rotation })),
      );
    }),
  ));
