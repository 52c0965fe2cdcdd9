import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import sharp from 'sharp';
import { UsageError } from '../../../src/errors.js';
import { makeGallery } from '../../../src/exports/gallery/make-gallery.js';
import { isDeviceName } from '../../../src/files/file-name.js';
import { failedOutcome, listedPhoto } from '../../helpers/sample-photo.js';
import { jpeg, type SmallAlbum, withSmallAlbum } from './small-album.js';

const thumbnails = ({ out }: SmallAlbum) => readdirSync(join(out, 'thumbnails')).sort();
const pageText = ({ out }: SmallAlbum, ...path: string[]) =>
  readFileSync(join(out, ...path), 'utf8');

async function addThree(album: SmallAlbum): Promise<void> {
  for (const [index, id] of ['a', 'b', 'c'].entries()) {
    const date = `201${index}-05-06T07:08:09`;
    await album.add(id, { bytes: await jpeg(600, 400, index), outcome: { takenAt: date } });
  }
}

describe('a gallery', () => {
  test('holds the originals, byte for byte, a thumbnail of each, and a page a year', () =>
    withSmallAlbum(async (album) => {
      await addThree(album);
      expect(await makeGallery(album.order)).toEqual({
        photos: 3,
        thumbnailsMade: 3,
        plain: [],
        problems: [],
      });
      expect(readdirSync(join(album.out, 'pages'))).toEqual([
        '2010.html',
        '2011.html',
        '2012.html',
      ]);
      expect(thumbnails(album)).toHaveLength(3);
      for (const id of ['a', 'b', 'c']) {
        const placed = join(album.out, 'originals', `${id}.jpg`);
        expect(readFileSync(placed)).toEqual(readFileSync(album.original(id)));
        expect(statSync(placed).ino).toBe(statSync(album.original(id)).ino);
      }
    }));

  test('gives no file a name that Windows takes for a device, and knows it again', () =>
    withSmallAlbum(async (album) => {
      for (const id of ['con', 'aux', 'COM1']) await album.add(id);
      for (const made of [3, 0]) {
        expect(await makeGallery(album.order)).toMatchObject({
          thumbnailsMade: made,
          problems: [],
        });
      }
      const files = readdirSync(album.out, { recursive: true, encoding: 'utf8' });
      expect(files.filter((file) => isDeviceName(basename(file)))).toEqual([]);
      expect(thumbnails(album)).toHaveLength(3);
    }));

  test('can hold copies, which a later run knows again', () =>
    withSmallAlbum(async (album) => {
      await addThree(album);
      const old = new Date('2020-01-01');
      utimesSync(album.original('a'), old, old);
      await makeGallery({ ...album.order, copy: true });
      const placed = join(album.out, 'originals', 'a.jpg');
      const { ino } = statSync(placed);
      expect(ino).not.toBe(statSync(album.original('a')).ino);

      await makeGallery({ ...album.order, copy: true });
      expect(statSync(placed).ino).toBe(ino);
    }));

  test('shows a thumbnail turned as EXIF says, and says the size so', () =>
    withSmallAlbum(async (album) => {
      await album.add('lying', {
        bytes: await jpeg(640, 400, 1, 6),
        outcome: { width: 640, height: 400 },
      });
      await makeGallery(album.order);
      const [file = ''] = thumbnails(album);
      expect(file).toMatch(/^lying\.[0-9a-f]{16}\.400x640\.jpg$/);
      const { width, height, orientation } = await sharp(
        join(album.out, 'thumbnails', file),
      ).metadata();
      expect({ width, height, orientation }).toEqual({
        width: 200,
        height: 320,
        orientation: undefined,
      });
      expect(pageText(album, 'pages', 'undated.html')).toContain(
        'data-width="400" data-height="640"',
      );
    }));

  test('says which date a photo has, and where from', () =>
    withSmallAlbum(async (album) => {
      const uploadedAt = '2016-11-24T00:43:59.217Z';
      await album.add('a', { listed: { uploadedAt }, outcome: { takenAt: '2012-07-04T12:34:56' } });
      await album.add('b', { listed: { uploadedAt, date: '2013-02-03' } });
      await album.add('c', { listed: { uploadedAt } });
      await makeGallery(album.order);
      const said = (year: number) =>
        /<p class="facts">(.*?)<span class="file">/.exec(
          pageText(album, 'pages', `${year}.html`),
        )?.[1];
      expect(said(2012)).toBe(
        '<time datetime="2012-07-04T12:34">4 July 2012, 12:34</time> <span class="source">(date from the camera)</span> ',
      );
      expect(said(2013)).toContain(
        '3 February 2013</time> <span class="source">(date from the site)',
      );
      expect(said(2016)).toContain('00:43 UTC</time> <span class="source">(date of the upload)');
    }));

  test('names no account, and says how many photos of the album it does not show', () =>
    withSmallAlbum(async (album) => {
      await addThree(album);
      const failed = listedPhoto('failed', 1, 4);
      album.entries.push({ status: 'failed', photo: failed, outcome: failedOutcome(failed) });
      album.entries.push({ status: 'pending', photo: listedPhoto('pending', 1, 5) });
      await makeGallery(album.order);
      expect(pageText(album, 'index.html')).toContain(
        'Not shown here: 2 photos of the site’s album that could not be saved.',
      );
      for (const file of ['index.html', 'gallery.json', 'pages/2010.html']) {
        expect(pageText(album, file)).not.toContain('anna@example.com');
      }
    }));

  test('of an empty album is a page that says so', () =>
    withSmallAlbum(async (album) => {
      expect(await makeGallery(album.order)).toMatchObject({ photos: 0 });
      expect(pageText(album, 'index.html')).toContain('<p>0 photos</p>');
    }));
});

describe('what the site itself has damaged', () => {
  test('is marked, and drawn as far as it is there', () =>
    withSmallAlbum(async (album) => {
      const whole = await jpeg(600, 400);
      const bytes = whole.subarray(0, whole.length / 2);
      await album.add('half', { bytes, outcome: { damagedAtSource: true } });
      await album.add('whole', { bytes: whole });
      expect(await makeGallery(album.order)).toMatchObject({ thumbnailsMade: 2, plain: [] });
      const $ = load(pageText(album, 'pages', 'undated.html'));
      const marked = $('.file:contains("damaged on the site itself")').closest('li');
      expect(marked.map((_, item) => $(item).attr('id')).get()).toEqual(['photo=half']);
    }));
});

describe('what cannot be drawn', () => {
  test('is shown as a plain tile, and told', () =>
    withSmallAlbum(async (album) => {
      const whole = await jpeg(600, 400);
      await album.add('broken', { bytes: whole.subarray(0, 300) });
      await album.add('film', {
        bytes: Buffer.from('no film at all'),
        extension: 'mp4',
        listed: { fileName: 'Grandma’s <b>birthday</b>.mp4' },
        outcome: { contentType: 'video/mp4' },
      });
      await album.add('whole', { bytes: whole });
      const { photos, thumbnailsMade, plain } = await makeGallery(album.order);
      expect({ photos, thumbnailsMade }).toEqual({ photos: 3, thumbnailsMade: 1 });
      expect(plain.map(({ file }) => file).sort()).toEqual(['broken.jpg', 'film.mp4']);
      const page = pageText(album, 'pages', 'undated.html');
      expect(page).toContain('<span class="kind">Video</span>');
      expect(page).toContain('Grandma’s &lt;b&gt;birthday&lt;/b&gt;.mp4');
      expect(readFileSync(join(album.out, 'originals', 'film.mp4'), 'utf8')).toBe('no film at all');
    }));

  test('an SVG is drawn, and no link leads to the file itself, which might run scripts', () =>
    withSmallAlbum(async (album) => {
      await album.add('drawing', {
        bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>'),
        extension: 'svg',
        outcome: { contentType: 'image/svg+xml' },
      });
      await makeGallery(album.order);
      const page = pageText(album, 'pages', 'undated.html');
      expect(page).toContain('data-shown="../originals/drawing.svg"');
      expect(page).not.toMatch(/(?:href|data-original)="[^"]*\.svg"/);
    }));

  test('an original that is gone is named, and the others are shown', () =>
    withSmallAlbum(async (album) => {
      await addThree(album);
      rmSync(album.original('b'));
      expect(await makeGallery(album.order)).toMatchObject({
        photos: 2,
        problems: [expect.stringContaining('b.jpg')],
      });
      expect(pageText(album, 'index.html')).toContain('1 photo whose saved files are missing');
    }));
});

describe('made again', () => {
  test('no thumbnail is made of what is there, and none is touched', () =>
    withSmallAlbum(async (album) => {
      await addThree(album);
      await makeGallery(album.order);
      const before = thumbnails(album);
      const old = new Date('2020-01-01');
      for (const file of before) utimesSync(join(album.out, 'thumbnails', file), old, old);

      expect(await makeGallery(album.order)).toMatchObject({ photos: 3, thumbnailsMade: 0 });
      expect(thumbnails(album)).toEqual(before);
      for (const file of before) {
        expect(statSync(join(album.out, 'thumbnails', file)).mtime).toEqual(old);
      }
    }));

  test('what is new, or has other content, gets its thumbnail; stale ones and pages go', () =>
    withSmallAlbum(async (album) => {
      await addThree(album);
      await makeGallery(album.order);
      const before = thumbnails(album);
      writeFileSync(join(album.out, 'thumbnails', `${before[1]}.part`), 'left by a kill');
      writeFileSync(join(album.out, 'thumbnails', 'notes.txt'), 'of a person');

      const other = await jpeg(600, 400, 9);
      album.entries.splice(0, 2);
      rmSync(album.original('b'));
      await album.add('b', { bytes: other, outcome: { takenAt: '2011-05-06T07:08:09' } });
      await album.add('d', { outcome: { takenAt: '2013-05-06T07:08:09' } });
      expect(await makeGallery(album.order)).toMatchObject({ photos: 3, thumbnailsMade: 2 });
      expect(thumbnails(album)).toEqual([
        expect.stringMatching(/^b\./),
        before[2],
        expect.stringMatching(/^d\./),
        'notes.txt',
      ]);
      expect(thumbnails(album)).not.toContain(before[1]);
      expect(readFileSync(join(album.out, 'originals', 'b.jpg'))).toEqual(other);
      expect(readdirSync(join(album.out, 'pages'))).toEqual([
        '2011.html',
        '2012.html',
        '2013.html',
      ]);
    }));

  test('after a stop in the middle it goes on', () =>
    withSmallAlbum(async (album) => {
      for (let index = 0; index < 20; index++) await album.add(`p${index}`);
      const stopping = new AbortController();
      const reason = new Error('stopped by hand');
      const progress = (done: number) => {
        if (done === 5) stopping.abort(reason);
      };
      const { signal } = stopping;
      await expect(makeGallery({ ...album.order, progress, signal })).rejects.toBe(reason);
      expect(existsSync(join(album.out, 'index.html'))).toBe(false);
      const made = thumbnails(album).filter((file) => file.endsWith('.jpg')).length;
      expect(made).toBeGreaterThanOrEqual(5);
      expect(made).toBeLessThan(20);

      expect(await makeGallery(album.order)).toMatchObject({
        photos: 20,
        thumbnailsMade: 20 - made,
      });
    }));
});

describe('a folder that holds other things is left as it is', () => {
  test('files of a person', () =>
    withSmallAlbum(async (album) => {
      await addThree(album);
      mkdirSync(album.out);
      writeFileSync(join(album.out, 'index.html'), 'my own page');
      await expect(makeGallery(album.order)).rejects.toThrow(UsageError);
      expect(readdirSync(album.out)).toEqual(['index.html']);
      expect(pageText(album, 'index.html')).toBe('my own page');
    }));

  test('the gallery of another album', () =>
    withSmallAlbum(async (album) => {
      await makeGallery(album.order);
      const identity = { ...album.order.identity, username: 'bert@example.com' };
      await expect(makeGallery({ ...album.order, identity })).rejects.toThrow('another album');
    }));
});
