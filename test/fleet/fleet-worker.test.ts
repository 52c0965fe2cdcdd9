import { once } from 'node:events';
import { expect } from '@jest/globals';
import { DiskError } from '../../src/errors.js';
import { retryAlbums } from '../../src/fleet/add-albums.js';
import { jobIdOf, queueNameOf } from '../../src/fleet/fleet-queues.js';
import type { AlbumJob, Attempt } from '../../src/fleet/work-album.js';
import { redisTest } from '../helpers/redis-test.js';
import { waitUntil } from '../helpers/wait-until.js';
import { albums, endOf, type TestFleet, withFleet } from './test-fleet.js';

const complete = async () => endOf('complete');

/** A stand-in for the crawl that waits until it is told to end. */
function heldCrawl() {
  const running: { album: AlbumJob; attempt: Attempt; end(): void }[] = [];
  const crawl = (album: AlbumJob, _password: string | undefined, attempt: Attempt) =>
    new Promise<ReturnType<typeof endOf>>((resolve) => {
      const entry = {
        album,
        attempt,
        end() {
          running.splice(running.indexOf(entry), 1);
          resolve(endOf('complete'));
        },
      };
      running.push(entry);
      const interrupted = () => {
        running.splice(running.indexOf(entry), 1);
        resolve(endOf('terminated'));
      };
      attempt.stop.addEventListener('abort', interrupted);
      attempt.lost.addEventListener('abort', interrupted);
    });
  return { running, crawl };
}

async function reasons(fleet: TestFleet): Promise<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(await fleet.states()).map(([id, [state]]) => [id, state]),
  );
}

redisTest('what is added is worked on once, and what is there stays as it is', () =>
  withFleet(async (fleet) => {
    expect(await fleet.add(albums(['1', '2']))).toEqual({ added: 2, alreadyThere: 0 });
    expect(await fleet.add(albums(['1', '2', 'three']))).toEqual({ added: 1, alreadyThere: 2 });
    const worked: string[] = [];
    const { ended } = fleet.work(
      async ({ id }) => {
        worked.push(id);
        return endOf('complete');
      },
      { untilEmpty: true },
    );
    await ended;

    expect(worked.sort()).toEqual(['1', '2', 'three']);
    expect(await reasons(fleet)).toEqual({ 1: 'complete', 2: 'complete', three: 'complete' });
    expect(await fleet.add(albums(['1', '2', 'three']))).toEqual({ added: 0, alreadyThere: 3 });
  }),
);

redisTest('an id that stands for another album is refused, and nothing is added', () =>
  withFleet(async (fleet) => {
    await fleet.add(albums(['a']));

    await expect(fleet.add(albums(['new', 'a'], 'other.example'))).rejects.toThrow(
      'albums.csv:3: the id a stands for another album in the queue (kodak-pulse, https://site.example/)',
    );
    const twin = albums(['a']).map((album) => ({ ...album, id: 'b' }));
    await expect(fleet.add(twin)).rejects.toThrow('in the queue already, with the id a');
    expect(Object.keys(await fleet.states())).toEqual(['a']);
  }),
);

redisTest('a worker hears of albums of a new host while it waits', () =>
  withFleet(async (fleet) => {
    const { running, crawl } = heldCrawl();
    fleet.work(crawl);
    await fleet.add(albums(['a']));
    await waitUntil(() => running.length === 1);
    await fleet.add(albums(['b'], 'other.example:8080'));
    await waitUntil(() => running.length === 2);
  }),
);

redisTest(
  'albums of a host at once are limited over all workers, and so are those of a machine',
  () =>
    withFleet(async (fleet) => {
      await fleet.add(albums(['a', 'b', 'c', 'd', 'e']), 3);
      await fleet.add(albums(['x', 'y', 'z'], 'other.example'), 3);
      const one = heldCrawl();
      const other = heldCrawl();
      fleet.work(one.crawl, { albums: 2 });
      await waitUntil(() => one.running.length === 2);
      fleet.work(other.crawl, { albums: 64 });
      await waitUntil(() => other.running.length === 4);

      const hosts = [...one.running, ...other.running].map(({ album }) => album.url).sort();
      expect(hosts.filter((url) => url === 'https://site.example/')).toHaveLength(3);
      expect(hosts.filter((url) => url === 'https://other.example/')).toHaveLength(3);
      // One that ends makes room for one, on either machine.
      const before = other.running.length + one.running.length;
      one.running.find(({ album }) => album.url.includes('site.'))?.end();
      await waitUntil(() => other.running.length + one.running.length === before);
    }),
);

redisTest('two albums of one account are never worked on at once', () =>
  withFleet(async (fleet) => {
    const [first, second] = albums(['a', 'b']).map((album) => ({
      ...album,
      url: `https://site.example/${album.id}`,
      username: 'one@example.com',
    }));
    await fleet.add([first, second] as AlbumJob[]);
    const { running, crawl } = heldCrawl();
    const { lines } = fleet.work(crawl);
    await waitUntil(() => running.length === 1);
    const queue = fleet.queues.queue(queueNameOf('https://site.example/'));
    while ((await queue.getDelayedCount()) < 1);

    expect(lines.filter((line) => line.includes('begun'))).toHaveLength(1);
    const { b } = await fleet.states();
    expect(b).toEqual(['waiting', 'It waits for another album of the same account.']);
  }),
);

redisTest('a worker that is stopped gives its albums back, with no attempt used', () =>
  withFleet(async (fleet) => {
    await fleet.add(albums(['a']));
    const { running, crawl } = heldCrawl();
    const { worker, ended } = fleet.work(crawl);
    await waitUntil(() => running.length === 1);
    worker.stop('it is evening');
    await ended;

    expect(await fleet.states()).toEqual({ a: ['waiting', null] });
    fleet.work(crawl);
    await waitUntil(() => running.length === 1);
    expect(running[0]?.attempt.attempt).toBe(2);
  }),
);

redisTest('a worker with a full disk gives its albums back and ends', () =>
  withFleet(async (fleet) => {
    await fleet.add(albums(['a']));
    const { ended } = fleet.work(async () => endOf('disk', { cause: 'The disk is full.' }));

    await expect(ended).rejects.toMatchObject({ ending: 'disk', message: 'The disk is full.' });
    expect(await fleet.states()).toEqual({ a: ['waiting', null] });
  }),
);

redisTest('a worker whose secrets can no longer be read gives its albums back and ends', () =>
  withFleet(async (fleet) => {
    await fleet.add(albums(['a']));
    const passwordOf = () => {
      throw new DiskError('The secrets are gone.');
    };
    const { ended } = fleet.work(complete, { passwordOf });

    await expect(ended).rejects.toThrow('The secrets are gone.');
    expect(await fleet.states()).toEqual({ a: ['waiting', null] });
  }),
);

redisTest('a refused sign-in waits for a person, and is begun anew when asked for', () =>
  withFleet(async (fleet) => {
    await fleet.add(albums(['a']));
    const generations: string[] = [];
    const crawl: Parameters<TestFleet['work']>[0] = async (_album, _password, attempt) => {
      generations.push(attempt.generation);
      expect(attempt.attempt).toBe(1);
      return generations.length === 1 ? endOf('signIn', { cause: 'Wrong.' }) : endOf('complete');
    };
    await fleet.work(crawl, { untilEmpty: true }).ended;
    expect(await fleet.states()).toEqual({ a: ['needsPerson', 'Wrong.'] });
    await fleet.add(albums(['a']));
    await fleet.work(crawl, { untilEmpty: true }).ended;
    expect(generations).toHaveLength(1);

    await expect(retryAlbums(fleet.queues, ['a', 'b'])).rejects.toThrow('There is no album b');
    await retryAlbums(fleet.queues, ['a']);
    await fleet.work(crawl, { untilEmpty: true }).ended;
    expect(await fleet.states()).toEqual({ a: ['complete', null] });
    expect((generations[1] ?? '') > (generations[0] ?? '')).toBe(true);
  }),
);

redisTest('an incomplete album is tried again after an hour, three times, then given up', () =>
  withFleet(async (fleet) => {
    await fleet.add(albums(['a']));
    let tried = 0;
    fleet.work(async () => {
      tried += 1;
      return endOf('incomplete', { failures: [{ id: 'p1', reason: 'It is gone.' }] });
    });
    const queue = fleet.queues.queue('site.example');
    for (let attempt = 1; attempt <= 3; attempt++) {
      await waitUntil(() => tried === attempt);
      while ((await queue.getDelayedCount()) < 1);
      const job = await queue.getJob(jobIdOf('a'));
      expect(job?.delay).toBe(3_600_000);
      await job?.promote();
    }
    while ((await queue.getFailedCount()) < 1);

    expect(tried).toBe(4);
    expect(await fleet.states()).toEqual({ a: ['incomplete', 'Not saved: p1: It is gone.'] });
  }),
);

redisTest('a host that asks for a pause gets it from all workers', () =>
  withFleet(async (fleet) => {
    await fleet.add(albums(['a', 'b', 'c']), 2);
    const held = heldCrawl();
    const other = fleet.work(held.crawl, { albums: 1 });
    await waitUntil(() => held.running.length === 1);
    const pause = 1_800_000;
    const one = fleet.work(async () => endOf('later', { cause: 'Come back.', pause }), {
      albums: 1,
    });
    await waitUntil(() => other.lines.some((line) => line.includes('asks to come back in 30 min')));

    const queue = fleet.queues.queue('site.example');
    while ((await queue.getActiveCount()) > 0);
    expect(await queue.getRateLimitTtl()).toBeGreaterThan(pause / 2);
    expect(one.lines.filter((line) => line.includes('begun'))).toHaveLength(1);
    expect(await reasons(fleet)).toEqual({ a: 'waiting', b: 'waiting', c: 'waiting' });
    expect(held.running).toHaveLength(0);
    const { c } = await fleet.states();
    expect(c?.[1]).toMatch(/^again at \d{4}-.*Z: Its host asked for a pause\.$/);
  }),
);

redisTest('an unexpected error is tried three times', () =>
  withFleet(async (fleet) => {
    await fleet.add(albums(['a']));
    let tried = 0;
    fleet.work(async () => {
      tried += 1;
      throw new Error('There is a hole in the bucket.');
    });
    const queue = fleet.queues.queue('site.example');
    for (let attempt = 1; attempt <= 2; attempt++) {
      await waitUntil(() => tried === attempt);
      while ((await queue.getDelayedCount()) < 1);
      await (await queue.getJob(jobIdOf('a')))?.promote();
    }
    while ((await queue.getFailedCount()) < 1);

    expect(tried).toBe(3);
    expect(await fleet.states()).toEqual({ a: ['failed', 'There is a hole in the bucket.'] });
  }),
);

redisTest('a lock that is lost stops the work, and nothing is recorded', () =>
  withFleet(async (fleet) => {
    await fleet.add(albums(['a']));
    const { running, crawl } = heldCrawl();
    const { lines } = fleet.work(crawl);
    await waitUntil(() => running.length === 1);
    const lost = running[0]?.attempt.lost as AbortSignal;
    const queue = fleet.queues.queue('site.example');
    await fleet.redis.set(`${queue.toKey(jobIdOf('a'))}:lock`, 'another');
    if (!lost.aborted) await once(lost, 'abort');
    await waitUntil(() => lines.some((line) => line.startsWith('a: left to another worker')));

    expect(await queue.getActiveCount()).toBe(1);
  }),
);
