import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { loadProfile } from '../../src/profile/load.js';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';

/** A square picture in a colour of its own. */
function draw(side: number, number: number): Promise<Buffer> {
  const background = { r: number % 256, g: 255 - (number % 256), b: 90 };
  return sharp({ create: { width: side, height: side, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

/** A gallery of 12 photos a page on three pages, whose thumbnails link to the photos. */
function gallery(requested: string[] = []): RequestListener {
  return async (request, response) => {
    requested.push(`${request.method} ${request.url}`);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://album.test');
    const picture = /^\/(small|large)\/(\d+)\.jpg$/.exec(pathname);
    if (picture !== null) {
      const [, size, number = ''] = picture;
      const side = size === 'small' ? 60 : 200;
      response.setHeader('content-type', 'image/jpeg');
      response.end(await draw(side, Number(number)));
      return;
    }
    if (pathname !== '/album') return void response.writeHead(404).end('none');
    const page = Number(searchParams.get('page') ?? 1);
    const numbers = Array.from({ length: 12 }, (_, index) => 4000 + ((page - 1) * 12 + index) * 7);
    const rows = numbers.map(
      (number) =>
        `<li class="photo"><a href="/large/${number}.jpg"><img src="/small/${number}.jpg" alt="Photo ${number}"></a></li>`,
    );
    const next = page < 3 ? `<a rel="next" href="/album?page=${page + 1}">Next</a>` : '';
    response.setHeader('content-type', 'text/html');
    response.end(
      `<title>Summer</title><h1>Summer</h1><a href="/logout">Sign out</a><ul id="photos">${rows.join('')}</ul><nav>${next}</nav>`,
    );
  };
}

test('learn writes a profile that works, and nothing else, to standard output', () =>
  withTemporaryFolder((cwd) => {
    const requested: string[] = [];
    return withServer(gallery(requested), async (origin) => {
      const { code, out, err } = await runProgram(['learn', `${origin}/album`, '--verbose'], {
        cwd,
      });
      expect(err).toContain('Summer: the profile works.');
      expect(code).toBe(0);
      const file = join(cwd, 'learned.yaml');
      await writeFile(file, out);
      expect(loadProfile(file)).toMatchObject({ title: 'Summer', url: `${origin}/album` });
      expect(requested.length).toBeLessThanOrEqual(60);
      expect(err).toContain(`${requested.length} requests:`);
      expect(requested.every((one) => one.startsWith('GET '))).toBe(true);
      expect(requested).not.toContain('GET /logout');
    });
  }));

test('learn does not overwrite a file, and asks the site for nothing then', () =>
  withTemporaryFolder((cwd) => {
    const requested: string[] = [];
    return withServer(gallery(requested), async (origin) => {
      await writeFile(join(cwd, 'mine.yaml'), 'mine');
      const words = ['learn', `${origin}/album`, '--out', 'mine.yaml'];
      const { code, err } = await runProgram(words, { cwd });
      expect(code).toBe(2);
      expect(err).toContain('mine.yaml is there already');
      expect(await readFile(join(cwd, 'mine.yaml'), 'utf8')).toBe('mine');
      expect(requested).toEqual([]);
    });
  }));

test('A page that is no album ends with code 2, and says what is missing', () =>
  withTemporaryFolder((cwd) => {
    const article: RequestListener = (_request, response) => {
      response.setHeader('content-type', 'text/html').end('<h1>News</h1><p>It rained.</p>');
    };
    return withServer(article, async (origin) => {
      const { code, out } = await runProgram(['learn', `${origin}/news`], { cwd });
      expect(code).toBe(2);
      expect(out).toContain('# MISSING: no photos were found');
    });
  }));

test('An album of an unknown kind is learned once, saved, and its profile kept', () =>
  withTemporaryFolder((cwd) =>
    withServer(gallery(), async (origin) => {
      const words = ['--url', `${origin}/album`, '--storage', 'saved', '--thumbnails', 'none'];
      const first = await runProgram(words, { cwd });
      expect(first.err).toContain('saved 36 · already had 0 · failed 0 · listed 36');
      expect(first.code).toBe(0);
      expect(existsSync(join(cwd, 'saved', 'profile.yaml'))).toBe(true);
      const second = await runProgram(words, { cwd });
      expect(second.err).not.toContain('learned');
      expect(second.err).toContain('saved 0 · already had 36 · failed 0 · listed 36');
    }),
  ));
