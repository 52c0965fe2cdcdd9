import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HostThrottle } from '../../src/http/host-throttle.js';
import { retryAfter } from '../../src/http/retry-after.js';
import { backoff } from '../../src/http/retry-policy.js';

describe('the host throttle', () => {
  const never = new AbortController().signal;
  const [site, images] = ['http://album.test/Frame', 'http://images.test/1.jpg'];

  /** The manners of a run, and the outages that they have noticed. */
  function newHosts({ maxPerMinute, longestPause = 60_000 }: Partial<Record<string, number>> = {}) {
    const outages: [string, string][] = [];
    const throttle = new HostThrottle(maxPerMinute, longestPause, (host, reason) => {
      outages.push([host, reason]);
    });
    return { throttle, outages };
  }

  /** In which order the turns come, by name. */
  async function order(turns: Record<string, Promise<void>>): Promise<string[]> {
    const came: string[] = [];
    await Promise.all(
      Object.entries(turns).map(([name, turn]) => turn.then(() => came.push(name))),
    );
    return came;
  }

  describe('a host that asks for a pause', () => {
    test('gets it from every request to it, and from none to another', async () => {
      const { throttle } = newHosts();
      throttle.slowDown(images, 30);
      const came = await order({
        original: throttle.waitForTurn(images, never),
        another: throttle.waitForTurn('http://images.test/2.jpg', never),
        page: throttle.waitForTurn(site, never),
        port: throttle.waitForTurn('http://images.test:8080/1.jpg', never),
      });
      expect(came.slice(0, 2)).toEqual(['page', 'port']);
      expect(came.slice(2).sort()).toEqual(['another', 'original']);
    });

    test('gets the longest that was asked for, also by those who wait already', async () => {
      const { throttle } = newHosts();
      throttle.slowDown(images, 10);
      throttle.slowDown(site, 40);
      const waiting = throttle.waitForTurn(images, never);
      throttle.slowDown(images, 80);
      throttle.slowDown(images, 1);
      expect(await order({ images: waiting, site: throttle.waitForTurn(site, never) })).toEqual([
        'site',
        'images',
      ]);
    });

    test('is left alone no longer than that', async () => {
      const { throttle } = newHosts();
      throttle.slowDown(site, 0);
      throttle.slowDown(images, 20);
      expect(
        await order({
          images: throttle.waitForTurn(images, never),
          site: throttle.waitForTurn(site, never),
        }),
      ).toEqual(['site', 'images']);
      await throttle.waitForTurn(images, never);
    });

    test('for longer than can be waited is an outage', () => {
      const { throttle, outages } = newHosts({ longestPause: 60_000 });
      throttle.slowDown(images, 60_000);
      expect(outages).toEqual([]);
      throttle.slowDown(images, 60_001);
      expect(outages).toEqual([['images.test', 'it asks to come back in 2 minutes']]);
    });
  });

  describe('the end of the run', () => {
    const reason = new Error('the run is over');

    test('ends a pause', async () => {
      const { throttle } = newHosts();
      const run = new AbortController();
      throttle.slowDown(images, 60_000);
      const turn = throttle.waitForTurn(images, run.signal);
      run.abort(reason);
      await expect(turn).rejects.toBe(reason);
    });

    test('ends the wait for a turn, and gives none', async () => {
      const { throttle } = newHosts({ maxPerMinute: 1 });
      const run = new AbortController();
      await throttle.waitForTurn(images, run.signal);
      const turn = throttle.waitForTurn(images, run.signal);
      run.abort(reason);
      await expect(turn).rejects.toBe(reason);
      await expect(newHosts().throttle.waitForTurn(images, run.signal)).rejects.toBe(reason);
    });
  });

  test('with a limit, requests to all hosts stand in one line', async () => {
    const { throttle } = newHosts({ maxPerMinute: 6000 });
    const turns = Array.from({ length: 9 }, (_, index) =>
      throttle.waitForTurn([site, images][index % 2] ?? '', never),
    );
    expect(await order(Object.fromEntries(turns.entries()) as never)).toEqual([...'012345678']);
  });

  describe('a host that only fails', () => {
    const fail = (
      throttle: HostThrottle,
      from: number,
      to: number,
      kind: 'answer' | 'connection',
    ) => {
      for (let n = from; n < to; n++) throttle.failed(images, `photo ${n}`, kind, 'it fails');
    };

    test('is down after 20 failures in a row, and that is told with the last reason', () => {
      const { throttle, outages } = newHosts();
      fail(throttle, 0, 19, 'answer');
      expect(outages).toEqual([]);
      throttle.failed(images, 'photo 19', 'answer', 'the server answered 500');
      expect(outages).toEqual([['images.test', 'the server answered 500']]);
    });

    test('is not down because one photo fails, however often', () => {
      const { throttle, outages } = newHosts();
      for (let tries = 0; tries < 100; tries++) fail(throttle, 0, 6, 'connection');
      for (let tries = 0; tries < 100; tries++) fail(throttle, 6, 7, 'answer');
      expect(outages).toEqual([]);
    });

    test('is down sooner where it does not answer at all: each photo counts for three', () => {
      const { throttle, outages } = newHosts();
      for (let tries = 0; tries < 3; tries++) fail(throttle, 0, 6, 'connection');
      fail(throttle, 6, 7, 'connection');
      expect(outages).toEqual([]);
      fail(throttle, 6, 7, 'connection');
      expect(outages).toEqual([['images.test', 'it fails']]);
    });

    test('is not down if it gives something in between', () => {
      const { throttle, outages } = newHosts();
      fail(throttle, 0, 19, 'answer');
      throttle.answered('http://images.test/other.jpg');
      fail(throttle, 19, 38, 'answer');
      expect(outages).toEqual([]);
    });

    test('has an outage until it answers', () => {
      const { throttle } = newHosts();
      fail(throttle, 0, 19, 'answer');
      expect(throttle.hasOutage).toBe(false);
      fail(throttle, 19, 20, 'answer');
      expect(throttle.hasOutage).toBe(true);
      throttle.answered(images);
      expect(throttle.hasOutage).toBe(false);
    });

    test('is not helped by another that answers', () => {
      const { throttle, outages } = newHosts();
      fail(throttle, 0, 19, 'answer');
      throttle.answered(site);
      fail(throttle, 19, 20, 'answer');
      expect(outages).toHaveLength(1);
    });
  });

  test('a host is silent as long as the last that was heard of it is nothing', () => {
    const { throttle } = newHosts();
    throttle.answered(site);
    expect(throttle.silent()).toEqual([]);
    throttle.failed(images, 'photo', 'connection', 'no byte came');
    expect(throttle.silent()).toEqual(['images.test']);
    throttle.failed(images, 'photo', 'answer', 'the server answered 500');
    expect(throttle.silent()).toEqual([]);
    throttle.failed(images, 'photo', 'connection', 'no byte came');
    throttle.answered(images);
    expect(throttle.silent()).toEqual([]);
  });
});

describe('pauses before the next try', () => {
  describe('Retry-After', () => {
    const now = Date.parse('2026-11-22T10:00:00Z');

    test.each([
      ['0', 0],
      ['120', 120_000],
      [' 7 ', 7000],
      ['Sun, 22 Nov 2026 10:01:30 GMT', 90_000],
      ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
      ['Sunday, 22-Nov-26 10:00:10 GMT', 10_000],
    ])('%j asks to wait %i ms', (header, milliseconds) => {
      expect(retryAfter(header, now)).toBe(milliseconds);
    });

    test.each([undefined, '', '-1', '1.5', '1e3', 'soon', '2026-11-22', '10:00'])(
      '%j says nothing that can be understood',
      (header) => {
        expect(retryAfter(header, now)).toBeUndefined();
      },
    );
  });

  describe('the retry policy', () => {
    test('the pause doubles from failure to failure up to half a minute, half of it by chance', () => {
      const tries = fc.integer({ min: 1, max: 2000 });
      fc.assert(
        fc.property(tries, fc.integer({ min: 1, max: 60_000 }), (failed, first) => {
          const longest = Math.min(30_000, first * 2 ** (failed - 1));
          const pause = backoff(failed, first);
          expect(pause).toBeGreaterThanOrEqual(longest / 2);
          expect(pause).toBeLessThanOrEqual(longest);
        }),
      );
    });

    test('requests that failed together do not come back together', () => {
      const pauses = Array.from({ length: 20 }, () => backoff(3, 500));
      expect(new Set(pauses).size).toBeGreaterThan(1);
    });
  });
});
