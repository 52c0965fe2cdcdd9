import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { RunControl } from '../../src/crawl/run-control.js';
import { lockFolder } from '../../src/files/folder-lock.js';
import { pullAlbum } from '../../src/fleet/pull.js';
import type { Fault } from '../../src/replica/fault/fault.js';
import { originalRequests } from '../helpers/request-log.js';
import { comparison } from '../helpers/saved-album.js';
import { waitUntil } from '../helpers/wait-until.js';
import { albumId, watchPuts, withFleetAlbum } from './fleet-album.js';

test('an album goes into the store, and nothing is left on the local disk; a second attempt asks for no original again', () =>
  withFleetAlbum({ photos: 30 }, async ({ replica, store, local, work }) => {
    const told: number[] = [];
    const first = await work({ onProgress: ({ saved }) => told.push(saved) });
    expect(first).toMatchObject({
      ending: 'complete',
      counts: { listed: 30, saved: 30, failed: 0 },
    });
    expect(told.at(-1)).toBe(30);
    expect(await store.list('originals/')).toHaveLength(30);
    expect(await store.list('journal/')).toEqual([]);
    expect(await store.list('state/')).toHaveLength(1);
    expect(readdirSync(local)).toEqual([]);
    expect(originalRequests(replica)).toHaveLength(30);

    replica.addPhotos(5);
    const second = await work({ attempt: 2 });
    expect(second).toMatchObject({
      ending: 'complete',
      counts: { listed: 35, saved: 35, failed: 0 },
    });
    expect(originalRequests(replica)).toHaveLength(35);
    expect((await store.list('state/')).at(-1)).toMatch(/-000002\/00000001\.sqlite\.gz$/);
  }));

test('what is saved is in the store before it is gone from the local disk, whoever takes over', () =>
  withFleetAlbum({ photos: 40, latency: 2 }, async ({ replica, store, work }) => {
    const stop = new AbortController();
    // Stopped by hand where the first attempt has saved some; its last snapshot never comes.
    const lost = new AbortController();
    const kept = watchPuts(store, (key) => {
      if (key.startsWith('journal/') && kept.length >= 20) lost.abort();
    });
    const end = await work({ lost: lost.signal, stop: stop.signal });
    expect(end).toMatchObject({ ending: 'busy', cause: expect.stringContaining('lock') });
    expect(await store.list('state/')).toEqual([]);
    const before = kept.length;
    const asked = originalRequests(replica).length;
    expect(await work({ attempt: 2 })).toMatchObject({ ending: 'complete', counts: { saved: 40 } });
    expect(asked - before).toBeLessThanOrEqual(8);
    expect(originalRequests(replica).length - 40).toBeLessThanOrEqual(8);
  }));

test('a worker that has lost its lock puts nothing more, not even what is under way', () =>
  withFleetAlbum({ photos: 40 }, async ({ store, work }) => {
    const lost = new AbortController();
    const puts = watchPuts(store, () => {
      if (puts.length === 10) lost.abort();
    });
    expect(await work({ lost: lost.signal })).toMatchObject({ ending: 'busy' });
    const after = puts.slice(10).filter((key) => !key.startsWith('originals/'));
    expect(after).toEqual([]);
    expect(await store.list('state/')).toEqual([]);
  }));

test('a worker that is stopped publishes its state and gives the album back', () =>
  withFleetAlbum({ photos: 30, latency: 2 }, async ({ replica, store, work }) => {
    const stop = new AbortController();
    const puts = watchPuts(store, () => {
      if (puts.length === 16) stop.abort();
    });
    const end = await work({ stop: stop.signal });
    expect(end.ending).toBe('terminated');
    expect(end.counts?.saved).toBeGreaterThan(0);
    expect(await store.list('state/')).toHaveLength(1);
    // Its originals are all in the snapshot, and need no notes beside it.
    expect(await store.list('journal/')).toEqual([]);
    expect(await work({ attempt: 2 })).toMatchObject({ ending: 'complete', counts: { saved: 30 } });
    expect(originalRequests(replica)).toHaveLength(30);
  }));

test('an attempt whose signals are aborted already does nothing', () =>
  withFleetAlbum({ photos: 3 }, async ({ replica, work }) => {
    const aborted = AbortSignal.abort();
    expect(await work({ lost: aborted })).toMatchObject({ ending: 'busy', counts: undefined });
    expect(await work({ stop: aborted })).toMatchObject({ ending: 'terminated' });
    expect(replica.requests).toEqual([]);
  }));

test('an album under the id of another one is refused', () =>
  withFleetAlbum({ photos: 3 }, async ({ replica, job, work }) => {
    await work();
    const asked = replica.requests.length;
    job.username = 'somebody@example.com';
    expect(await work({ attempt: 2 })).toMatchObject({
      ending: 'usage',
      cause: expect.stringContaining('another album under the id Family 1'),
    });
    expect(replica.requests).toHaveLength(asked);
  }));

test('ends that need a person, or another time, are told with their reason', () =>
  withFleetAlbum(
    { photos: 3, fault: ({ kind }) => (kind === 'page' ? fault : undefined) },
    async ({ job, work }) => {
      fault = { kind: 'status', status: 503, retryAfter: 7200 };
      expect(await work()).toMatchObject({
        ending: 'later',
        pause: 7_200_000,
        cause: expect.stringContaining('asks to come back in 120 minutes'),
      });
      fault = undefined;
      job.username = 'nobody';
      expect(await work({ attempt: 2 })).toMatchObject({ ending: 'signIn', pause: undefined });
      job.profile = 'no-such-site';
      expect(await work({ attempt: 3 })).toMatchObject({ ending: 'usage' });
    },
  ));

let fault: Fault | undefined;

test('what a killed worker left on the local disk goes, and what a living one has stays', () =>
  withFleetAlbum({ photos: 3 }, async ({ local, work }) => {
    const left = join(local, 'attempt-other-0000000000000001-000001');
    const used = join(local, 'attempt-used-0000000000000001-000001');
    for (const folder of [left, used]) mkdirSync(folder, { recursive: true });
    const lock = lockFolder(used);
    writeFileSync(join(local, 'notes.txt'), 'not of a worker');
    await work();
    lock.release();
    expect(readdirSync(local).sort()).toEqual([basename(used), 'notes.txt']);
  }));

test('a worker that was thought dead, and publishes all the same, overwrites nothing', () =>
  withFleetAlbum(
    {
      photos: 20,
      fault: ({ kind, attempt, photoIndex }) =>
        kind === 'original' && photoIndex === 3 && attempt === 1 ? { kind: 'stall' } : undefined,
    },
    async ({ replica, store, folder, work }) => {
      const timing = { retryDelay: 5, idleTimeout: 60_000, pause: 20 };
      const zombie = work({}, { timing });
      await waitUntil(() => replica.stalled > 0);
      replica.addPhotos(1);
      expect(await work({ attempt: 2 })).toMatchObject({ counts: { listed: 21, saved: 21 } });
      replica.release();
      await zombie;
      const keys = await store.list('state/');
      expect(keys).toHaveLength(2);
      expect(keys.at(-1)).toContain('-000002/');
      const out = join(folder, 'storage');
      await pullAlbum(albumId, store, out, () => () => undefined, new RunControl());
      const { saved, served } = await comparison(out, replica);
      expect(saved).toEqual(served);
    },
  ));

test('two albums at once in one process do not disturb each other', () =>
  withFleetAlbum({ photos: 15, latency: 2 }, async ({ job, store, work }) => {
    const first = work();
    job.id = 'second';
    const ends = await Promise.all([first, work()]);
    for (const end of ends)
      expect(end).toMatchObject({ ending: 'complete', counts: { saved: 15 } });
    expect(await store.list('originals/')).toHaveLength(15);
    expect(await store.list('state/')).toHaveLength(2);
  }));
