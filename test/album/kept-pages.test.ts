import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { Secrets } from '../../src/album/secrets.js';
import { secretsOf } from './secrets-of.js';
import { type StoredAlbum, withAlbum } from './with-album.js';

const served = (html: string, address = 'https://album.test/') => ({
  address,
  html,
  secrets: new Secrets(),
});
const folderOf = ({ folder }: StoredAlbum) => join(folder, 'key_value_stores', 'pages');
const textOf = (stored: StoredAlbum, name: string) =>
  gunzipSync(readFileSync(join(folderOf(stored), name))).toString('utf8');

test('a page is a plain packed file that says where it came from', () =>
  withAlbum(async (stored) => {
    await stored.album.listing.keep(1, served('<p>Gänse</p>', 'https://album.test/?p=1&x=--a'));
    expect(readdirSync(folderOf(stored))).toEqual(['page-000001.html.gz']);
    expect(textOf(stored, 'page-000001.html.gz')).toBe(
      '\uFEFF<!-- saved from url=(0033)https://album.test/?p=1&x=%2D%2Da -->\n<p>Gänse</p>',
    );
  }));

test('no token and no secret is in it, nor in its address', () =>
  withAlbum(async (stored) => {
    await stored.album.listing.keep(1, {
      address: 'https://album.test/?token=abc&p=1',
      html: '<input type="hidden" value="view"><p>geh3im C00KIE</p>',
      secrets: secretsOf('geh3im', 'c00kie'),
    });
    const text = textOf(stored, 'page-000001.html.gz');
    expect(text).toContain('https://album.test/?token=&p=1 -->');
    expect(text).toContain('<input type="hidden" value=""><p> </p>');
  }));

test('the last walk counts: pages are replaced, and those behind its end forgotten', () =>
  withAlbum(async (stored) => {
    const { album } = stored;
    for (const page of [1, 2, 9, 10, 11]) await album.listing.keep(page, served(`old ${page}`));
    await album.listing.keep(2, served('new'));
    await album.listing.endAt(9);
    expect(readdirSync(folderOf(stored)).sort()).toEqual(
      ['000001', '000002', '000009'].map((page) => `page-${page}.html.gz`),
    );
    expect(textOf(stored, 'page-000002.html.gz')).toContain('new');
  }));

test('a page that is as it was is not written again; one whose file is gone is', () =>
  withAlbum(async (stored) => {
    const path = join(folderOf(stored), 'page-000001.html.gz');
    await stored.album.listing.keep(1, served('<p>same</p>'));
    const { ino } = statSync(path);
    await stored.album.listing.keep(1, served('<p>same</p>'));
    expect(statSync(path).ino).toBe(ino);
    rmSync(path);
    await stored.album.listing.keep(1, served('<p>same</p>'));
    expect(textOf(stored, 'page-000001.html.gz')).toContain('same');
  }));
