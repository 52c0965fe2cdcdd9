import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { reasonAgainstAlbum } from '../../src/learn/album-likeness.js';
import { htmlRows } from '../../src/learn/html-rows.js';
import { Page } from '../../src/page/page.js';
import { HtmlPart } from '../../src/profile/page-part.js';
import { surveyPage } from '../../src/survey/survey-page.js';
import { withLook } from './look-at.js';
import { albums, noAlbums } from './no-album-pages.js';
import { type SitePages, servePages } from './page-server.js';
import { albumPages } from './software-pages.js';

const rowsOfSites: Readonly<Record<string, string>> = {
  'a shop’s list of goods': '.product',
  'a newspaper’s front page': '.teaser',
  'a front page of headlines': '.story',
  'an article of a wiki': 'figure.thumb',
  'the results of an image search': '.result',
  'a thread of a forum': '.body > a',
  'a company’s home page': '.service',
  'a blog with a picture in each post': '.entry > p > a',
};

/** What is said of a site whose pictures were all found in full size, and of their pages if any. */
function judge(
  pages: SitePages,
  select: string,
  larger: number,
  opensDetails: boolean,
): Promise<string | undefined> {
  return servePages(pages, (origin) =>
    withLook(origin, async ({ visit }) => {
      const page = await visit.fetchPage(origin);
      const rows = HtmlPart.of(page.document).parts(select);
      expect(rows.length).toBeGreaterThan(3);
      const details: Page[] = [];
      const links = surveyPage(page).photos.flatMap(({ link }) => link ?? []);
      for (const link of opensDetails ? links.slice(2, 5) : []) {
        if (!link.endsWith('.jpg')) details.push(await visit.fetchPage(link));
      }
      return reasonAgainstAlbum(page, rows, { tried: 5, larger, details });
    }),
  );
}

describe('says why there is no album in', () => {
  test.each(Object.entries(noAlbums))('%s', async (name, pages) => {
    const select = rowsOfSites[name] ?? '';
    const isHeadlines = name === 'a front page of headlines';
    expect(await judge(pages, select, 5, true)).toBeDefined();
    if (!isHeadlines) expect(await judge(pages, select, 5, false)).toBeDefined();
    expect(await judge(pages, select, 0, false)).toBeDefined();
  });
});

describe('takes an album', () => {
  test.each(Object.entries(albums))('%s', async (_name, pages) => {
    expect(await judge(pages, '.photo', 5, true)).toBeUndefined();
  });
});

/** The kinds of rows of a site's first page, and what is said of each. */
function rowsAndReasons(pages: SitePages): Promise<[string, string | undefined][]> {
  return servePages(pages, (origin) =>
    withLook(origin, async ({ visit }) => {
      const page = await visit.fetchPage(origin);
      const found: [string, string | undefined][] = [];
      for (const { row, parts, photos } of htmlRows(page, surveyPage(page))) {
        const links = photos.flatMap(({ link }) => link ?? []).slice(2, 5);
        const details = await Promise.all(
          links.filter((link) => !link.endsWith('.jpg')).map((link) => visit.fetchPage(link)),
        );
        found.push([row, reasonAgainstAlbum(page, parts, { tried: 3, larger: 3, details })]);
      }
      return found;
    }),
  );
}

describe('together with the search for rows', () => {
  test.each(Object.entries(noAlbums))('leaves nothing of %s', async (_name, pages) => {
    const taken = (await rowsAndReasons(pages)).filter(([, reason]) => reason === undefined);
    expect(taken).toEqual([]);
  });

  test.each(Object.entries(albums))('takes an album %s', async (_name, pages) => {
    expect(await rowsAndReasons(pages)).toEqual([[expect.stringMatching(/\.photo$/), undefined]]);
  });
});

test.each(albumPages.map((page) => [page.name, page] as const))(
  'takes the album of %s, whatever its originals',
  (_name, { url, html }) => {
    const page = new Page({ url, text: html });
    for (const { parts } of htmlRows(page, surveyPage(page)).slice(0, 1)) {
      for (const larger of [0, 5]) {
        expect(reasonAgainstAlbum(page, parts, { tried: 5, larger, details: [] })).toBeUndefined();
      }
    }
  },
);

/** Real albums, with what their photos' rows are. */
const realAlbums: Readonly<Record<string, string>> = {
  'mediawiki-category': 'li.gallerybox',
  'lazygal-album': 'ul.images li, .media, img',
  'thumbsup-album': '#media li, .media li, img',
  'jigl-album': 'td img, img',
  'igal2-album': 'a img, img',
  'apache-listing': 'a[href$=".jpg" i]',
  'apache-listing-table': 'a[href$=".jpg" i]',
  'nginx-listing': 'a[href$=".jpg" i]',
  'apache-gallery-folder': 'a img, img',
};

test.each(Object.entries(realAlbums))('takes a real album: %s', (name, select) => {
  const text = readFileSync(`test/profile/pages/${name}.html`, 'utf8');
  const page = new Page({ url: 'https://photos.example/album/', text });
  const rows = HtmlPart.of(page.document).parts(select);
  expect(rows.length).toBeGreaterThan(2);
  expect(reasonAgainstAlbum(page, rows, { tried: 3, larger: 0, details: [] })).toBeUndefined();
});
