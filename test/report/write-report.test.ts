import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { rescueReport } from '../../src/report/rescue-report.js';
import { writeReport } from '../../src/report/write-report.js';
import { withAlbum } from '../album/with-album.js';
import { listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const identity = { profile: 'kodak-pulse', url: 'https://album.test/', username: 'anna' };

test('both files hold the whole of a large album, and nothing else is left', () =>
  withAlbum(async ({ album, folder: storage, push }) => {
    await album.setIdentity(identity);
    const photos = Array.from({ length: 1000 }, (_, index) =>
      listedPhoto(`Gänse 😀 ${index}`, Math.floor(index / 24) + 1, (index % 24) + 1),
    );
    await push(...photos.map(savedOutcome));
    for (let page = 1; page <= 42; page += 1) {
      await album.writeListingPage(
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
