import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { itemRules } from '../../src/learn/item-rules.js';
import type { LearnedRule } from '../../src/learn/learned-rule.js';
import { type AlbumLook, pageOf, rowsOn, type ServedFile, withAlbumSite } from './served-albums.js';

interface Learned {
  rules: Record<string, unknown>;
  seenOn: Record<string, string>;
  missing: string[];
  requests: string[];
}

function saved(name: string): string {
  return readFileSync(new URL(`../profile/pages/${name}`, import.meta.url), 'utf8');
}

/** Learns the item of a page that a test serves. */
async function learn(
  path: string,
  text: string,
  row: string,
  files: (path: string) => ServedFile,
  print = true,
): Promise<Learned> {
  let learned: Learned | undefined;
  await withAlbumSite(files, async (look: AlbumLook) => {
    const page = pageOf(`${look.origin}${path}`, text);
    const { rules, missing } = await itemRules(page, rowsOn(page, row), [], look, 'item');
    const by = (value: (rule: LearnedRule) => unknown) =>
      Object.fromEntries(rules.map((rule) => [rule.place.replace('item.', ''), value(rule)]));
    learned = {
      rules: by(({ rule }) => rule),
      seenOn: by(({ seenOn }) => seenOn) as Record<string, string>,
      missing,
      requests: look.requested,
    };
  });
  if (learned === undefined) throw new Error('nothing was learned');
  if (print) process.stdout.write(`${JSON.stringify(learned, undefined, 1)}\n`);
  return learned;
}

const nameIn = (path: string) => decodeURIComponent(path.split('/').at(-1) ?? '');

describe('software', () => {
  test('thumbsup', async () => {
    const { rules } = await learn(
      '/Holiday-album.html',
      saved('thumbsup-album.html'),
      'ul#media > li',
      (path) => {
        const width = { original: 800, large: 400, thumbs: 120, small: 300 }[
          path.split('/')[2] ?? ''
        ];
        return width === undefined ? undefined : { width, name: nameIn(path) };
      },
    );
    expect(rules).toMatchObject({ original: [{ attribute: 'data-download-url' }] });
  });
  test('mediawiki', async () => {
    await learn(
      '/index.php?title=Category:Holiday_album',
      saved('mediawiki-category.html'),
      '#mw-category-media li.gallerybox',
      (path) => {
        const [, name = ''] =
          /images?\.?\w*\/(?:thumb\/)?\w\/\w\w\/([^/]+)|auth.php\/(?:thumb\/)?\w\/\w\w\/([^/]+)/.exec(
            path,
          ) ?? [];
        if (path.includes('File:'))
          return `<html><body><a href="/File">file ${name}</a></body></html>`;
        return { width: path.includes('/thumb/') ? 120 : 800, name: path };
      },
    );
    await 0;
  });
  test('lazygal', async () => {
    const detail = saved('lazygal-photo.html');
    await learn(
      '/Holiday/index.html',
      saved('lazygal-album.html'),
      '#medias > div.media',
      (path) => {
        const file = nameIn(path);
        if (path.endsWith('.html'))
          return detail.replaceAll('a%2Bb%20004', encodeURIComponent(file.replace('.html', '')));
        return { width: /_thumb/.test(file) ? 150 : /_small/.test(file) ? 400 : 800, name: file };
      },
    );
  });
  test('igal2', async () => {
    await learn('/', saved('igal2-album.html'), 'td.thumb:has(img)', (path) => {
      const file = nameIn(path);
      if (/^\/\.pages\/\d+\.html$/.test(path))
        return `<html><body><p><img src="../x${file}.jpg"></body></html>`;
      if (path.startsWith('/.pages/.thumb_')) return { width: 100, name: file };
      return path.startsWith('/.pages') ? undefined : { width: 800, name: file };
    });
  });
  test('jigl', async () => {
    const detail = saved('jigl-photo.html');
    await learn('/', saved('jigl-album.html'), 'a:has(> img[src*="thumbs/thumb_"])', (path) => {
      const file = nameIn(path.replace('%%', '%25%'));
      if (path.endsWith('.html')) return detail;
      return { width: /thumb_/.test(file) ? 100 : /slide_/.test(file) ? 400 : 800, name: file };
    });
  });
  test('apache-gallery', async () => {
    await learn(
      '/',
      saved('apache-gallery-folder.html'),
      'a:has(> img[src*="/.cache/"])',
      (path) => {
        if (path.startsWith('/.cache/'))
          return { width: path.includes('100x') ? 100 : 640, name: path };
        if (path.endsWith('?orig')) return { width: 900, name: path };
        return `<html><body><table><tr><td><a href="${path}?orig"><img src="/.cache/640x480-${path.slice(1)}"></a></td></tr></table></body></html>`;
      },
    );
  });
  test('nginx', async () => {
    await learn('/', saved('nginx-listing.html'), 'pre > a[href*=".j" i]', (path) => ({
      width: 900,
      name: path,
    }));
    await learn(
      '/',
      saved('apache-listing.html'),
      'pre > a:not(:has(img))[href*=".j" i]',
      (path) => ({ width: 900, name: path }),
    );
    await learn(
      '/',
      saved('apache-listing-table.html'),
      'td > a:not(:has(img))[href*=".j" i]',
      (path) => ({ width: 900, name: path }),
    );
  });
  test('pigallery2', async () => {
    await learn(
      '/api/gallery/content/',
      saved('pigallery2-folder.json'),
      '$.result.directory.media[*]',
      (path) => ({
        width: path.endsWith('/thumbnail') ? 120 : 900,
        name: path,
      }),
    );
  });
});
