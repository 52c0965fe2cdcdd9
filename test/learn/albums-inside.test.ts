import { expect, test } from '@jest/globals';
import { learnAlbum } from '../../src/learn/learn-album.js';
import { SiteLook } from '../../src/learn/site-look.js';
import { withLook } from './look-at.js';
import { pictureAt, servePages } from './page-server.js';

const photo = (name: string) =>
  `<div class="file"><a href="${pictureAt(name, 1200)}"><img src="${pictureAt(name, 160)}" alt="${name}.jpg"></a></div>`;
const photos = (...names: string[]) => names.map(photo).join('');
const albumLink = '<div class="directory"><a href="/inner/">Day trips</a></div>';
const outer = `<h1>Holiday</h1>${albumLink}<div id="files">${photos('a', 'b', 'c', 'd')}</div>`;

async function missingOf(inner: string): Promise<string[]> {
  return servePages({ '/': outer, '/inner/': inner }, (origin) =>
    withLook(`${origin}/`, async ({ visit }) => {
      const look = new SiteLook(visit, `${origin}/`, 60);
      const start = await look.page(`${origin}/`);
      if (start === undefined) throw new Error('The album was not served.');
      return (await learnAlbum(start, look)).missing;
    }),
  );
}

test('the rule for albums is settled where it finds no photo of an album inside', async () => {
  const inner = `<h1>Day trips</h1><div id="files">${photos('e', 'f', 'g', 'h')}</div>`;
  expect(await missingOf(inner)).toEqual([]);
});

test('the rule for albums is not settled where it finds a photo of an album inside', async () => {
  // The album's link is known by its place alone, where this page has its first photo.
  const inner = `<h1>Day trips</h1>${photos('e', 'f', 'g', 'h')}`;
  expect(await missingOf(inner)).toEqual([
    expect.stringContaining('listing.albums: no one rule finds the albums of all pages'),
  ]);
});
