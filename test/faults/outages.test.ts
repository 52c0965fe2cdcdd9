import { describe, expect, test } from '@jest/globals';
import { RunControl } from '../../src/crawl/run-control.js';
import { EscapeError } from '../../src/errors.js';
import type { Fault, FaultHook } from '../../src/replica/fault/fault.js';
import { startReplica } from '../../src/replica/server.js';
import { withRescue } from '../helpers/escape-replica.js';
import { originalRequests } from '../helpers/request-log.js';
import { comparison } from '../helpers/saved-album.js';
import { waitUntil } from '../helpers/wait-until.js';

describe('a site that cannot be reached ends the run with code 5', () => {
  test('where nothing listens', async () => {
    await withRescue({ photos: 3 }, async ({ run, replica }) => {
      await replica.close();
      const { ending, lines } = await run();
      expect(ending).toBe('later');
      expect(lines.join('\n')).toContain(`${replica.url} could not be read`);
      expect(lines.join('\n')).toContain('run the same command again');
      expect(lines.at(-1)).toBe('saved 0 · already had 0 · failed 0 · listed 0');
    });
  });

  test.each<[string, Fault]>([
    ['it answers 503', { kind: 'status', status: 503 }],
    ['it answers 500', { kind: 'status', status: 500 }],
    ['it never answers', { kind: 'stall' }],
  ])('where %s, after six tries', async (_what, fault) => {
    await withRescue({ photos: 3, fault: () => fault }, async ({ run, replica }) => {
      const timing = { retryDelay: 5, idleTimeout: 200, pause: 20 };
      expect((await run({ timing })).ending).toBe('later');
      expect(replica.requests).toHaveLength(6);
      expect(new Set(replica.requests.map(({ kind }) => kind))).toEqual(new Set(['sign-in']));
    });
  });

  // Crawlee takes resets and refused connections for the fault of a proxy, and asks ten times more
  // at once, within each try (maxSessionRotations).
  test('where it resets every connection, after six tries and not 66', async () => {
    await withRescue({ photos: 3, fault: () => ({ kind: 'reset' }) }, async ({ run, replica }) => {
      expect((await run()).ending).toBe('later');
      expect(replica.requests).toHaveLength(6);
    });
  });

  test('where its name is not known', async () => {
    await withRescue({ photos: 3 }, async ({ run, replica }) => {
      const url = 'http://nowhere.invalid/';
      const identity = { profile: 'kodak-pulse', url, username: replica.username };
      expect((await run({ identity })).ending).toBe('later');
      expect(replica.requests).toEqual([]);
    });
  });

  test.each<[string, Fault]>([
    ['it answers 503', { kind: 'status', status: 503 }],
    ['it resets every connection', { kind: 'reset' }],
  ])('where from the third page on %s; the next run goes on', async (_what, fault) => {
    let down = true;
    const strikes: FaultHook = ({ kind, page = 0 }) =>
      down && kind === 'page' && page >= 3 ? fault : undefined;
    await withRescue(
      { photos: 14, pageSize: 4, fault: strikes },
      async ({ run, replica, storage }) => {
        const { ending, lines } = await run();
        expect(ending).toBe('later');
        expect(lines.at(-1)).toMatch(/^saved \d+ · already had 0 · failed 0 · listed 8$/);
        down = false;
        const again = await run();
        expect(again.ending).toBe('complete');
        expect(again.lines.at(-1)).toMatch(/failed 0 · listed 14$/);
        const { saved, served } = await comparison(storage, replica);
        expect(saved).toEqual(served);
      },
    );
  });

  test('where it asks for a longer pause than can be waited, at once', async () => {
    const fault: FaultHook = ({ kind, page }) =>
      kind === 'page' && page === 2 ? { kind: 'status', status: 429, retryAfter: 7200 } : undefined;
    await withRescue({ photos: 12, pageSize: 5, fault }, async ({ run, replica }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('later');
      expect(lines.join('\n')).toContain('it asks to come back in 120 minutes');
      expect(replica.requests.filter(({ page }) => page === 2)).toHaveLength(1);
    });
  });
});

describe('an image host that is down ends the run with code 5', () => {
  test.each<[string, Fault, number]>([
    // 20 failures in a row, of which no photo counts for more than 1 (it answers) or 3 (it does not).
    ['it answers 500', { kind: 'status', status: 500 }, 20 * 6],
    ['it answers 503', { kind: 'status', status: 503 }, 20 * 6],
    ['it shows a web page for everything', { kind: 'body', body: '<html>Later.</html>' }, 20 * 6],
    // What is under way when the listing has been read to its end may be tried once more.
    ['it resets every connection', { kind: 'reset' }, 15 * 6],
    ['it never answers', { kind: 'stall' }, 15 * 6],
  ])('where %s; the next run completes', async (_what, fault, most) => {
    let down = true;
    const strikes: FaultHook = ({ kind }) => (down && kind === 'original' ? fault : undefined);
    await withRescue({ photos: 24, fault: strikes }, async ({ run, replica, storage }) => {
      const timing = { retryDelay: 5, idleTimeout: 200, pause: 5 };
      const { ending, lines } = await run({ timing });
      expect(ending).toBe('later');
      expect(lines.join('\n')).toContain(`because of ${new URL(replica.imageUrl).host}: `);
      expect(lines.at(-1)).toMatch(/^saved 0 · already had 0 · failed \d+ · listed \d+$/);
      expect(originalRequests(replica).length).toBeGreaterThanOrEqual(20);
      expect(originalRequests(replica).length).toBeLessThanOrEqual(most);

      down = false;
      const again = await run();
      expect(again.lines.at(-1)).toBe('saved 24 · already had 0 · failed 0 · listed 24');
      expect(again.ending).toBe('complete');
      const { saved, served } = await comparison(storage, replica);
      expect(saved).toEqual(served);
    });
  });

  test('also where the album has too few photos for 20 failures', async () => {
    const fault: FaultHook = ({ kind }) => (kind === 'original' ? { kind: 'reset' } : undefined);
    await withRescue({ photos: 3, fault }, async ({ run }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('later');
      expect(lines.at(-1)).toBe('saved 0 · already had 0 · failed 3 · listed 3');
    });
  });

  // The last that was heard of the host decides, and the broken photo is tried to the very end:
  // "Gave up for now, it does not answer", though it has answered for every other photo.
  test.each<[string, Fault]>([
    ['breaks off', { kind: 'cut', afterBytes: 3000, announced: true }],
    ['is reset', { kind: 'reset' }],
  ])('but not where one transfer always %s: that photo is failed', async (_how, broken) => {
    const fault: FaultHook = ({ kind, photoIndex }) =>
      kind === 'original' && photoIndex === 1 ? broken : undefined;
    await withRescue({ photos: 20, fault }, async ({ run }) => {
      const { ending, lines } = await run();
      expect(lines.at(-1)).toBe('saved 19 · already had 0 · failed 1 · listed 20');
      expect(ending).toBe('incomplete');
    });
  });

  test('but not where all its files break off, without an announced length: they are failed', async () => {
    const fault: FaultHook = ({ kind }) =>
      kind === 'original' ? { kind: 'cut', afterBytes: 3000, announced: false } : undefined;
    await withRescue({ photos: 24, fault }, async ({ run }) => {
      const { ending, lines } = await run();
      expect(lines.at(-1)).toBe('saved 0 · already had 0 · failed 24 · listed 24');
      expect(ending).toBe('incomplete');
    });
  });

  test('but not where some photos alone are broken: they are failed, and the rest is saved', async () => {
    const fault: FaultHook = ({ kind, photoIndex = 0 }) =>
      kind === 'original' && photoIndex % 2 === 1 ? { kind: 'status', status: 500 } : undefined;
    await withRescue({ photos: 44, fault }, async ({ run }) => {
      const { ending, lines } = await run();
      expect(lines.at(-1)).toBe('saved 22 · already had 0 · failed 22 · listed 44');
      expect(ending).toBe('incomplete');
    });
  });
});

test('a server that goes away in mid-run ends it with code 5, and the next run goes on', async () => {
  const options = { photos: 50, photoBytes: 4000, latency: 5 };
  await withRescue(options, async ({ run, replica, storage }) => {
    const running = run();
    await waitUntil(() => originalRequests(replica).length >= 15);
    await replica.close();
    const { ending, lines } = await running;
    expect(ending).toBe('later');
    const saved = Number(/^saved (\d+)/.exec(lines.at(-1) ?? '')?.[1]);
    expect(saved).toBeGreaterThan(0);

    const later = await startReplica({ ...options, port: Number(new URL(replica.url).port) });
    try {
      const again = await run();
      expect(again.ending).toBe('complete');
      expect(again.lines.at(-1)).toBe(
        `saved ${50 - saved} · already had ${saved} · failed 0 · listed 50`,
      );
      expect(originalRequests(later)).toHaveLength(50 - saved);
      const compared = await comparison(storage, later);
      expect(compared.saved).toEqual(compared.served);
    } finally {
      await later.close();
    }
  });
});

test.each([0, 1000])(
  'a stop with a grace of %i ms before the crawl has begun ends it',
  async (grace) => {
    await withRescue({ photos: 3 }, async ({ run, replica }) => {
      const control = new RunControl();
      control.stop(new EscapeError('interrupted', 'Stopped.'), grace);
      expect((await run({}, control)).ending).toBe('interrupted');
      expect(replica.requests).toEqual([]);
      expect((await run()).ending).toBe('complete');
    });
  },
);
