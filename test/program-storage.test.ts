import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { FaultHook } from '../src/replica/fault/fault.js';
import { Database } from '../src/storage/database.js';
import { StorageFolder } from '../src/storage/storage-folder.js';
import { startProgram } from './helpers/program.js';
import { withProgramReplica } from './helpers/program-replica.js';
import { originalRequests } from './helpers/request-log.js';
import { runProgram } from './helpers/run-program.js';
import { comparison } from './helpers/saved-album.js';
import { canMountDisks, withSmallDisk } from './helpers/small-disk.js';
import { waitUntil } from './helpers/wait-until.js';

test('while a run uses the folder, a second one ends with code 7 and names the process, and reading goes on; after SIGKILL the folder is free', async () => {
  let hangs = true;
  const fault: FaultHook = ({ kind, photoIndex }) =>
    hangs && kind === 'original' && photoIndex === 9
      ? { kind: 'stall', afterBytes: 100 }
      : undefined;
  await withProgramReplica({ photos: 10, fault }, async (replica, cwd) => {
    const first = startProgram([], { cwd });
    await waitUntil(() => replica.stalled === 1 && originalRequests(replica).length === 10);

    const second = await runProgram([], { cwd });
    expect(second.code).toBe(7);
    expect(second.err).toContain(`Process ${first.process.pid} `);

    const status = await runProgram(['status', '--json'], { cwd });
    expect(status.code).toBe(0);
    expect(JSON.parse(status.out)).toMatchObject({
      counts: { listed: 10, failed: 0 },
      lastRun: { processId: first.process.pid },
    });
    expect((await runProgram(['status'], { cwd })).out).toContain('under way');
    const ids = await runProgram(['export', '--format', 'ids'], { cwd });
    expect(JSON.parse(ids.out).length).toBeLessThan(10);

    first.process.kill('SIGKILL');
    await first.ended;
    expect((await runProgram(['status'], { cwd })).out).toContain('stopped without an end');
    hangs = false;
    expect((await runProgram([], { cwd })).code).toBe(0);
    const { saved, served } = await comparison(join(cwd, 'storage'), replica);
    expect(saved).toEqual(served);
  });
});

test('status tells what the folder holds and how the last run ended', async () => {
  const fault: FaultHook = ({ kind, photoIndex }) =>
    kind === 'original' && photoIndex === 0 ? { kind: 'status', status: 404 } : undefined;
  await withProgramReplica({ photos: 10, fault }, async (replica, cwd) => {
    expect((await runProgram(['status'], { cwd })).code).toBe(2);
    expect((await runProgram([], { cwd })).code).toBe(3);

    const { out } = await runProgram(['status', '--json'], { cwd });
    expect(JSON.parse(out)).toMatchObject({
      album: { profile: 'kodak-pulse', url: replica.url, username: replica.username },
      counts: { listed: 10, saved: 9, failed: 1, pending: 0, left: 0 },
      bytes: 36_000,
      lastRun: { ending: 'incomplete' },
    });
    expect((await runProgram(['status'], { cwd })).out).toMatch(/saved +9 .*\n(.*\n)*.*code 3/);
  });
});

test('a run that was killed before it had begun leaves a folder that can be used', async () => {
  await withProgramReplica({ photos: 3 }, async (_replica, cwd) => {
    StorageFolder.open(join(cwd, 'storage')).close();

    expect((await runProgram(['export', '--format', 'ids'], { cwd })).code).toBe(2);
    expect((await runProgram(['status'], { cwd })).code).toBe(2);
    expect((await runProgram([], { cwd })).code).toBe(0);
  });
});

test('a run whose crawler cannot even begin ends all the same', async () => {
  await withProgramReplica({ photos: 3 }, async (_replica, cwd) => {
    const folder = join(cwd, 'storage');
    StorageFolder.open(folder).close();
    const database = new Database(join(folder, 'photo-escape.sqlite'), 'write');
    database.script(`CREATE TRIGGER broken BEFORE INSERT ON requests
      BEGIN SELECT RAISE(ABORT, 'broken by the test'); END`);
    database.close();

    const { code, err } = await runProgram([], { cwd });

    expect(code).toBe(1);
    expect(err).toContain('broken by the test');
  });
});

describe('a database that cannot be used is named and left as it is', () => {
  test.each([
    ['damaged', Buffer.alloc(8192, 'x')],
    ['cut short', Buffer.alloc(0)],
  ])('%s', async (_what, bytes) => {
    await withProgramReplica({ photos: 3 }, async (_replica, cwd) => {
      await runProgram([], { cwd });
      const path = join(cwd, 'storage', 'photo-escape.sqlite');
      rmSync(`${path}-wal`, { force: true });
      writeFileSync(path, bytes);

      for (const words of [[], ['status'], ['export', '--format', 'ids']]) {
        const { code, err } = await runProgram(words, { cwd });
        expect(code).toBe(1);
        expect(err).toContain('photo-escape.sqlite');
        expect(err).not.toContain('    at ');
        expect(readFileSync(path)).toEqual(bytes);
      }
    });
  });
});

const mayMount = await canMountDisks();

(mayMount ? test : test.skip)(
  'a full disk ends with code 6, and the same command goes on once there is room',
  async () => {
    await withProgramReplica({ photos: 60, photoBytes: 60_000 }, async (replica, cwd) => {
      await withSmallDisk(12, async (disk) => {
        const ballast = join(disk, 'ballast');
        writeFileSync(ballast, Buffer.alloc(8_000_000));
        const storage = join(disk, 'storage');
        const full = await runProgram(['--storage', storage], { cwd });
        expect(full.code).toBe(6);
        expect(full.err).toContain(disk);
        expect(full.err.trimEnd().split('\n').at(-1)).toMatch(/^saved \d+ · already had 0 /);
        const photos = join(storage, 'key_value_stores', 'photos');
        for (const file of readdirSync(photos)) {
          expect(statSync(join(photos, file)).size).toBe(60_000);
        }

        rmSync(ballast);
        replica.removePhotos(30);
        const again = await runProgram(['--storage', storage], { cwd });
        expect(again.code).toBe(0);
        const { saved, served } = await comparison(storage, replica);
        expect(saved.slice(0, 30)).toEqual(served);
      });
    });
  },
);
