import { join } from 'node:path';
import { expect } from '@jest/globals';
import { fleetTrial } from './helpers/fleet/fleet-trial.js';
import { redisTest } from './helpers/redis-test.js';
import { withTemporaryFolder } from './helpers/temporary-folder.js';

/** A fleet that loses its workers, its locks and its Redis takes its time on a busy machine, in milliseconds. */
const timeLimit = 300_000;

/** Decides what happens when. `TORTURE_SEED` repeats a run whose seed a failure has named. */
const seed = Number(process.env.TORTURE_SEED ?? Date.now() % 1_000_000);

redisTest(
  `a fleet (seed ${seed}) keeps its promises, whatever befalls its workers`,
  () =>
    withTemporaryFolder(async (folder) => {
      const report = await fleetTrial({
        ...{ seed, folder, albums: 4, photos: 30, workers: 2, perHost: 2, lock: 3 },
        latency: 60,
        events: { kill: 1, stop: 1, term: 1, redis: 1, cut: 1 },
        store: join(folder, 'store'),
        environment: {},
        tell: () => undefined,
      });

      expect(report.broken).toEqual([]);
      expect(report.lost.length).toBeGreaterThan(0);
    }),
  timeLimit,
);
