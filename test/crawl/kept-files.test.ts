import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import type { FaultHook } from '../../src/replica/fault/fault.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { withTap } from '../helpers/eavesdrop.js';
import { withRescue } from '../helpers/escape-replica.js';
import { picture, withTestSite } from '../helpers/escape-site.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { profileOf } from '../profile/profile-of.js';

describe('files gone since', () => {
  const profile = profileOf(`
listing: { mark: main }
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }`);

  test('a run fetches anew what was saved before and is missing or cut since', async () => {
    const pictures = await Promise.all([picture(0), picture(1), picture(2)]);
    const [first, second, third] = pictures as [Buffer, Buffer, Buffer];
    const site = {
      '/': '<main><img src="/0.png"><img src="/1.png"><img src="/2.png"></main>',
      ...{ '/0.png': first, '/1.png': second, '/2.png': third },
    };
    await withTestSite(
      profile,
      () => site,
      async ({ run, storage, asked }) => {
        await run({ thumbnails: 'none' });
        const files = (await savedAlbum(storage)).map(({ file }) => join(storage, String(file)));
        const [missing = '', cut = ''] = files;
        rmSync(missing);
        writeFileSync(cut, second.subarray(0, 50));
        asked.length = 0;

        const { ending, lines } = await run({ thumbnails: 'none' });
        expect(ending).toBe('complete');
        expect(lines.at(-1)).toBe('saved 2 · already had 1 · failed 0 · listed 3');
        expect(files.map((file) => readFileSync(file))).toEqual(pictures);
        expect(asked.filter((path) => path.endsWith('.png')).sort()).toEqual(['/0.png', '/1.png']);
      },
    );
  });
});

test('after a run, where an original is remains known of those alone that are not saved', async () => {
  const profile = profileOf(`
listing: { mark: main }
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }`);
  const html = '<main><img src="/0.png"><img src="/1.png"></main>';
  const site = { '/': html, '/0.png': await picture(0) };
  await withTestSite(
    profile,
    () => site,
    async ({ run, storage }) => {
      const { lines } = await run({ thumbnails: 'none' });
      expect(lines.at(-1)).toBe('saved 1 · already had 0 · failed 1 · listed 2');
      const folder = StorageFolder.openForReading(storage);
      const known = folder.database.rows('SELECT key FROM sources');
      folder.close();
      expect(known).toEqual([[expect.stringMatching(/^1-png/)]]);
    },
  );
});

describe('page snapshots', () => {
  function keptPages(storage: string): { name: string; html: string }[] {
    const folder = join(storage, 'key_value_stores', 'pages');
    return readdirSync(folder).map((name) => ({
      name,
      html: gunzipSync(readFileSync(join(folder, name))).toString('utf8'),
    }));
  }

  test('the pages of the last walk are kept as served, and no others', async () => {
    await withRescue({ photos: 12, pageSize: 5 }, async ({ run, storage, replica }) => {
      await run();
      const pages = keptPages(storage);
      expect(pages.map(({ name }) => name)).toEqual(
        ['000001', '000002', '000003'].map((page) => `page-${page}.html.gz`),
      );
      const sources = pages.flatMap(({ html }) => {
        const $ = load(html);
        return $('img[rot]')
          .toArray()
          .map((image) => $(image).attr('src'));
      });
      expect(sources).toEqual(replica.photos().map(({ thumbnailUrl }) => thumbnailUrl));
      expect(pages[1]?.html).toContain(`${replica.url}Frame/AllPictures?p=2 -->`);

      replica.removePhotos(7);
      await run();
      expect(keptPages(storage).map(({ name }) => name)).toEqual(['page-000001.html.gz']);
    });
  });

  test('a page that repeats the password and the cookie is kept without them', async () => {
    const password = 'Gänse & füßchen';
    const site = { thumbnail: '', cookie: () => '' };
    const fault: FaultHook = ({ kind, page, signedIn }) => {
      if (kind !== 'page' || page !== 1 || !signedIn) return undefined;
      const body = `<p>Gänse &amp; füßchen</p><script>var c = "${site.cookie()}";</script><img src="${site.thumbnail}" alt="A caption">`;
      return { kind: 'body', body };
    };
    await withRescue({ photos: 1, password, fault }, ({ run, storage, replica }) =>
      withTap(replica.url, async (tap) => {
        site.thumbnail = replica.photos()[0]?.thumbnailUrl ?? '';
        site.cookie = () => /\.ASPXAUTH=([0-9A-F]{64})/.exec(tap.answered)?.[1] ?? '';
        const identity = { profile: 'kodak-pulse', url: tap.url, username: replica.username };
        expect((await run({ identity })).ending).toBe('complete');
        const [page] = keptPages(storage);
        expect(site.cookie()).toHaveLength(64);
        expect(page?.html).toContain('<p></p><script>var c = "";</script>');
        expect(page?.html).toContain('alt="A caption"');
      }),
    );
  });
});
