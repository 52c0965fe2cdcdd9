import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { reasonAgainstAlbum } from '../../src/learn/album-likeness.js';
import { htmlRows } from '../../src/learn/html-rows.js';
import { knownSoftware } from '../../src/learn/known-software.js';
import { Page } from '../../src/page/page.js';
import { HtmlPart } from '../../src/profile/page-part.js';
import { surveyPage } from '../../src/survey/survey-page.js';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';
import { withLook } from './look-at.js';
import { albums, noAlbums } from './no-album-pages.js';
import { type SitePages, servePages } from './page-server.js';
import { albumPages } from './software-pages.js';

describe('what is like an album', () => {
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
          expect(
            reasonAgainstAlbum(page, parts, { tried: 5, larger, details: [] }),
          ).toBeUndefined();
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
});

describe('what is not', () => {
  describe('pages without an album', () => {
    test.each(Object.entries(noAlbums))('learn finds no album in %s', (_name, pages) =>
      withTemporaryFolder((cwd) =>
        servePages(pages, async (origin) => {
          const { code, err } = await runProgram(['learn', origin], { cwd });
          expect({ code, err }).toMatchObject({ code: 2 });
          expect(await readdir(cwd)).toEqual([]);
        }),
      ),
    );
  });

  describe('a site of scripts', () => {
    const password = 'Sommer-2016!x';
    const fields = '<input name="user"><input name="word" type="password"><button>Sign in</button>';
    const script = '<script src="/app.js"></script>';

    /** Learns a site of one page, for everyone the same. */
    async function learn(html: string, env: Record<string, string> = {}) {
      const requests: string[] = [];
      let end = { code: 0 as number | null, out: '', err: '' };
      await withTemporaryFolder((cwd) =>
        withServer(
          (request, response) => {
            requests.push(`${request.method} ${request.url}`);
            const isPage = request.url === '/album';
            response.writeHead(isPage ? 200 : 404, { 'content-type': 'text/html' });
            response.end(isPage ? `<title>Ours</title>${html}` : 'none');
          },
          async (origin) => {
            const words = ['learn', `${origin}/album`, '--verbose'];
            end = await runProgram(words, { cwd, env });
          },
        ),
      );
      return { ...end, requests };
    }

    const account = { ALBUM_USERNAME: 'anna@example.com', ALBUM_PASSWORD: password };

    test.each<[string, string, Record<string, string>]>([
      ['a form without an address', `<form id="in">${fields}</form>${script}`, account],
      [
        'a form that would be sent by GET',
        `<form action="/in" method="get">${fields}</form>`,
        account,
      ],
      ['fields without a form', `<div id="in">${fields}</div>${script}`, account],
      ['such a form, without an account', `<form id="in">${fields}</form>${script}`, {}],
    ])(
      'a sign-in by a script is not tried, and what to do is said: %s',
      async (_what, html, env) => {
        const { code, out, err, requests } = await learn(html, env);
        expect(code).toBe(2);
        expect(err).toMatch(/missing +signIn: .*works without the page's scripts\n/);
        expect(err).toMatch(
          /learn -- http:\S+\/album --har visit\.har.*“Preserve log”.*“Save All As HAR”/,
        );
        expect(out).toContain('# MISSING: signIn: ');
        expect(requests.every((one) => /^GET \/[^?]*$/.test(one))).toBe(true);
        for (const secret of Object.values(env))
          expect(requests.join() + err + out).not.toContain(secret);
      },
    );

    test('a page that its scripts write is told from one without photos', async () => {
      const app = await learn(`<div id="root"></div>${script}`);
      expect([app.code, app.err]).toEqual([
        2,
        expect.stringMatching(/its scripts.*--har visit\.har/s),
      ]);
      const text = await learn(`<p>${'It rained. '.repeat(60)}</p>${script}`);
      expect([text.code, text.err]).toEqual([2, expect.not.stringContaining('--har')]);
    });
  });

  describe('known software', () => {
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
  });
});
