import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { knownSoftware } from '../../src/learn/known-software.js';
import { Page } from '../../src/page/page.js';

const pages = new URL('../profile/pages/', import.meta.url);
const url = 'http://album.test/holiday/';

async function recognised(text: string): Promise<string | undefined> {
  const page = new Page({ url, text });
  const known = await knownSoftware(page, { siteUrl: url, username: '' }, async (address) => {
    throw new Error(`${address} was fetched`);
  });
  return known?.name;
}

test.each([
  ['apache-gallery', 'apache-gallery-folder.html'],
  ['directory-listing', 'apache-listing.html'],
  ['directory-listing', 'apache-listing-table.html'],
  ['directory-listing', 'nginx-listing.html'],
  ['igal2', 'igal2-album.html'],
  ['jigl', 'jigl-album.html'],
  ['lazygal', 'lazygal-album.html'],
  ['mediawiki', 'mediawiki-category.html'],
  ['thumbsup', 'thumbsup-album.html'],
])('%s is recognised by %s', async (name, file) => {
  expect(await recognised(await readFile(new URL(file, pages), 'utf8'))).toBe(name);
});

test('What has a signature and no photo is not recognised', async () => {
  expect(await recognised('<h1>Index of /songs</h1><pre><a href="a.mp3">a</a></pre>')).toBe(
    undefined,
  );
  expect(await recognised('<ul id="media"><li>Press</li></ul>')).toBe(undefined);
});
