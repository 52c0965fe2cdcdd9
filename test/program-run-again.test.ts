import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { FaultHook } from '../src/replica/fault/fault.js';
import type { Replica } from '../src/replica/replica.js';
import { startProgram } from './helpers/program.js';
import { withProgramReplica } from './helpers/program-replica.js';
import { originalRequests } from './helpers/request-log.js';
import { runProgram } from './helpers/run-program.js';
import { comparison } from './helpers/saved-album.js';
import { withTemporaryFolder } from './helpers/temporary-folder.js';
import { waitUntil } from './helpers/wait-until.js';

const originalsServed = (replica: Replica) =>
  replica.requests.filter(({ kind, status }) => kind === 'original' && status === 200);

describe('the same command, run again', () => {
  test('fetches listing pages only, what is new and what has a new version, and keeps what has left', async () => {
    await withProgramReplica({ photos: 60 }, async (replica, cwd) => {
      expect((await runProgram([], { cwd })).code).toBe(0);
      const first = originalRequests(replica).length;
      const same = await runProgram([], { cwd });
      expect([same.code, same.out]).toEqual([0, '']);
      expect(same.err.trimEnd().split('\n').at(-1)).toBe(
        'saved 0 · already had 60 · failed 0 · listed 60',
      );
      expect(originalRequests(replica)).toHaveLength(first);

      const replaced = replica.photos()[20]?.id ?? '';
      replica.replacePhoto(replaced);
      replica.removePhotos(2);
      replica.addPhotos(5);
      const { code, err } = await runProgram([], { cwd });

      expect(code).toBe(0);
      expect(err).toContain('saved 6 · already had 57 · failed 0 · listed 63');
      expect(err).toContain('3 saved photos are no longer in the album; they are kept.');
      const { saved, served } = await comparison(join(cwd, 'storage'), replica);
      expect(saved.slice(0, 63)).toEqual(served);
      expect(saved).toHaveLength(66);
      expect(saved.filter(({ id }) => id === replaced)).toHaveLength(2);
    });
  });

  test.each([
    ['SIGINT', 'while all downloads go on', 130, false],
    ['SIGTERM', 'while one hangs, which is dropped', 143, true],
  ] as const)('goes on after %s %s', async (signal, _when, exitCode, oneHangs) => {
    let hangs = oneHangs;
    const fault: FaultHook = ({ kind, photoIndex }) =>
      hangs && kind === 'original' && photoIndex === 3
        ? { kind: 'stall', afterBytes: 100 }
        : undefined;
    await withProgramReplica({ photos: 50, latency: 10, fault }, async (replica, cwd) => {
      const run = startProgram([], { cwd });
      await waitUntil(() => originalsServed(replica).length >= 16);
      run.process.kill(signal);
      const { code, err } = await run.ended;
      hangs = false;

      expect(code).toBe(exitCode);
      expect(err).toContain('run the same command again');
      const stopped = originalsServed(replica).length;
      expect(stopped).toBeLessThan(50);

      const again = await runProgram([], { cwd });
      expect(again.code).toBe(0);
      expect(again.err).toMatch(/failed 0 · listed 50\n$/);
      // Whole downloads are not repeated: what was under way was finished or dropped unanswered.
      expect(originalsServed(replica).length).toBeLessThanOrEqual(50 + 8);
      expect(originalRequests(replica, 3)).toHaveLength(oneHangs ? 2 : 1);
      const { saved, served } = await comparison(join(cwd, 'storage'), replica);
      expect(saved).toEqual(served);
    });
  });

  test('a sign-in that is refused ends the run also where originals are waiting for it', async () => {
    await withProgramReplica({ photos: 40, latency: 10 }, async (replica, cwd) => {
      const run = startProgram([], { cwd });
      await waitUntil(() => originalsServed(replica).length >= 12);
      run.process.kill('SIGKILL');
      await run.ended;

      const refused = await runProgram([], { cwd, env: { ALBUM_PASSWORD: 'wrong' } });
      expect(refused.code).toBe(4);
      expect(refused.err).toContain('refused the sign-in');
      expect((await runProgram([], { cwd })).err).toMatch(/failed 0 · listed 40\n$/);
    });
  });

  test('many downloads at once are no cause for a warning', async () => {
    await withProgramReplica({ photos: 40, latency: 50 }, async (replica, cwd) => {
      // Node prints its warnings to the standard error of the process.
      const { code, err } = await startProgram(['--concurrency', '32'], { cwd }).ended;
      expect(code).toBe(0);
      expect(err).not.toContain('Warning');
      expect(originalsServed(replica)).toHaveLength(40);
    });
  });
});

describe('an export', () => {
  test('where nothing was saved says what to do', async () => {
    await withTemporaryFolder(async (cwd) => {
      const { code, err, out } = await runProgram(['export', '--format', 'ids'], { cwd });
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(err).toContain('npm start');
    });
  });

  test('a reader who stops reading is no error', async () => {
    await withProgramReplica({ photos: 20 }, async (_replica, cwd) => {
      await runProgram([], { cwd });
      const run = startProgram(['export', '--format', 'csv'], { cwd });
      run.process.stdout?.destroy();
      expect(await run.ended).toMatchObject({ code: 0, err: '' });
    });
  });
});
