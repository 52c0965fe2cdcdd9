import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { runProgram } from '../helpers/run-program.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';
import { albumKinds, count } from './album-kinds.js';

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
