import { expect, test } from '@jest/globals';
import { watchPuts, withFleetAlbum } from './fleet-album.js';

/** Snapshots take one part in twenty of the time, and so wait long on a busy machine; in milliseconds. */
const timeLimit = 300_000;

test(
  'while it works, snapshots replace each other and cover the journal',
  () =>
    withFleetAlbum(
      {
        photos: 24,
        fault: ({ kind, photoIndex }) =>
          kind === 'original' && photoIndex === 12 ? { kind: 'stall' } : undefined,
      },
      async ({ replica, store, work }) => {
        let most = 0;
        const puts = watchPuts(store, async (key) => {
          if (!key.startsWith('state/')) return;
          most = Math.max(most, (await store.list('state/')).length);
          // The last original comes only when all others are in a snapshot.
          const isCovered = (await store.list('journal/')).length === 0;
          if (isCovered && replica.stalled > 0) replica.release();
        });
        const timing = { retryDelay: 5, idleTimeout: 60_000, pause: 20 };
        const end = await work({}, { snapshotInterval: 1, timing });
        expect(end).toMatchObject({ ending: 'complete', counts: { saved: 24 } });
        expect(puts.filter((key) => key.startsWith('journal/')).length).toBeGreaterThan(1);
        expect(puts.filter((key) => key.startsWith('state/')).length).toBeGreaterThan(2);
        expect(most).toBe(3);
        expect(await store.list('state/')).toHaveLength(2);
        expect(await store.list('journal/')).toEqual([]);
      },
    ),
  timeLimit,
);
