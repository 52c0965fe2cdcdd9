import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { exportFromStorage } from '../src/cli/export-command.js';
import { RunControl } from '../src/crawl/run-control.js';
import { EscapeError } from '../src/errors.js';
import { exportedOriginals } from './helpers/exported-originals.js';
import { runProgram } from './helpers/run-program.js';
import { savedAlbum } from './helpers/saved-album.js';
import { savedDemo } from './helpers/saved-demo.js';
import { withTemporaryFolder } from './helpers/temporary-folder.js';

const filesTo = (out: string) => ['export', '--format', 'files', '--out', out];
const hasSha256sum = spawnSync('sha256sum', ['--version']).status === 0;

const withDemo = savedDemo(30);

test('the demo’s album becomes a folder of originals that sha256sum checks', () =>
  withDemo(async (cwd) => {
    const { code, out, err } = await runProgram(filesTo('album'), { cwd });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toMatch(/album: added 30 · already there 0 · not exported 0 · saved 30\n$/);

    const photos = await savedAlbum(join(cwd, 'storage'));
    const names = photos.map(({ id, takenAt }) => {
      const [date, time] = String(takenAt).split('T') as [string, string];
      const clock = time.replaceAll(':', '-');
      return `${date.slice(0, 4)}/${date}_${clock}_${String(id).slice(0, 8)}.jpg`;
    });
    expect(exportedOriginals(join(cwd, 'album')).sort()).toEqual(names.sort());
    expect(photos.map(({ dateSource }) => dateSource)).toEqual(photos.map(() => 'exif'));
    if (hasSha256sum) {
      const check = ['-c', '--strict', '--quiet', 'SHA256SUMS'];
      execFileSync('sha256sum', check, { cwd: join(cwd, 'album') });
    }
    const again = await runProgram([...filesTo('album'), '--sidecar', 'xmp'], { cwd });
    expect(again.code).toBe(0);
    expect(again.err).toMatch(/added 0 · already there 30/);
    expect(existsSync(join(cwd, 'album', `${names[0]}.xmp`))).toBe(true);
  }));

test('a file in the way is named, ends it with code 3, and stays', () =>
  withDemo(async (cwd) => {
    await runProgram([...filesTo('album'), '--copy', '--name', '{id}'], { cwd });
    const [name = ''] = exportedOriginals(join(cwd, 'album'));
    writeFileSync(join(cwd, 'album', name), 'mine');
    const { code, err } = await runProgram([...filesTo('album'), '--name', '{id}'], { cwd });
    expect(code).toBe(3);
    expect(err).toContain(`as ${name}: there is another file of that name`);
    expect(readFileSync(join(cwd, 'album', name), 'utf8')).toBe('mine');
  }));

describe('what a format does not take is an error', () => {
  test.each([
    [['--format', 'files'], 'say which one with --out'],
    [['--format', 'json', '--name', '{id}'], '--format json takes no --name'],
    [['--format', 'ids', '--copy'], '--format ids takes no --copy'],
    [['--format', 'csv', '--sidecar', 'xmp'], '--format csv takes no --sidecar'],
    [['--format', 'files', '--out', 'x', '--name', '{foo}'], '{foo} is not a slot'],
    [['--format', 'files', '--out', 'x', '--sidecar', 'pdf'], 'Allowed choices are xmp'],
  ])('%j', (words, reason) =>
    withTemporaryFolder(async (cwd) => {
      const { code, out, err } = await runProgram(['export', ...words], { cwd });
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain(reason);
      expect(readdirSync(cwd)).toEqual([]);
    }),
  );
});

test('an export that is stopped says so, and the same command resumes it', () =>
  withDemo(async (cwd) => {
    const control = new RunControl();
    const err = Object.assign(new PassThrough(), { isTTY: true });
    const terminal = { in: new PassThrough(), out: new PassThrough(), err };
    const sources = {
      flags: { storage: join(cwd, 'storage') },
      environment: {},
      dotenvFile: join(cwd, '.env'),
    };
    const stopped = new EscapeError('interrupted', 'Stopped.');
    // The bar is drawn before the first file.
    err.once('data', () => control.stop(stopped, 60_000));
    const order = { format: 'files', out: join(cwd, 'album') } as const;
    const run = exportFromStorage({ sources, terminal, control }, order);
    await expect(run).rejects.toBe(stopped);
    expect(exportedOriginals(join(cwd, 'album')).length).toBeLessThan(30);
    expect((await runProgram(filesTo('album'), { cwd })).code).toBe(0);
    expect(exportedOriginals(join(cwd, 'album'))).toHaveLength(30);
  }));
