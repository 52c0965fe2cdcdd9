import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { learnItem } from './learn-item.js';

/** A page of `test/profile/pages`, made by the software itself. */
function saved(name: string): string {
  return readFileSync(new URL(`../profile/pages/${name}`, import.meta.url), 'utf8');
}

function nameIn(path: string): string {
  return path.split('?')[0]?.split('/').at(-1) ?? '';
}

const place = { from: 'original', filters: ['path', 'decode'] };
const file = { from: 'original', filters: ['file'] };
const image = { select: 'img', attribute: 'src' };

test('thumbsup: the largest of three addresses in a row, with EXIF dates', async () => {
  const widths: Record<string, number> = { original: 800, large: 400, thumbs: 120 };
  const { rules, seenOn, missing, requested } = await learnItem({
    path: '/Holiday-album.html',
    text: saved('thumbsup-album.html'),
    row: 'ul#media > li',
    files: (path) => {
      const width = widths[path.split('/')[2] ?? ''];
      return width === undefined ? undefined : { width, name: nameIn(path) };
    },
  });
  expect(rules).toEqual({
    thumbnail: image,
    original: [{ attribute: 'data-download-url' }],
    id: place,
    fileName: file,
    caption: { attribute: 'data-sub-html' },
    date: {
      attribute: 'data-datetimeoriginal',
      filters: [{ date: { format: 'yyyy:MM:dd H:mm:ss' } }],
    },
  });
  expect(seenOn.original).toBe('3 of 3 originals tried: 800 × 600 against 120 × 90 pixels');
  expect(seenOn.id).toBe('a different one in each of 20 rows');
  expect(missing).toEqual([]);
  expect(requested.length).toBeLessThanOrEqual(20);
  expect(new Set(requested).size).toBe(requested.length);
});

test('MediaWiki: small pictures have no thumbnail, and are shown themselves', async () => {
  const text = saved('mediawiki-category.html');
  const originals = new Map(
    [...text.matchAll(/src="(\/img_auth\.php)\/(?:thumb\/)?(\w\/\w\w\/([^/"]+))/g)].map(
      ([, start, path, name = '']) => [decodeURIComponent(name), `${start}/${path}`],
    ),
  );
  const { rules, missing } = await learnItem({
    path: '/index.php?title=Category:Holiday_album',
    text,
    row: '#mw-category-media li.gallerybox',
    files: (path) => {
      if (path.startsWith('/index.php')) {
        const original = originals.get(decodeURIComponent(path.split('File:')[1] ?? ''));
        return `<html><body><p class="fullMedia"><a href="${original}" class="internal">Original file</a></p></body></html>`;
      }
      return { width: Number(/\/(\d+)px-/.exec(path)?.[1] ?? 800), name: path };
    },
  });
  expect(rules).not.toHaveProperty('detail');
  expect(rules).toMatchObject({
    thumbnail: image,
    original: [
      {
        from: 'thumbnail',
        filters: [{ replace: { match: '/thumb/(.+)/[^/]+$', with: '/$1' } }],
      },
      { from: 'thumbnail', filters: [{ match: '^(?!.*/thumb/(.+)/[^/]+$).+$' }] },
    ],
    id: place,
    fileName: { select: '.galleryfilename', attribute: 'title' },
  });
  expect(missing).toEqual([]);
});

test('lazygal: the link that says so on the photo’s own page, not the thumbnail’s guessed ending', async () => {
  const own = saved('lazygal-photo.html');
  const { rules, uncertain } = await learnItem({
    path: '/Holiday/index.html',
    text: saved('lazygal-album.html'),
    row: '#medias > div.media',
    files: (path) => {
      if (path.endsWith('.html')) {
        const minute = `02:${10 + (nameIn(path).length % 50)}`;
        return own.replaceAll('a%2Bb%20004', nameIn(path).slice(0, -5)).replace('02:57', minute);
      }
      const name = nameIn(path);
      return { width: /_thumb/.test(name) ? 150 : /_small/.test(name) ? 400 : 800, name };
    },
  });
  expect(rules).toMatchObject({
    detail: { select: 'a', attribute: 'href' },
    original: [{ on: 'detail', select: 'div.original_link > a', attribute: 'href' }],
    id: { from: 'detail', filters: ['path', 'decode'] },
    fileName: { on: 'detail', attribute: 'href', filters: ['file'] },
    date: {
      on: 'detail',
      select: '.image_date',
      filters: [
        { match: '\\d{1,2}/\\d{1,2}/\\d{4} at \\d{1,2}:\\d\\d' },
        { date: { format: "d/M/yyyy 'at' H:mm" } },
      ],
    },
  });
  expect(uncertain).toEqual(['date']);
});

test('igal2: the thumbnail’s name and folder rewritten, as a person would write it', async () => {
  const { rules } = await learnItem({
    path: '/',
    text: saved('igal2-album.html'),
    row: 'td.thumb:has(img)',
    files: (path) => {
      if (/^\/\.pages\/\d+\.html$/.test(path)) return '<html><body>A photo</body></html>';
      if (path.startsWith('/.pages/.thumb_')) return { width: 100, name: path };
      return path.startsWith('/.pages') ? undefined : { width: 800, name: path };
    },
  });
  expect(rules).toMatchObject({
    original: [
      {
        from: 'thumbnail',
        filters: [{ replace: { match: '/\\.pages/\\.thumb_', with: '/' } }],
      },
    ],
    id: place,
  });
});

test('jigl: percent signs that the software forgot to encode', async () => {
  const own = saved('jigl-photo.html');
  const { rules, missing } = await learnItem({
    path: '/',
    text: saved('jigl-album.html'),
    row: 'a:has(> img[src*="thumbs/thumb_"])',
    files: (path) => {
      if (path.endsWith('.html')) return own;
      if (/%(?![\dA-F]{2})/i.test(path) || /^\/thumbs\/(?!thumb_)/.test(path)) return undefined;
      return { width: /thumb_/.test(path) ? 100 : /slide_/.test(path) ? 400 : 800, name: path };
    },
  });
  expect(rules).toMatchObject({
    thumbnail: {
      ...image,
      filters: [
        { replace: { match: '%(?![0-9A-Fa-f]{2})', with: '%25', all: true, optional: true } },
      ],
    },
    original: [
      { from: 'thumbnail', filters: [{ replace: { match: '/thumbs/thumb_', with: '/' } }] },
    ],
    id: place,
  });
  expect(missing).toEqual([]);
});

test('Apache::Gallery: what the photo’s own page adds to its address', async () => {
  const { rules } = await learnItem({
    path: '/',
    text: saved('apache-gallery-folder.html'),
    row: 'a:has(> img[src*="/.cache/"])',
    files: (path) => {
      if (path.startsWith('/.cache/')) {
        return { width: path.includes('100x') ? 100 : 640, name: path };
      }
      if (path.endsWith('?orig')) return { width: 900, name: path };
      return `<html><body><table><tr><td><a href="${path}?orig"><img src="/.cache/640x480-${path.slice(1)}"></a></td></tr></table></body></html>`;
    },
  });
  expect(rules).toMatchObject({
    original: [{ attribute: 'href', filters: [{ replace: { match: '$', with: '?orig' } }] }],
    id: place,
    fileName: file,
  });
});

test.each([
  [
    'nginx',
    'nginx-listing.html',
    'pre > a[href*=".j" i]',
    { text: 'after', filters: [expect.anything(), { date: { format: 'd-MMM-yyyy H:mm' } }] },
  ],
  [
    'Apache, as text',
    'apache-listing.html',
    'pre > a:not(:has(img))[href*=".j" i]',
    { text: 'after', filters: [expect.anything(), { date: { format: 'yyyy-MM-dd H:mm' } }] },
  ],
  [
    'Apache, as a table',
    'apache-listing-table.html',
    'td > a[href*=".j" i]',
    { of: 'td', beside: 'td', filters: [{ date: { format: 'yyyy-MM-dd H:mm' } }] },
  ],
])('a listing of files by %s: links, and dates beside them', async (_name, page, row, date) => {
  const files = (path: string) => ({ width: 900, name: path });
  const { rules, requested } = await learnItem({ path: '/', text: saved(page), row, files });
  expect(rules).toEqual({ original: [{ attribute: 'href' }], id: place, fileName: file, date });
  expect(requested).toHaveLength(3);
});

test('PiGallery2: file names in JSON, as they are on the disk', async () => {
  const { rules } = await learnItem({
    path: '/api/gallery/content/',
    text: saved('pigallery2-folder.json'),
    row: '$.result.directory.media[*]',
    files: (path) => ({ width: 900, name: path }),
  });
  expect(rules).toMatchObject({
    original: [{ select: '$.name', filters: ['encode', 'join'] }],
    id: place,
    date: { select: '$.metadata.creationDate', filters: [{ date: 'unix-milliseconds' }] },
  });
});
