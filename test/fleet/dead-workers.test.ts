import { describe, expect, test } from '@jest/globals';
import { AlbumRun } from '../../src/fleet/album-run.js';
import { HostWorkers } from '../../src/fleet/host-workers.js';
import { progressOf } from '../../src/fleet/job-progress.js';
import { LockKeeper } from '../../src/fleet/lock-keeper.js';
import type { Attempt } from '../../src/fleet/work-album.js';
import { startRelay } from '../helpers/fleet/silent-relay.js';
import { redisTest } from '../helpers/redis-test.js';
import { waitUntil } from '../helpers/wait-until.js';
import { albums, endOf, lockDuration, type TestFleet, withFleet } from './test-fleet.js';

describe('dead workers', () => {
  /** Takes the album as a worker does that dies then: it renews nothing, and says nothing. */
  async function takeAndDie({ queues }: TestFleet, saved?: number): Promise<void> {
    const hosts = new HostWorkers(queues, 'mortal', lockDuration, () => undefined);
    await hosts.open('site.example');
    let taken: Awaited<ReturnType<HostWorkers['take']>>;
    while (taken === undefined) taken = await hosts.take();
    await hosts.close();
    const { job, token } = taken;
    // What a run writes at its beginning, and what it wrote last.
    const run = new AlbumRun(
      job,
      token,
      {
        redis: queues.redis,
        lockDuration,
        passwordOf: () => 'a-word',
        log: () => undefined,
        workAlbum: () => new Promise(() => undefined),
      },
      { isAlone: () => true, askedToPause: () => undefined },
    );
    if (saved === undefined) return;
    await job.updateProgress({ ...run.progress, saved });
  }

  redisTest('an album whose worker died is taken by another, with the next number', () =>
    withFleet(async (fleet) => {
      await fleet.add(albums(['a']));
      await takeAndDie(fleet);
      const attempts: number[] = [];
      const { ended } = fleet.work(
        async (_album, _password, { attempt }) => {
          attempts.push(attempt);
          return endOf('complete');
        },
        { untilEmpty: true },
      );
      await ended;

      expect(attempts).toEqual([2]);
    }),
  );

  redisTest('an album that kills its worker each time is given up after three times', () =>
    withFleet(async (fleet) => {
      await fleet.add(albums(['a']));
      // The first one saves something: whoever dies after that has not come further.
      await takeAndDie(fleet, 5);
      await takeAndDie(fleet, 5);
      await takeAndDie(fleet, 5);
      await takeAndDie(fleet, 5);
      let begun = 0;
      const { ended } = fleet.work(
        async () => {
          begun += 1;
          return endOf('complete');
        },
        { untilEmpty: true },
      );
      await ended;

      expect(begun).toBe(0);
      const { a } = await fleet.states();
      expect(a?.[0]).toBe('failed');
      expect(a?.[1]).toContain('ended with the death of their worker');
    }),
  );

  redisTest('an album that comes further each time is not given up', () =>
    withFleet(async (fleet) => {
      await fleet.add(albums(['a']));
      for (const saved of [1, 2, 3, 4, 5]) await takeAndDie(fleet, saved);
      const { ended } = fleet.work(async () => endOf('complete'), { untilEmpty: true });
      await ended;

      expect(await fleet.states()).toEqual({ a: ['complete', null] });
    }),
  );

  redisTest('a worker whose connection is cut in silence stops before another begins', () =>
    withFleet(async (fleet) => {
      await fleet.add(albums(['a']));
      // It is closed when the workers are: they look for Redis through it to the end.
      const relay = await startRelay(fleet.server.port);
      try {
        const begun: Attempt[] = [];
        let stoppedAt = 0;
        let takenAt = 0;
        fleet.work(
          (_album, _password, attempt) => {
            begun.push(attempt);
            return new Promise((resolve) => {
              attempt.lost.addEventListener('abort', () => {
                stoppedAt = performance.now();
                resolve(endOf('busy'));
              });
            });
          },
          { url: `redis://127.0.0.1:${relay.port}` },
        );
        await waitUntil(() => begun.length === 1);
        relay.cut();
        await fleet.work(
          async () => {
            takenAt = performance.now();
            return endOf('complete');
          },
          { untilEmpty: true },
        ).ended;

        relay.mend();
        expect(stoppedAt).toBeGreaterThan(0);
        expect(takenAt).toBeGreaterThan(stoppedAt);
        expect(await fleet.states()).toEqual({ a: ['complete', null] });
      } finally {
        relay.close();
      }
    }),
  );

  redisTest('a Redis that is restarted forgets nothing', () =>
    withFleet(async (fleet) => {
      await fleet.add(albums(['a', 'b', 'c', 'd']));
      const { ended } = fleet.work(async () => endOf('complete'), { untilEmpty: true });
      await fleet.server.stop();
      await fleet.server.start();
      await ended;

      const states = Object.values(await fleet.states()).map(([state]) => state);
      expect(states).toEqual(['complete', 'complete', 'complete', 'complete']);
      const job = await fleet.queues.queue('site.example').getJob('album-a');
      expect(job && progressOf(job)).toMatchObject({ attempt: job?.attemptsStarted });
    }),
  );
});

describe('their locks', () => {
  const duration = 200;

  test('a process that was stopped knows that its lock is lost before any timer has run', async () => {
    const keeper = new LockKeeper(duration, async () => true);
    expect(await keeper.keep()).toBe(true);
    keeper.check();
    expect(keeper.lost.aborted).toBe(false);

    // As SIGSTOP would: nothing of this process runs meanwhile.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, duration);
    expect(keeper.lost.aborted).toBe(false);
    keeper.check();

    expect(keeper.lost.aborted).toBe(true);
    keeper.release();
  });

  test('a lock that was released is not lost', async () => {
    const keeper = new LockKeeper(duration, async () => true);
    await keeper.keep();
    keeper.release();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, duration);
    keeper.check();

    expect(keeper.lost.aborted).toBe(false);
  });
});
