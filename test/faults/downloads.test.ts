import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Fault, FaultHook } from '../../src/replica/fault/fault.js';
import { startReplica } from '../../src/replica/server.js';
import { withRescue } from '../helpers/escape-replica.js';
import { runProgram } from '../helpers/program.js';
import { originalRequests } from '../helpers/request-log.js';
import { comparison, originalFiles, savedAlbum } from '../helpers/saved-album.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { waitUntil } from '../helpers/wait-until.js';

/** Strikes the original at one place of the album, in its first attempts. */
const strike =
  (index: number, faults: readonly Fault[]): FaultHook =>
  ({ kind, photoIndex, attempt }) =>
    kind === 'original' && photoIndex === index ? faults[attempt - 1] : undefined;

/** Strikes it in every attempt. */
const strikeAlways =
  (index: number, fault: Fault): FaultHook =>
  ({ kind, photoIndex }) =>
    kind === 'original' && photoIndex === index ? fault : undefined;

describe('a download that fails is tried again, and ends whole', () => {
  test.each<[string, Fault, number?]>([
    ['408', { kind: 'status', status: 408 }],
    ['429', { kind: 'status', status: 429 }],
    ['500', { kind: 'status', status: 500 }],
    ['502', { kind: 'status', status: 502 }],
    ['503', { kind: 'status', status: 503 }],
    ['a reset before the answer', { kind: 'reset' }],
    ['a reset in the first bytes', { kind: 'reset', afterBytes: 1000 }],
    ['a reset in mid-body', { kind: 'reset', afterBytes: 60_000 }],
    ['a stall before the answer', { kind: 'stall' }, 200],
    ['a stall in mid-body', { kind: 'stall', afterBytes: 60_000 }, 200],
    ['fewer bytes than announced', { kind: 'cut', afterBytes: 60_000, announced: true }],
  ])('after %s', async (_what, fault, idleTimeout = 2000) => {
    const options = { photos: 3, photoBytes: 100_000, fault: strike(1, [fault]) };
    await withRescue(options, async ({ run, replica, storage }) => {
      const timing = { retryDelay: 5, pause: 20, idleTimeout };
      const { ending, lines } = await run({ timing });

      expect(lines.at(-1)).toBe('saved 3 · already had 0 · failed 0 · listed 3');
      expect(ending).toBe('complete');
      expect(originalRequests(replica, 1)).toHaveLength(2);
      const { saved, served } = await comparison(storage, replica);
      expect(saved).toEqual(served);
    });
  });

  test('however slowly it comes, as long as something comes: there is no limit on the total time', async () => {
    // 100 pauses of 15 ms are more than the idleTimeout that ends a transfer.
    const drip = { kind: 'drip', bytes: 40, interval: 15 } as const;
    const timing = { retryDelay: 5, idleTimeout: 1000, pause: 20 };
    await withRescue({ photos: 1, fault: strike(0, [drip]) }, async ({ run, replica }) => {
      expect((await run({ timing })).ending).toBe('complete');
      expect(originalRequests(replica)).toHaveLength(1);
    });
  });

  test('while pages wait longer for their turn than a page may take', async () => {
    const drip = { kind: 'drip', bytes: 20, interval: 15 } as const;
    const timing = { retryDelay: 5, idleTimeout: 1000, page: 250, pause: 20 };
    const options = { photos: 4, pageSize: 2, fault: strike(0, [drip]) };
    await withRescue(options, async ({ run, replica }) => {
      expect((await run({ timing, concurrency: 1 })).ending).toBe('complete');
      const slow = originalRequests(replica)[0]?.at ?? Number.NaN;
      const pages = replica.requests.filter(({ kind, at }) => kind === 'page' && at > slow);
      expect((pages[0]?.at ?? Number.NaN) - slow).toBeGreaterThan(6 * timing.page);
    });
  });

  test('a page that takes longer than a page may is asked for again', async () => {
    const fault: FaultHook = ({ kind, page, attempt }) =>
      kind === 'page' && page === 2 && attempt === 1
        ? { kind: 'drip', bytes: 20, interval: 20 }
        : undefined;
    const timing = { retryDelay: 5, idleTimeout: 5000, page: 300, pause: 20 };
    await withRescue({ photos: 4, pageSize: 2, fault }, async ({ run, replica }) => {
      expect((await run({ timing })).ending).toBe('complete');
      const second = replica.requests.filter(({ kind, page }) => kind === 'page' && page === 2);
      expect(second).toHaveLength(3);
    });
  });

  test('after the server was gone for a while, and hung up on whoever came', async () => {
    const options = { photos: 60, photoBytes: 4000, latency: 5 };
    await withRescue(options, async ({ run, replica, storage }) => {
      const port = Number(new URL(replica.url).port);
      let hungUp = 0;
      const gone = createServer((socket) => {
        hungUp += 1;
        socket.destroy();
      });
      let again: typeof replica | undefined;
      try {
        const timing = { retryDelay: 200, idleTimeout: 5000, pause: 20 };
        const running = run({ concurrency: 4, timing });
        await waitUntil(() => originalRequests(replica).length >= 10);
        await replica.close();
        await once(gone.listen(port, '127.0.0.1'), 'listening');
        await waitUntil(() => hungUp >= 3);
        await once(gone.close(), 'close');
        again = await startReplica({ ...options, port });

        const { ending, lines } = await running;
        expect(lines.at(-1)).toBe('saved 60 · already had 0 · failed 0 · listed 60');
        expect(ending).toBe('complete');
        const { saved, served } = await comparison(storage, again);
        expect(saved).toEqual(served);
      } finally {
        gone.close();
        await again?.close();
      }
    });
  });
});

describe('a host that says Retry-After is left alone by all requests', () => {
  test('for so many seconds', async () => {
    const busy = { kind: 'status', status: 429, retryAfter: 1 } as const;
    await withRescue({ photos: 20, fault: strike(0, [busy]) }, async ({ run, replica }) => {
      expect((await run({ concurrency: 1 })).ending).toBe('complete');

      const originals = originalRequests(replica);
      const refused = originals.find(({ status }) => status === 429)?.at ?? Number.NaN;
      const inThePause = originals.filter(({ at }) => at > refused && at < refused + 990);
      expect(inThePause).toEqual([]);
    });
  });

  test('until that moment', async () => {
    let pauseLeft = 0;
    const fault: FaultHook = ({ kind, photoIndex, attempt }) => {
      if (kind !== 'original' || photoIndex !== 0 || attempt > 1) return undefined;
      // A date has whole seconds: the next one, if it is not just about to begin.
      const moment = Math.ceil((Date.now() + 300) / 1000) * 1000;
      pauseLeft = moment - Date.now();
      return { kind: 'status', status: 503, retryAfter: new Date(moment) };
    };
    await withRescue({ photos: 20, fault }, async ({ run, replica }) => {
      expect((await run({ concurrency: 1 })).ending).toBe('complete');

      const originals = originalRequests(replica);
      const refused = originals.find(({ status }) => status === 503)?.at ?? Number.NaN;
      const end = refused + pauseLeft - 20;
      expect(originals.filter(({ at }) => at > refused && at < end)).toEqual([]);
    });
  });

  test('also by downloads that run beside each other: what is under way ends, nothing begins', async () => {
    const busy = { kind: 'status', status: 429, retryAfter: 1 } as const;
    await withRescue({ photos: 96, fault: strike(9, [busy]) }, async ({ run, replica }) => {
      expect((await run({ concurrency: 4 })).ending).toBe('complete');

      const originals = originalRequests(replica);
      const refused = originals.find(({ status }) => status === 429)?.at ?? Number.NaN;
      const inThePause = originals.filter(({ at }) => at > refused && at < refused + 990);
      // Each of the others may have begun one while the answer was on its way.
      expect(inThePause.length).toBeLessThanOrEqual(6);
    });
  });

  test('where it is the album’s own, by sign-in and pages, while originals go on', async () => {
    const fault: FaultHook = ({ kind, page, signedIn, attempt }) =>
      kind === 'page' && page === 2 && signedIn && attempt === 1
        ? { kind: 'status', status: 503, retryAfter: 1 }
        : undefined;
    await withRescue({ photos: 60, fault }, async ({ run, replica }) => {
      expect((await run()).ending).toBe('complete');

      const refused = replica.requests.find(({ status }) => status === 503)?.at ?? Number.NaN;
      const inThePause = replica.requests.filter(({ at }) => at > refused && at < refused + 990);
      expect(inThePause.filter(({ kind }) => kind !== 'original')).toEqual([]);
      expect(inThePause.length).toBeGreaterThan(0);
    });
  });
});

describe('a download that keeps failing', () => {
  test('is tried six times, named with its reason, and tried again by the next run', async () => {
    let broken = true;
    const fault: FaultHook = ({ kind, photoIndex }) =>
      broken && kind === 'original' && photoIndex === 2
        ? { kind: 'status', status: 500 }
        : undefined;
    await withRescue({ photos: 9, fault }, async ({ run, replica, storage }) => {
      const { ending, lines } = await run();
      const { id, originalUrl } = replica.photos()[2] ?? {};

      expect(ending).toBe('incomplete');
      expect(lines).toContain(`Not saved: ${id} (${originalUrl}): the server answered 500`);
      expect(lines.at(-1)).toBe('saved 8 · already had 0 · failed 1 · listed 9');
      expect(originalRequests(replica, 2)).toHaveLength(6);
      expect(await originalFiles(storage)).toHaveLength(8);
      expect((await savedAlbum(storage))[2]).toMatchObject({ id, status: 'failed' });

      const asked = originalRequests(replica).length;
      const again = await run();
      expect(again.ending).toBe('incomplete');
      expect(again.lines.at(-1)).toBe('saved 0 · already had 8 · failed 1 · listed 9');
      expect(originalRequests(replica)).toHaveLength(asked + 6);

      broken = false;
      const last = await run();
      expect(last.lines.at(-1)).toBe('saved 1 · already had 8 · failed 0 · listed 9');
      expect(last.ending).toBe('complete');
      const { saved, served } = await comparison(storage, replica);
      expect(saved).toEqual(served);
    });
  });

  test.each([403, 404, 410])('with %i is tried once more, not six times', async (status) => {
    const fault = strikeAlways(2, { kind: 'status', status });
    await withRescue({ photos: 9, fault }, async ({ run, replica }) => {
      const { ending, lines } = await run();

      expect(ending).toBe('incomplete');
      expect(lines.join('\n')).toContain(`: the server answered ${status}`);
      expect(lines.at(-1)).toBe('saved 8 · already had 0 · failed 1 · listed 9');
      expect(originalRequests(replica, 2)).toHaveLength(2);
    });
  });

  test('ends the program with code 3', async () => {
    const fault = strikeAlways(2, { kind: 'status', status: 404 });
    const replica = await startReplica({ photos: 9, photoBytes: 4000, fault });
    try {
      await withTemporaryFolder(async (cwd) => {
        const env = {
          ALBUM_URL: replica.url,
          ALBUM_USERNAME: replica.username,
          ALBUM_PASSWORD: replica.password,
          CRAWLEE_STORAGE_DIR: join(cwd, 'storage'),
        };
        const { code, out, err } = await runProgram([], { cwd, env });
        expect(code).toBe(3);
        expect(out).toBe('');
        expect(err).toContain(`Not saved: ${replica.photos()[2]?.id} (`);
        expect(err).toMatch(/\nsaved 8 · already had 0 · failed 1 · listed 9\n$/);
      });
    } finally {
      await replica.close();
    }
  });
});

describe('a transfer that breaks off', () => {
  const cut = (afterBytes: number) => ({ kind: 'cut', afterBytes, announced: true }) as const;

  test.each<[string, Fault[], (string | undefined)[], number[]]>([
    [
      'goes on at the byte where it stood',
      [cut(60_000)],
      [undefined, 'bytes=60000-'],
      [60_000, 90_000],
    ],
    [
      'goes on as often as it has to, each time where it stands then',
      [cut(60_000), cut(50_000), cut(20_000)],
      [undefined, 'bytes=60000-', 'bytes=110000-', 'bytes=130000-'],
      [60_000, 50_000, 20_000, 20_000],
    ],
    [
      'goes on after a stall too',
      [{ kind: 'stall', afterBytes: 60_000 }],
      [undefined, 'bytes=60000-'],
      [60_000, 90_000],
    ],
    [
      'begins anew where the server cannot go on',
      [cut(60_000), { kind: 'range', range: 'ignored' }],
      [undefined, 'bytes=60000-', undefined],
      [60_000, 150_000, 150_000],
    ],
    [
      'begins anew where the file is another one by then (If-Range)',
      [cut(60_000), { kind: 'range', range: 'changed' }],
      [undefined, 'bytes=60000-', undefined],
      [60_000, 150_000, 150_000],
    ],
  ])('%s', async (_what, faults, ranges, bytes) => {
    const options = { photos: 3, photoBytes: 150_000, fault: strike(1, faults) };
    await withRescue(options, async ({ run, replica, storage }) => {
      expect((await run()).ending).toBe('complete');

      const requests = originalRequests(replica, 1);
      expect(requests.map(({ range }) => range)).toEqual(ranges);
      expect(requests.slice(0, -2).map((request) => request.bytes)).toEqual(bytes.slice(0, -2));
      expect(requests.at(-1)?.bytes).toBe(bytes.at(-1));
      const { saved, served } = await comparison(storage, replica);
      expect(saved).toEqual(served);
    });
  });

  // What came is thrown away at the first answer that is not the rest: a film of gigabytes begins
  // anew because the server was busy for a moment.
  test.each([429, 503])('waits, and then goes on, where the server answers %i', async (status) => {
    const fault = strike(1, [cut(60_000), { kind: 'status', status }]);
    await withRescue({ photos: 3, photoBytes: 150_000, fault }, async ({ run, replica }) => {
      expect((await run()).ending).toBe('complete');
      expect(originalRequests(replica, 1).map(({ range }) => range)).toEqual([
        undefined,
        'bytes=60000-',
        'bytes=60000-',
      ]);
    });
  });
});
