import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { load } from 'cheerio';
import type { FaultHook } from '../../src/replica/fault/fault.js';
import { withTap } from '../helpers/eavesdrop.js';
import { withRescue } from '../helpers/escape-replica.js';

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
