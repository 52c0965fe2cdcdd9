import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { loadProfile } from '../../src/profile/load.js';
import { runProgram } from '../helpers/run-program.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';
import { albumKinds, count } from './album-kinds.js';
import { gallery } from './gallery.js';

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

test.each([['learn'], ['crawl', '--url']])(
  '%s: an album behind redirects without an end cannot be reached',
  (...words) =>
    withTemporaryFolder((cwd) => {
      const loop: RequestListener = (_request, response) => {
        response.writeHead(302, { location: '/album' }).end();
      };
      return withServer(loop, async (origin) => {
        const { code, err } = await runProgram([...words, `${origin}/album`], { cwd });
        expect(err).toContain('cannot be reached: the server redirects more than 20 times');
        expect(code).toBe(5);
      });
    }),
);

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

const draw = (number: number, width: number) =>
  sharp({
    create: {
      width,
      height: width,
      channels: 3,
      background: { r: number * 11, g: 90, b: 255 - number },
    },
  })
    .jpeg()
    .toBuffer();

test.each(Object.entries(albumKinds))('an album is learned and saved whole: %s', (_name, kind) =>
  withTemporaryFolder((cwd) =>
    withServer(
      async (request, response) => {
        const url = new URL(request.url ?? '/', 'http://album.test');
        const page = kind.page(url);
        const [number = 0, width = 0] = kind.picture(url) ?? [];
        if (page !== undefined) {
          const type = page.startsWith('{') ? 'application/json' : 'text/html';
          response.setHeader('content-type', type).end(page);
        } else if (number >= 1 && number <= count && width > 0) {
          response.setHeader('content-type', 'image/jpeg').end(await draw(number, width));
        } else response.writeHead(404).end('none');
      },
      async (origin) => {
        const words = ['--url', origin + kind.start, '--storage', 'saved', '--thumbnails', 'none'];
        const { code, err } = await runProgram(words, { cwd });
        expect({ code, end: err.trimEnd().split('\n').at(-1) }).toEqual({
          code: 0,
          end: `saved ${count} · already had 0 · failed 0 · listed ${count}`,
        });
        const saved = (await savedAlbum(`${cwd}/saved`)).map(({ sha256 }) => sha256);
        const originals = Array.from({ length: count }, (_, at) => at + 1);
        const served = await Promise.all(
          originals.map(async (number) =>
            createHash('sha256')
              .update(await draw(number, 240))
              .digest('hex'),
          ),
        );
        expect(saved).toEqual(served);
      },
    ),
  ),
);
