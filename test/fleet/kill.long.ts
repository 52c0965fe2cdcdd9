import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, test } from '@jest/globals';
import { RunControl } from '../../src/crawl/run-control.js';
import { pullAlbum } from '../../src/fleet/pull.js';
import { openStore } from '../../src/fleet/store/open-store.js';
import { startReplica } from '../../src/replica/server.js';
import { seededRandom } from '../helpers/kill-moments.js';
import { RequestWitness } from '../helpers/request-witness.js';
import { comparison } from '../helpers/saved-album.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { albumId, workOptions } from './fleet-album.js';
import { buildWorker, startWorker } from './worker-process.js';

const photos = 120;

beforeAll(buildWorker);

/** What came of killing workers that save an album. */
interface Killed {
  kills: number;
  askedAgain: number;
}

/**
 * Has workers of processes of their own save an album, and kills all but the last in the middle of it.
 *
 * @param seed decides when
 */
async function killWorkers(location: string, kills: number, seed: number): Promise<Killed> {
  const witness = new RequestWitness();
  const options = { photos, photoBytes: 30_000, latency: 3, fault: witness.hook };
  const replica = await startReplica(options);
  try {
    return await withTemporaryFolder(async (folder) => {
      const random = seededRandom(seed);
      const { url, username, password } = replica;
      const job = { id: albumId, profile: 'kodak-pulse', url, username };
      const order = { job, password, location, local: join(folder, 'local') };
      for (let attempt = 1; attempt <= kills + 1; attempt += 1) {
        witness.beginRun();
        // Some are killed before their first snapshot, others after.
        const snapshotInterval = attempt % 2 === 1 ? 30_000 : 50;
        const worker = startWorker({
          ...order,
          attempt,
          options: { ...workOptions, snapshotInterval },
        });
        const exited = once(worker, 'exit');
        if (attempt <= kills) {
          const part = Math.floor(photos / (kills + 1));
          const count = witness.photosAsked + 1 + Math.floor(random() * part);
          await Promise.race([witness.until(() => witness.photosAsked >= count), exited]);
          await delay(random() * 20);
          worker.kill('SIGKILL');
        }
        expect((await exited)[1]).toBe(attempt <= kills ? 'SIGKILL' : null);
      }
      const out = join(folder, 'storage');
      const store = await openStore(location);
      await pullAlbum(albumId, store, out, () => () => undefined, new RunControl());
      store.close();
      const { saved, served } = await comparison(out, replica);
      expect(saved).toEqual(served);
      return { kills, askedAgain: witness.originals - photos };
    });
  } finally {
    await replica.close();
  }
}

test('workers that are killed cost no more than what they had under way', () =>
  withTemporaryFolder(async (folder) => {
    const { kills, askedAgain } = await killWorkers(join(folder, 'store'), 3, 7);
    expect(askedAgain).toBeLessThanOrEqual(kills * workOptions.concurrency);
  }));
