import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Replica } from '../src/replica/replica.js';
import { startReplica } from '../src/replica/server.js';
import { startProgram } from './helpers/program.js';
import { runProgram } from './helpers/run-program.js';
import { comparison, savedAlbum } from './helpers/saved-album.js';
import { withTemporaryFolder } from './helpers/temporary-folder.js';
import { waitUntil } from './helpers/wait-until.js';

interface Saved {
  replica: Replica;
  cwd: string;
  /** Paths of the originals relative to the storage folder, in album order. */
  files: string[];
  pathOf(file: string): string;
}

/** Saves an album of so many photos into `storage` below a folder of its own. */
async function withSaved(photos: number, work: (saved: Saved) => Promise<void>): Promise<void> {
  const replica = await startReplica({ photos, photoBytes: 4000 });
  try {
    await withTemporaryFolder(async (cwd) => {
      writeFileSync(join(cwd, '.env'), replica.envLines);
      expect((await runProgram([], { cwd })).code).toBe(0);
      const storage = join(cwd, 'storage');
      const files = (await savedAlbum(storage)).map(({ file }) => String(file));
      await work({ replica, cwd, files, pathOf: (file) => join(storage, file) });
    });
  } finally {
    await replica.close();
  }
}

function changeOneByte(path: string): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(2000) ^ 1, 2000);
  writeFileSync(path, bytes);
}

describe('verify', () => {
  test('says that all is well where it is; --repair then asks the site for nothing', async () => {
    await withSaved(5, async ({ cwd, replica }) => {
      const before = replica.requests.length;
      for (const words of [['verify'], ['verify', '--repair']]) {
        expect(await runProgram(words, { cwd })).toEqual({
          code: 0,
          out: '',
          err: '5 files checked (20 kB): each is as it was recorded.\n',
        });
      }
      expect(replica.requests).toHaveLength(before);
    });
  });

  test('names what is missing and what has changed; --repair mends both, and again', async () => {
    await withSaved(6, async ({ cwd, files, pathOf, replica }) => {
      const [gone = '', changed = ''] = files;
      for (const time of [1, 2]) {
        rmSync(pathOf(gone));
        changeOneByte(pathOf(changed));
        const { code, out, err } = await runProgram(['verify'], { cwd });
        expect(code).toBe(3);
        expect(out.split('\n').sort()).toEqual([
          '',
          `changed: ${changed} (its SHA-256 differs)`,
          `missing: ${gone}`,
        ]);
        expect(err).toContain('6 files checked (20 kB): 1 missing, 1 changed.');

        const repaired = await runProgram(['verify', '--repair'], { cwd });
        expect([time, repaired.code]).toEqual([time, 0]);
        expect(repaired.out).toBe(out);
        expect(repaired.err).toContain('saved 2 · already had 4 · failed 0 · listed 6');
        expect(repaired.err).toContain('2 of 2 damaged files are repaired.');
        expect((await runProgram(['verify'], { cwd })).code).toBe(0);
        const { saved, served } = await comparison(join(cwd, 'storage'), replica);
        expect(saved).toEqual(served);
      }
    });
  });

  test('where the site lets nobody in, the damage stays named, and what is put back counts again', async () => {
    await withSaved(5, async ({ cwd, files, pathOf }) => {
      const env = { ALBUM_PASSWORD: 'wrong' };
      const [gone = '', changed = ''] = files;
      const [goneBytes, changedBytes] = [readFileSync(pathOf(gone)), readFileSync(pathOf(changed))];
      rmSync(pathOf(gone));
      changeOneByte(pathOf(changed));

      expect((await runProgram(['verify', '--repair'], { cwd, env })).code).toBe(4);
      expect(readFileSync(pathOf(changed))).not.toEqual(changedBytes);
      const again = await runProgram(['verify'], { cwd });
      expect(again.code).toBe(3);
      expect(again.out).toContain(`missing: ${gone}\n`);
      expect(again.out).toContain(`changed: ${changed} (`);
      const ids = await runProgram(['export', '--format', 'ids'], { cwd });
      expect(JSON.parse(ids.out)).toHaveLength(3);

      writeFileSync(pathOf(gone), goneBytes);
      writeFileSync(pathOf(changed), changedBytes);
      expect((await runProgram(['verify', '--repair'], { cwd, env })).code).toBe(4);
      expect((await runProgram(['verify'], { cwd })).code).toBe(0);
      const status = await runProgram(['status', '--json'], { cwd });
      expect(JSON.parse(status.out).counts).toMatchObject({ saved: 5, failed: 0 });
    });
  });

  test('a photo that has left the album and is lost is named, and not called mended', async () => {
    await withSaved(5, async ({ cwd, files, pathOf, replica }) => {
      const [gone = ''] = files;
      replica.removePhotos(1);
      expect((await runProgram([], { cwd })).code).toBe(0);
      rmSync(pathOf(gone));

      const { code, out, err } = await runProgram(['verify', '--repair'], { cwd });
      expect(code).toBe(3);
      expect(out).toContain(`missing: ${gone}\n`);
      expect(err).toContain('0 of 1 damaged files are repaired.');
      expect((await runProgram(['verify'], { cwd })).out).toBe(`missing: ${gone}\n`);
      expect((await savedAlbum(join(cwd, 'storage'))).at(-1)).toMatchObject({
        status: 'failed',
        reason: 'it was saved, and its file is missing',
      });
    });
  });

  test.each([
    ['a folder where nothing was saved', ['verify'], 'npm start'],
    ['a flag that would change nothing', ['verify', '--username', 'a'], '--username'],
    ['another one', ['verify', '--verbose'], '--verbose'],
    ['--repair without what a crawl needs', ['verify', '--repair'], 'ALBUM_USERNAME'],
    ['--repair of an exported folder', ['verify', 'photos', '--repair'], 'export there again'],
    ['a storage folder beside an exported one', ['verify', '.', '--storage', 's'], '--storage'],
    ['a folder without a list', ['verify', '.'], 'SHA256SUMS'],
  ])('%s is a usage error that says what to do', async (_what, words, sentence) => {
    await withTemporaryFolder(async (cwd) => {
      const { code, out, err } = await runProgram(words, { cwd });
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain(sentence);
    });
  });

  test('an album that was walked and has no photo is nothing to verify', async () => {
    await withTemporaryFolder(async (cwd) => {
      expect((await runProgram(['demo', '--photos', '0'], { cwd })).code).toBe(3);
      const { code, err } = await runProgram(['verify'], { cwd });
      expect(code).toBe(2);
      expect(err).toContain('No photo was saved');
    });
  });
});

/** An exported folder as `sha256sum` lists it. */
async function withExported(work: (cwd: string, folder: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (cwd) => {
    const folder = join(cwd, 'photos');
    mkdirSync(join(folder, '2016'), { recursive: true });
    const names = ['2016/a.jpg', '2016/b c.jpg', '2016/Gänse.jpg', '2016/two\nlines.jpg'];
    for (const name of names) writeFileSync(join(folder, name), name);
    writeFileSync(join(folder, 'SHA256SUMS'), execFileSync('sha256sum', names, { cwd: folder }));
    await work(cwd, folder);
  });
}

describe('verify of an exported folder', () => {
  test('says that all is well where it is', async () => {
    await withExported(async (cwd) => {
      const { code, out, err } = await runProgram(['verify', 'photos'], { cwd });
      expect([code, out]).toEqual([0, '']);
      expect(err).toContain('4 files checked');
    });
  });

  test('names what is missing or changed, and lines that cannot be read', async () => {
    await withExported(async (cwd, folder) => {
      rmSync(join(folder, '2016/b c.jpg'));
      writeFileSync(join(folder, '2016/two\nlines.jpg'), '2016/two\nlines.JPG');
      writeFileSync(join(folder, 'SHA256SUMS'), 'nonsense\n', { flag: 'a' });
      const { code, out } = await runProgram(['verify', 'photos'], { cwd });
      expect(code).toBe(3);
      expect(out).toBe(
        'missing: 2016/b c.jpg\nchanged: 2016/two lines.jpg (its SHA-256 differs)\nunreadable: SHA256SUMS, line 5\n',
      );
    });
  });

  test('a list of nothing proves nothing', async () => {
    await withExported(async (cwd, folder) => {
      writeFileSync(join(folder, 'SHA256SUMS'), '');
      expect((await runProgram(['verify', 'photos'], { cwd })).code).toBe(2);
    });
  });

  test('stops on Ctrl-C, and says what it has found by then', async () => {
    await withExported(async (cwd, folder) => {
      const large = join(folder, '2016/Gänse.jpg');
      rmSync(join(folder, '2016/a.jpg'));
      // So large that reading it takes minutes; nothing of it is on the disk.
      truncateSync(large, 200e9);
      const run = startProgram(['verify', 'photos'], { cwd });
      const openFiles = `/proc/${run.process.pid}/fd`;
      const isRead = (descriptor: string): boolean => {
        try {
          return readlinkSync(join(openFiles, descriptor)) === large;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
          return false;
        }
      };
      await waitUntil(() => readdirSync(openFiles).some(isRead));
      run.process.kill('SIGINT');
      const { code, out } = await run.ended;
      expect(code).toBe(130);
      expect(out).toBe('missing: 2016/a.jpg\n');
    });
  });
});
