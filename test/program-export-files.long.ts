import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { textsIn } from './exports/files/saved-files.js';
import { exportedOriginals } from './helpers/exported-originals.js';
import { startProgram } from './helpers/program.js';
import { runProgram } from './helpers/run-program.js';
import { savedAlbum } from './helpers/saved-album.js';
import { savedDemo } from './helpers/saved-demo.js';
import { waitUntil } from './helpers/wait-until.js';

const withDemo = savedDemo(30);

test('an export that is killed again and again has whole files only, and ends complete', () =>
  withDemo(async (cwd) => {
    const album = join(cwd, 'album');
    const words = ['export', '--format', 'files', '--out', 'album', '--copy', '--sidecar', 'xmp'];
    const originals = new Set(
      (await savedAlbum(join(cwd, 'storage'))).map(({ file }) =>
        readFileSync(join(cwd, 'storage', String(file)), 'latin1'),
      ),
    );
    for (const files of [1, 6, 12, 20]) {
      const run = startProgram(words, { cwd });
      let isOver = false;
      void run.ended.then(() => {
        isOver = true;
      });
      await waitUntil(() => isOver || exportedOriginals(album).length >= files);
      run.process.kill('SIGKILL');
      await run.ended;
      for (const name of exportedOriginals(album)) {
        expect(originals.has(readFileSync(join(album, name), 'latin1'))).toBe(true);
      }
      for (const [name, text] of Object.entries(textsIn(album))) {
        if (name.endsWith('.xmp')) expect(text).toMatch(/<\?xpacket end="w"\?>\n$/);
      }
    }
    const { code, err } = await runProgram(words, { cwd });
    expect(code).toBe(0);
    expect(err).toMatch(/not exported 0 · saved 30\n$/);
    expect(exportedOriginals(album)).toHaveLength(30);
    expect(readdirSync(join(album, '.photo-escape', 'unfinished'))).toEqual([]);
  }));
