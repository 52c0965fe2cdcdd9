import { readdir } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { noAlbums } from './no-album-pages.js';
import { servePages } from './page-server.js';

test.each(Object.entries(noAlbums))('learn finds no album in %s', (_name, pages) =>
  withTemporaryFolder((cwd) =>
    servePages(pages, async (origin) => {
      const { code, err } = await runProgram(['learn', origin], { cwd });
      expect({ code, err }).toMatchObject({ code: 2 });
      expect(await readdir(cwd)).toEqual([]);
    }),
  ),
);
