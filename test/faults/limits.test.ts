import { describe, expect, test } from '@jest/globals';
import type { FaultHook } from '../../src/replica/fault/fault.js';
import type { RequestRecord } from '../../src/replica/request-log.js';
import { withTap } from '../helpers/eavesdrop.js';
import { withRescue } from '../helpers/escape-replica.js';
import { withOtherHost } from '../helpers/other-host.js';

/** The most requests that came within so many ms. */
function mostWithin(requests: readonly RequestRecord[], milliseconds: number): number {
  return Math.max(
    ...requests.map(
      (first) => requests.filter(({ at }) => at >= first.at && at < first.at + milliseconds).length,
    ),
  );
}

describe('no more requests at once than allowed, sign-in, pages and thumbnails included', () => {
  // Every answer takes at least the latency, so that what came within less than that was under way
  // at once.
  test.each([1, 3, 8])('%i', async (concurrency) => {
    const latency = 40;
    const fault: FaultHook = ({ kind, page, photoIndex = 0, signedIn, attempt }) => {
      if (attempt > 1) return undefined;
      if (kind === 'page' && page === 2 && signedIn) return { kind: 'signed-out', by: 'form' };
      if (kind === 'original' && photoIndex % 5 === 0) return { kind: 'status', status: 500 };
      return undefined;
    };
    const options = { photos: 20, pageSize: 8, latency, fault };
    await withRescue(options, async ({ run, replica }) => {
      expect((await run({ concurrency, thumbnails: 'all' })).ending).toBe('complete');
      expect(replica.requests.filter(({ kind }) => kind === 'thumbnail')).toHaveLength(20);
      expect(mostWithin(replica.requests, latency - 2)).toBe(concurrency);
    });
  });
});

describe('no more requests a minute than allowed', () => {
  const perMinute = 2400;
  const spacing = 60_000 / perMinute;

  /** Compares every request with the first; that one may have come late. */
  function expectRate(requests: readonly RequestRecord[]): void {
    const [first = Number.NaN, ...others] = requests.map(({ at }) => at).sort((a, b) => a - b);
    for (const [index, at] of others.entries()) {
      expect(at - first).toBeGreaterThan((index - 2) * spacing);
    }
  }

  test.each<[string, FaultHook]>([
    ['sign-in, pages and originals in one line', () => undefined],
    [
      'redirects of pages and originals included',
      ({ kind, path, host, attempt, method }) =>
        (kind === 'page' || kind === 'original') && method === 'GET' && attempt === 1
          ? { kind: 'redirect', to: `http://${host}${path}` }
          : undefined,
    ],
    [
      'tries of what failed included',
      ({ kind, attempt }) =>
        kind === 'original' && attempt < 3 ? { kind: 'status', status: 500 } : undefined,
    ],
  ])('%s', async (_what, fault) => {
    await withRescue({ photos: 8, pageSize: 4, fault }, async ({ run, replica }) => {
      expect((await run({ maxPerMinute: perMinute })).ending).toBe('complete');
      expect(replica.requests.length).toBeGreaterThan(16);
      expectRate(replica.requests);
    });
  });
});

test('the user agent is the one that was set, towards the album and the host of the images', async () => {
  const userAgent = 'rescue-of-2017/1.0 (anna@example.com)';
  await withOtherHost(
    (response) => response.writeHead(404).end(),
    async (other, seen) => {
      const fault: FaultHook = ({ kind, photoIndex }) =>
        kind === 'original' && photoIndex === 0 ? { kind: 'redirect', to: other } : undefined;
      await withRescue({ photos: 3, fault }, ({ run, replica }) =>
        withTap(replica.url, async (tap) => {
          const identity = { profile: 'kodak-pulse', url: tap.url, username: replica.username };
          await run({ userAgent, identity });
          expect(seen.map(({ headers }) => headers['user-agent'])).toEqual([userAgent, userAgent]);
          const told = [...tap.sent.matchAll(/^user-agent: (.*)\r$/gim)].map(([, name]) => name);
          // The form, its answer, and two walks of three pages, of which the first is the one behind the form.
          expect(told).toEqual(Array.from({ length: 8 }, () => userAgent));
        }),
      );
    },
  );
});
