import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { reportJson } from '../../src/report/report-json.js';
import { type Rescue, rescueReport } from '../../src/report/rescue-report.js';
import { writeReport } from '../../src/report/write-report.js';
import { withAlbum } from '../album/with-album.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

describe('the rescue report', () => {
  const identity = { profile: 'kodak-pulse', url: 'https://album.test/', username: 'anna' };
  const now = '2026-11-22T10:00:00.000Z';
  const a = { ...listedPhoto('a', 1, 1), uploadedAt: '2016-11-24T00:43:59.217Z' };
  const b = listedPhoto('b', 1, 2);
  const c = { ...listedPhoto('c', 2, 1), title: 'Beach' };
  const d = listedPhoto('d', 2, 2);
  const [left, lost] = [listedPhoto('left'), listedPhoto('lost')];

  /** The report as a program reads it. */
  const dataOf = (rescue: Rescue) => JSON.parse([...reportJson(rescue)].join(''));

  test('it counts what was listed, saved and lost, page by page', () =>
    withAlbum(async ({ album, push }) => {
      await push(
        { ...savedOutcome(a), sha256: 'aa', width: 8, height: 6 },
        failedOutcome(b, 'gone'),
      );
      await push({ ...savedOutcome(c), sha256: 'cc', takenAt: '2012-07-04T12:34:56' });
      await push({ ...savedOutcome(left), sha256: 'aa' }, savedOutcome(lost), failedOutcome(lost));
      await album.listing.write(1, [a, b]);
      await album.listing.write(2, [c, d]);
      const rescue = rescueReport(album, identity, now);
      const data = dataOf(rescue);
      expect(data).toMatchObject({
        schema: 1,
        album: identity,
        writtenAt: now,
        verdict: { rescued: false },
        counts: { listed: 4, saved: 3, failed: 2, pending: 1, left: 1, lost: 1 },
        bytes: 375_000,
        dates: { first: '2012-07-04T12:34:56', last: '2016-11-24T00:43:59.217Z', photos: 2 },
        twice: [['a', 'left']],
        originality: { measured: 1, doubtful: 0 },
        pages: [
          {
            page: 1,
            saved: 1,
            failed: 1,
            pending: 0,
            photos: [
              { id: 'a', position: 1, status: 'saved', width: 8, date: '2016-11-24T00:43:59.217Z' },
              { id: 'b', position: 2, status: 'failed', reason: 'gone' },
            ],
          },
          {
            page: 2,
            saved: 1,
            failed: 0,
            pending: 1,
            photos: [{ title: 'Beach', date: '2012-07-04T12:34:56' }, { status: 'pending' }],
          },
        ],
        noLongerListed: [
          { id: 'left', status: 'saved' },
          { id: 'lost', status: 'failed' },
        ],
      });
      expect(data).toMatchObject(rescue.report);
      expect(rescue.failed.map(({ id }) => id)).toEqual(['b', 'lost']);
      expect([...rescue.named.keys()]).toEqual(['a', 'left']);
      expect(rescue.named.get('a')).toEqual(data.pages[0].photos[0]);
      expect(data.pages[1].photos[1]).toEqual({
        key: 'd',
        id: 'd',
        page: 2,
        position: 2,
        status: 'pending',
        originalUrl: d.originalUrl,
      });
    }));

  test('an album is rescued by the word of the run that ends, or of the last one', () =>
    withAlbum(async ({ album, push }) => {
      await push(savedOutcome(a));
      await album.listing.write(1, [a]);
      const run = { startedAt: now, processId: 1, endedAt: now, ending: 'complete' } as const;
      expect(rescueReport(album, identity, now).report.verdict.rescued).toBe(false);
      expect(rescueReport(album, identity, now, run).report).toMatchObject({
        verdict: { rescued: true },
        lastRun: run,
      });
      await album.setLastRun(run);
      expect(rescueReport(album, identity, now).report.verdict.rescued).toBe(true);
    }));

  test('pictures are compared with the thumbnails that were measured', () =>
    withAlbum(async ({ album, push }) => {
      await push({ ...savedOutcome(a), width: 100, height: 75 });
      await album.listing.write(1, [a]);
      await album.addThumbnailSize('a', { width: 100, height: 75 });
      const rescue = rescueReport(album, identity, now);
      expect(rescue.named.get('a')).toMatchObject({ id: 'a', width: 100 });
      const { originality, pages } = dataOf(rescue);
      expect(originality).toMatchObject({ thumbnails: { measured: 1, own: 1 }, doubtful: 1 });
      expect(pages[0].photos).toMatchObject([{ key: 'a', thumbnail: { width: 100, height: 75 } }]);
    }));

  test('photos that the site itself has damaged are saved ones, and named', () =>
    withAlbum(async ({ album, push }) => {
      await push({ ...savedOutcome(a), damagedAtSource: true }, savedOutcome(b));
      await album.listing.write(1, [a, b]);
      const run = { startedAt: now, processId: 1, endedAt: now, ending: 'complete' } as const;
      const rescue = rescueReport(album, identity, now, run);
      const { verdict, counts, damagedAtSource, pages } = dataOf(rescue);
      expect(counts).toMatchObject({ saved: 2, failed: 0 });
      expect(verdict).toMatchObject({
        rescued: true,
        sentence: expect.stringContaining('1 photo is damaged on the site itself'),
      });
      expect(damagedAtSource).toEqual(['a']);
      expect(rescue.named.get('a')).toMatchObject({ id: 'a', damagedAtSource: true });
      expect(pages[0].photos[0]).toHaveProperty('damagedAtSource', true);
      expect(pages[0].photos[1]).not.toHaveProperty('damagedAtSource');
    }));

  test('a date that the calendar does not have is no date, for the report either', () =>
    withAlbum(async ({ album, push }) => {
      await push({ ...savedOutcome(a), takenAt: '0000-00-00T00:00:00' });
      await album.listing.write(1, [a]);
      const { dates, pages } = await dataOf(rescueReport(album, identity, now));
      expect(pages[0].photos[0].date).toBe(a.uploadedAt);
      expect(dates).toEqual({ first: a.uploadedAt, last: a.uploadedAt, photos: 1 });
    }));

  test('an empty album has a report too', () =>
    withAlbum(async ({ album }) => {
      const rescue = rescueReport(album, identity, now);
      const data = dataOf(rescue);
      expect(data).toMatchObject({ bytes: 0, twice: [] });
      expect(data).toEqual({ ...rescue.report, pages: [], noLongerListed: [] });
    }));

  test('files are the same only by their whole SHA-256', () =>
    withAlbum(async ({ album, push }) => {
      const begin = '0123456789abcdef'.repeat(3);
      const sums = [`${begin}00`, `${begin}01`, `${begin}02`, `${begin}01`, `${begin}00`];
      const photos = [a, b, c, d, left];
      await push(
        ...photos.map((photo, at) => ({ ...savedOutcome(photo), sha256: sums[at] ?? '' })),
      );
      await album.listing.write(1, [a, b]);
      await album.listing.write(2, [c, d]);
      const { report, named } = rescueReport(album, identity, now);
      expect(report.twice).toEqual([
        ['a', 'left'],
        ['b', 'd'],
      ]);
      expect([...named.keys()].sort()).toEqual(['a', 'b', 'd', 'left']);
    }));
});

describe('its files', () => {
  const identity = { profile: 'kodak-pulse', url: 'https://album.test/', username: 'anna' };

  test('both files hold the whole of a large album, and nothing else is left', () =>
    withAlbum(async ({ album, folder: storage, push }) => {
      await album.setIdentity(identity);
      const photos = Array.from({ length: 1000 }, (_, index) =>
        listedPhoto(`Gänse 😀 ${index}`, Math.floor(index / 24) + 1, (index % 24) + 1),
      );
      await push(...photos.map(savedOutcome));
      for (let page = 1; page <= 42; page += 1) {
        await album.listing.write(
          page,
          photos.filter((photo) => photo.page === page && photo.position <= 12),
        );
      }
      await withTemporaryFolder(async (folder) => {
        const rescue = rescueReport(album, identity, '2026-11-22T10:00:00.000Z');
        const files = await writeReport(rescue, folder, storage);
        expect(readdirSync(folder).sort()).toEqual(['report.html', 'report.json']);
        const { pages, noLongerListed } = JSON.parse(readFileSync(files.data, 'utf8'));
        const ids = [...pages.flatMap((page: typeof pages) => page.photos), ...noLongerListed];
        expect(ids).toHaveLength(1000);
        expect(noLongerListed).toHaveLength(1000 - rescue.report.counts.listed);
        const page = readFileSync(files.page, 'utf8');
        for (const { id } of photos) expect(page).toContain(`>${id}</a>`);
      });
    }));

  test('where the album cannot be read to its end, an earlier report stays', () =>
    withTemporaryFolder(async (folder) => {
      await withAlbum(async ({ album, folder: storage, push }) => {
        await push(savedOutcome(listedPhoto('a')));
        const rescue = rescueReport(album, identity, '2026-11-22T10:00:00.000Z');
        for (const name of ['report.html', 'report.json']) {
          writeFileSync(join(folder, name), 'earlier');
        }
        const broken = new Error('the album is gone');
        function* pages() {
          yield* rescue.pages();
          throw broken;
        }
        await expect(writeReport({ ...rescue, pages }, folder, storage)).rejects.toBe(broken);
        expect(readdirSync(folder).sort()).toEqual(['report.html', 'report.json']);
        for (const name of ['report.html', 'report.json']) {
          expect(readFileSync(join(folder, name), 'utf8')).toBe('earlier');
        }
      });
    }));
});
