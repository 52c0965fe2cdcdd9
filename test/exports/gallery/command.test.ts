import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runProgram } from '../../helpers/run-program.js';
import { savedDemo } from '../../helpers/saved-demo.js';

const withDemo = savedDemo(12);

test('the demo becomes a gallery, and only what is new is drawn the next time', () =>
  withDemo(async (cwd) => {
    const words = ['export', '--format', 'gallery', '--out', 'album'];
    const first = await runProgram(words, { cwd });
    expect(first).toMatchObject({ code: 0, out: '' });
    expect(first.err).toBe(
      `To look at it, open ${join('album', 'index.html')}\nalbum: 12 photos in the gallery, 12 thumbnails made\n`,
    );
    expect(readFileSync(join(cwd, 'album', 'index.html'), 'utf8')).toContain('12 photos');
    expect(readdirSync(join(cwd, 'album', 'originals'))).toHaveLength(12);

    const again = await runProgram(words, { cwd });
    expect(again.code).toBe(0);
    expect(again.err).toContain('12 photos in the gallery, 0 thumbnails made');
  }));

test('a gallery needs a folder of its own', () =>
  withDemo(async (cwd) => {
    const nowhere = await runProgram(['export', '--format', 'gallery'], { cwd });
    expect(nowhere).toMatchObject({ code: 2, out: '' });
    expect(nowhere.err).toContain('--out');

    mkdirSync(join(cwd, 'mine'));
    writeFileSync(join(cwd, 'mine', 'letter.txt'), 'Dear Anna');
    const taken = await runProgram(['export', '--format', 'gallery', '--out', 'mine'], { cwd });
    expect(taken.code).toBe(2);
    expect(taken.err).toContain('mine contains other files');
    expect(existsSync(join(cwd, 'mine', 'index.html'))).toBe(false);
  }));

test('an original that is gone is named, with exit code 3', () =>
  withDemo(async (cwd) => {
    const originals = join(cwd, 'storage', 'key_value_stores', 'photos');
    const [file = ''] = readdirSync(originals);
    rmSync(join(originals, file));
    const { code, err } = await runProgram(['export', '--format', 'gallery', '--out', 'album'], {
      cwd,
    });
    expect(code).toBe(3);
    expect(err).toContain(`${file} is recorded as saved, but the file is missing`);
    expect(err).toContain('11 photos in the gallery');
  }));
