import { once } from 'node:events';
import { createServer } from 'node:net';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Fault, FaultHook } from '../../src/replica/fault/fault.js';
import type { RequestRecord } from '../../src/replica/request-log.js';
import { startReplica } from '../../src/replica/server.js';
import { withRescue } from '../helpers/escape-replica.js';
import { originalRequests } from '../helpers/request-log.js';
import { comparison, originalFiles, savedAlbum } from '../helpers/saved-album.js';
import { waitUntil } from '../helpers/wait-until.js';

/** Strikes the original at one place of the album, in its first attempts. */
const strike =
  (index: number, faults: readonly Fault[]): FaultHook =>
  ({ kind, photoIndex, attempt }) =>
    kind === 'original' && photoIndex === index ? faults[attempt - 1] : undefined;

/** The requests for each photo of an album that is saved once, each photo struck by its own faults. */
async function savedDespite(
  faults: readonly (readonly Fault[])[],
  photoBytes: number,
  idleTimeout: number,
): Promise<RequestRecord[][]> {
  const fault: FaultHook = ({ kind, photoIndex = 0, attempt }) =>
    kind === 'original' ? faults[photoIndex]?.[attempt - 1] : undefined;
  const photos = faults.length;
  const requests: RequestRecord[][] = [];
  await withRescue({ photos, photoBytes, fault }, async ({ run, replica, storage }) => {
    const { ending, lines } = await run({ timing: { retryDelay: 5, pause: 20, idleTimeout } });

    expect(lines.at(-1)).toBe(`saved ${photos} · already had 0 · failed 0 · listed ${photos}`);
    expect(ending).toBe('complete');
    const { saved, served } = await comparison(storage, replica);
    expect(saved).toEqual(served);
    requests.push(...faults.map((_faults, index) => originalRequests(replica, index)));
  });
  return requests;
}

describe('a download that fails is tried again, and ends whole', () => {
  test.each<[string, Record<string, Fault>, number]>([
    [
      'an error, or a transfer that breaks off',
      {
        408: { kind: 'status', status: 408 },
        429: { kind: 'status', status: 429 },
        500: { kind: 'status', status: 500 },
        502: { kind: 'status', status: 502 },
        503: { kind: 'status', status: 503 },
        'a reset before the answer': { kind: 'reset' },
        'a reset in the first bytes': { kind: 'reset', afterBytes: 1000 },
        'a reset in mid-body': { kind: 'reset', afterBytes: 60_000 },
        'fewer bytes than announced': { kind: 'cut', afterBytes: 60_000, announced: true },
      },
      5000,
    ],
    [
      'a transfer that stalls',
      {
        'a stall before the answer': { kind: 'stall' },
        'a stall in mid-body': { kind: 'stall', afterBytes: 60_000 },
      },
      200,
    ],
  ])('after %s', async (_what, faults, idleTimeout) => {
    const each = Object.values(faults).map((fault) => [fault]);
    const requests = await savedDespite(each, 100_000, idleTimeout);
    const counts = Object.keys(faults).map((what, index) => [what, requests[index]?.length]);
    expect(counts).toEqual(Object.keys(faults).map((what) => [what, 2]));
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

  test('while pages wait longer for their turn than a transfer may be idle', async () => {
    // The time without a byte has room for a busy machine.
    const drip = { kind: 'drip', bytes: 15, interval: 20 } as const;
    const timing = { retryDelay: 5, idleTimeout: 800, pause: 20 };
    const options = { photos: 4, pageSize: 2, photoBytes: 1500, fault: strike(0, [drip]) };
    await withRescue(options, async ({ run, replica }) => {
      expect((await run({ timing, concurrency: 1 })).ending).toBe('complete');
      const slow = originalRequests(replica)[0]?.at ?? Number.NaN;
      const pages = replica.requests.filter(({ kind, at }) => kind === 'page' && at > slow);
      expect((pages[0]?.at ?? Number.NaN) - slow).toBeGreaterThan(2 * timing.idleTimeout);
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

  test('for so many seconds, also by parallel downloads: what is under way ends, nothing begins', async () => {
    const busy = { kind: 'status', status: 429, retryAfter: 1 } as const;
    await withRescue({ photos: 40, fault: strike(9, [busy]) }, async ({ run, replica }) => {
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

  test('with 403, 404 or 410 is tried once more, not six times', async () => {
    const statuses = [403, 404, 410];
    const fault: FaultHook = ({ kind, photoIndex = 0 }) => {
      const status = statuses[photoIndex];
      return kind === 'original' && status !== undefined ? { kind: 'status', status } : undefined;
    };
    await withRescue({ photos: 9, fault }, async ({ run, replica }) => {
      const { ending, lines } = await run();

      expect(ending).toBe('incomplete');
      expect(lines.at(-1)).toBe('saved 6 · already had 0 · failed 3 · listed 9');
      for (const [index, status] of statuses.entries()) {
        const { id, originalUrl } = replica.photos()[index] ?? {};
        expect(lines).toContain(`Not saved: ${id} (${originalUrl}): the server answered ${status}`);
        expect(originalRequests(replica, index)).toHaveLength(2);
      }
    });
  });
});

describe('a transfer that breaks off', () => {
  const cut = (afterBytes: number) => ({ kind: 'cut', afterBytes, announced: true }) as const;
  const cases: [string, Fault[], (string | undefined)[], number[]][] = [
    [
      'resumes at the byte where it stopped',
      [cut(60_000)],
      [undefined, 'bytes=60000-'],
      [60_000, 90_000],
    ],
    [
      'resumes as often as it has to, each time where it stopped last',
      [cut(60_000), cut(50_000), cut(20_000)],
      [undefined, 'bytes=60000-', 'bytes=110000-', 'bytes=130000-'],
      [60_000, 50_000, 20_000, 20_000],
    ],
    [
      'resumes after a stall too',
      [{ kind: 'stall', afterBytes: 60_000 }],
      [undefined, 'bytes=60000-'],
      [60_000, 90_000],
    ],
    [
      'begins anew where the server cannot resume',
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
    // Otherwise a film of gigabytes would begin anew because the server was busy for a moment.
    ...[429, 503].map((status): [string, Fault[], (string | undefined)[], number[]] => [
      `waits, and then resumes, where the server answers ${status}`,
      [cut(60_000), { kind: 'status', status }],
      [undefined, 'bytes=60000-', 'bytes=60000-'],
      [60_000, 0, 90_000],
    ]),
  ];
  let requests: RequestRecord[][] = [];

  const stalls = ([, faults]: (typeof cases)[number]) =>
    faults.some(({ kind }) => kind === 'stall');

  beforeAll(async () => {
    // Where nothing stalls, no answer that is late on a busy machine may count as a stall.
    const faultsOf = (wanted: boolean) =>
      cases.map((each) => (stalls(each) === wanted ? each[1] : []));
    const [cut = [], stalled = []] = [
      await savedDespite(faultsOf(false), 150_000, 30_000),
      await savedDespite(faultsOf(true), 150_000, 2000),
    ];
    requests = cases.map((each, index) => (stalls(each) ? stalled : cut)[index] ?? []);
  });

  test.each(cases.map(([what, , ranges, bytes], index) => ({ what, index, ranges, bytes })))(
    '$what',
    ({ index, ranges, bytes }) => {
      const own = requests[index] ?? [];
      expect(own.map(({ range }) => range)).toEqual(ranges);
      // What was on its way when the request was dropped may or may not be counted.
      expect(own.slice(0, -2).map((request) => request.bytes)).toEqual(bytes.slice(0, -2));
      expect(own.at(-1)?.bytes).toBe(bytes.at(-1));
    },
  );
});
