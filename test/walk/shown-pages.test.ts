import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Album } from '../../src/album/album.js';
import type { ListedPhoto } from '../../src/album/photo.js';
import { Secrets } from '../../src/album/secrets.js';
import { ShownPages } from '../../src/walk/shown-pages.js';
import type { WalkedPage } from '../../src/walk/walked-page.js';
import { withAlbum } from '../album/with-album.js';
import { failedOutcome, savedOutcome } from '../helpers/sample-photo.js';

const url = 'https://album.test/Frame/AllPictures';
const place = { walk: 1, page: 1, url, titles: ['Summer'], albumUrl: url, level: 0, number: 1 };
const first = {
  ...{ url, status: 200, text: '<html>1</html>' },
  ...{ type: 'text/html', linkHeader: undefined },
};
const second = { ...first, text: '<html>2</html>' };
const shown: WalkedPage = {
  keys: ['a', 'b'],
  rows: 2,
  unreadable: [],
  albums: [],
  next: undefined,
  furthestLink: undefined,
};
const listed = (key: string): ListedPhoto => ({ key, id: key, page: 1, position: 1 });
const rules = { name: 'mine' };

const pagesOf = (album: Album, run = 'run 1', readBy: object = rules, isTimeless = true) =>
  new ShownPages(album, run, readBy, isTimeless);

describe('in the same run', () => {
  test('a page that comes again to the letter in another walk shows the same', () =>
    withAlbum(async ({ album }) => {
      const pages = pagesOf(album);
      await pages.note(place, first, shown, [listed('a'), listed('b')], undefined);
      expect(await pages.find({ ...place, walk: 2 }, first)).toEqual({ shown, savedBefore: 0 });
    }));

  test('one that differs by a letter does not', () =>
    withAlbum(async ({ album }) => {
      const pages = pagesOf(album);
      await pages.note(place, first, shown, [], undefined);
      expect(await pages.find({ ...place, walk: 2 }, second)).toBeUndefined();
    }));

  test.each([
    ['address', { url: `${url}?SignIn` }],
    ['status', { status: 203 }],
    ['type', { type: 'application/json' }],
    ['Link header, which leads to a new page', { linkHeader: '<?p=2>; rel=next' }],
  ])('nor does one that comes with another %s', (_what, change) =>
    withAlbum(async ({ album }) => {
      const pages = pagesOf(album);
      await pages.note(place, first, shown, [], undefined);
      expect(await pages.find({ ...place, walk: 2 }, { ...first, ...change })).toBeUndefined();
    }),
  );

  test.each([
    ['page', { page: 2 }],
    ['number', { number: 2 }],
    ['album', { titles: ['Winter'] }],
    ['address', { url: `${url}?p=2` }],
  ])('nor does one at another place: another %s', (_what, change) =>
    withAlbum(async ({ album }) => {
      const pages = pagesOf(album);
      await pages.note(place, first, shown, [], undefined);
      expect(await pages.find({ ...place, walk: 2, ...change }, first)).toBeUndefined();
    }),
  );

  test('those behind the end of a walk are forgotten', () =>
    withAlbum(async ({ album }) => {
      const pages = pagesOf(album);
      for (const page of [1, 2, 3]) {
        await pages.note({ ...place, page }, first, shown, [], undefined);
      }
      await album.listing.endAt(1);
      pages.forgetAfter(1);
      const found = await Promise.all(
        [1, 2, 3].map((page) => pages.find({ ...place, page }, first)),
      );
      expect(found.map((page) => page?.shown)).toEqual([shown, undefined, undefined]);
    }));

  test('what a page has shown last counts', () =>
    withAlbum(async ({ album }) => {
      const pages = pagesOf(album);
      await pages.note(place, first, shown, [], undefined);
      await pages.note({ ...place, walk: 2 }, second, { ...shown, keys: ['c'] }, [], undefined);
      expect(await pages.find({ ...place, walk: 3 }, first)).toBeUndefined();
      expect((await pages.find({ ...place, walk: 3 }, second))?.shown.keys).toEqual(['c']);
    }));
});

describe('in a later run', () => {
  const photos = [listed('a'), listed('b')];

  /** An album of which the last run has saved both photos, and kept the page. */
  const afterRun = (work: (album: Album, folder: string) => Promise<void>) =>
    withAlbum(async ({ album, folder }) => {
      const served = { address: url, html: first.text, secrets: new Secrets() };
      const snapshot = await album.listing.keep(1, served);
      await album.listing.write(1, photos);
      await pagesOf(album).note(place, first, shown, photos, snapshot);
      await album.photos.push(savedOutcome(listed('a')), 'run 0');
      await album.photos.push(savedOutcome(listed('b')), 'run 1');
      await work(album, folder);
    });

  test('a page of which all photos are saved shows the same, and says where it is', () =>
    afterRun(async (album) => {
      const pages = pagesOf(album, 'run 2');
      expect(await pages.find({ ...place, walk: 1 }, first)).toEqual({ shown, savedBefore: 2 });
      expect(pages.placeOf(1)).toEqual(place);
      // It counts once.
      expect(await pages.find({ ...place, walk: 2 }, first)).toEqual({ shown, savedBefore: 0 });
    }));

  test('a photo that this run has saved already was not there before', () =>
    afterRun(async (album) => {
      const found = await pagesOf(album, 'run 1').find(place, first);
      expect(found?.savedBefore).toBe(1);
    }));

  test.each<[string, (album: Album, folder: string) => unknown]>([
    ['a photo of it was not saved', (album) => album.photos.push(failedOutcome(listed('b')))],
    [
      'a photo of it was never tried',
      (album) => album.database.run('DELETE FROM photos WHERE key = ?', 'b'),
    ],
    [
      'its kept copy is gone',
      (_album, folder) => rmSync(join(folder, 'key_value_stores/pages/page-000001.html.gz')),
    ],
    [
      'its kept copy is damaged',
      (_album, folder) =>
        writeFileSync(join(folder, 'key_value_stores/pages/page-000001.html.gz'), 'x'),
    ],
  ])('it is to be read where %s', (_what, change) =>
    afterRun(async (album, folder) => {
      await change(album, folder);
      expect(await pagesOf(album, 'run 2').find(place, first)).toBeUndefined();
    }),
  );

  test('it is to be read by other rules', () =>
    afterRun(async (album) => {
      const pages = pagesOf(album, 'run 2', { name: 'mended' });
      expect(await pages.find(place, first)).toBeUndefined();
    }));

  test('it is to be read where the next page depends on the day', () =>
    withAlbum(async ({ album }) => {
      const pages = pagesOf(album, 'run 1', rules, false);
      await pages.note(place, first, shown, [], undefined);
      expect((await pages.find(place, first))?.shown).toEqual(shown);
      expect(await pagesOf(album, 'run 2', rules, false).find(place, first)).toBeUndefined();
    }));

  test.each([
    ['of the page', { ...shown, next: `${url}?s=[secret-0123456789ab]` }, photos],
    ['of a photo', shown, [{ ...listed('a'), title: '[secret-0123456789ab]' }]],
  ])(
    'it is to be read where a secret %s was hidden: only its own run can tell it',
    (_of, page, of) =>
      withAlbum(async ({ album }) => {
        const pages = pagesOf(album);
        await pages.note(place, first, page, of, undefined);
        await album.photos.push(savedOutcome(listed('a')));
        await album.photos.push(savedOutcome(listed('b')));
        expect((await pages.find(place, first))?.shown).toEqual(page);
        expect(await pagesOf(album, 'run 2').find(place, first)).toBeUndefined();
      }),
  );
});
