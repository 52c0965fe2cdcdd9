import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { makeGallery } from '../../../src/exports/gallery/make-gallery.js';
import { browserIsWanted, openPage, startBrowser, type WatchedPage } from './browser.js';
import { jpeg, SmallAlbum } from './small-album.js';

/** What a site might say of a photo that means harm. */
export const hostile = '<img src=x onerror="document.title=`broken into`">';
const years = 6;

/** @param film the bytes of a film that browsers play */
async function fillAlbum(album: SmallAlbum, photosOfYear: number, film: Buffer): Promise<void> {
  const pictures = await Promise.all(
    Array.from({ length: 8 }, (_, index) => jpeg(index % 3 === 0 ? 60 : 90, 75, index)),
  );
  for (let index = 0; index < years * photosOfYear; index++) {
    const month = String(1 + (Math.floor(index / years) % 12)).padStart(2, '0');
    await album.add(`p${index}`, {
      ...(pictures[index % 8] && { bytes: pictures[index % 8] }),
      listed: {
        album: [index % 3 === 0 ? 'Summer' : 'Winter'],
        ...(index % 10 === 0 && {
          title: `Photo ${index}`,
          caption: 'On the beach',
          sender: 'Bert',
        }),
      },
      outcome: { takenAt: `${2005 + (index % years)}-${month}-07T12:34:56`, width: 90, height: 75 },
    });
  }
  await album.add('hostile', {
    listed: {
      title: hostile,
      caption: `"'></script><script>document.title='broken into'</script>`,
      sender: hostile,
      fileName: hostile,
      album: [hostile],
      date: '2004-01-02',
    },
  });
  await album.add('film', {
    bytes: film,
    extension: 'webm',
    listed: { date: '2004-01-03', fileName: 'birthday.webm' },
    outcome: { contentType: 'video/webm' },
  });
  await album.add('broken-film', {
    bytes: Buffer.from('a film that no browser can play'),
    extension: 'mp4',
    listed: { date: '2004-01-04', fileName: 'wedding.mp4' },
    outcome: { contentType: 'video/mp4' },
  });
  await album.add('camera-file', {
    bytes: Buffer.from('of a kind that no browser knows'),
    extension: 'heic',
    listed: { date: '2004-01-05', fileName: 'IMG_0001.HEIC' },
    outcome: { contentType: 'image/heic' },
  });
  await album.add('drawing', {
    bytes: Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><script>document.title='broken into'</script></svg>`,
    ),
    extension: 'svg',
    listed: { date: '2004-01-06' },
    outcome: { contentType: 'image/svg+xml' },
  });
}

/** A film of some frames, recorded by the browser itself. */
async function recordFilm(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage();
  const recorded = (await page.evaluate(`new Promise((resolve) => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: 'video/webm' });
    // It starts with the first frame that is drawn.
    let left = Infinity;
    const draw = () => {
      context.fillRect(Math.random() * 300, 0, 10, 150);
      left -= 1;
      if (left > 0) requestAnimationFrame(draw);
      else recorder.stop();
    };
    recorder.onstart = () => {
      left = 20;
    };
    recorder.ondataavailable = async ({ data }) =>
      resolve([...new Uint8Array(await data.arrayBuffer())]);
    recorder.start();
    draw();
  })`)) as number[];
  await page.close();
  return Buffer.from(recorded);
}

/** A gallery that the tests of a file share, opened in a browser. */
export interface BrowserGallery {
  /** Path of its folder. */
  out: string;
  /** How many photos it has. */
  count: number;
  index: string;
  /** Path of the page of a year. */
  year(name: number): string;
  /** Opens one of its pages; closed after the test. */
  open(path: string, options?: BrowserContextOptions & { fragment?: string }): Promise<WatchedPage>;
}

/**
 * Makes a gallery for all tests of a file, where a browser is wanted.
 *
 * @param photosOfYear how many photos each of the years 2005 to 2010 has. There are five more, of
 *   2004: a photo with hostile texts, a film, a broken film, a file of an unknown kind and a drawing
 */
export function browserGallery(photosOfYear: number): BrowserGallery {
  const folder = mkdtempSync(join(tmpdir(), 'photo-escape-'));
  const album = new SmallAlbum(folder);
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!browserIsWanted) return;
    browser = await startBrowser();
    await fillAlbum(album, photosOfYear, await recordFilm(browser));
    await makeGallery(album.order);
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    out: album.out,
    count: years * photosOfYear + 5,
    index: join(album.out, 'index.html'),
    year: (name) => join(album.out, 'pages', `${name}.html`),
    open(path, options) {
      if (browser === undefined) throw new Error('The browser has not been started');
      return openPage(browser, path, options);
    },
  };
}

/**
 * Waits for an expression to be true in a page, looking at each frame. Playwright's own waiting would need
 * what the page's policy forbids.
 */
export async function until(page: Page, expression: string): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const look = () => ((${expression}) ? resolve() : requestAnimationFrame(look));
    look();
  })`);
}

/** Waits for the viewer to be open all the way: only then it has the photos on either side. */
export async function untilOpen(page: Page): Promise<void> {
  await until(
    page,
    "document.querySelectorAll('.pswp__item').length === 3 && " +
      "[...document.querySelectorAll('.pswp__item')].every((item) => item.style.display === 'block')",
  );
}

/** The viewer, while it is open. */
export const viewerOf = (page: Page) => page.getByRole('dialog', { name: 'Photo viewer' });

/** What the viewer says of a photo. */
export const captionOf = (page: Page) => viewerOf(page).locator('.pswp__caption');
