import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { FleetQueues } from '../../../src/fleet/fleet-queues.js';
import { type FleetStatus, fleetStatus } from '../../../src/fleet/fleet-status.js';
import { startProgram } from '../program.js';
import { startRedis } from '../redis-server.js';
import { startSharedSite } from './shared-site.js';
import { TrialWorker } from './trial-worker.js';

/** Albums that cannot be saved, each for a reason of its own, beside one that can. */
const troubles = ['fine', 'wrong-password', 'refusing', 'killing', 'down'] as const;

/** How the albums stand when nothing more happens to them by itself for now. */
type TroubledAlbums = Record<string, FleetStatus['albums'][number] | undefined>;

/**
 * Lets a worker, which is started again whenever it was killed, try all of these albums.
 *
 * @param folder of the trial's own; the store is in it
 */
export async function fleetEnds(folder: string): Promise<TroubledAlbums> {
  const site = await startSharedSite(4, { photos: 6, latency: 5 });
  const server = await startRedis(folder);
  const redis = new Redis(server.url);
  const queues = new FleetQueues(redis);
  const env = { FLEET_REDIS_URL: server.url };
  const words = ['--store', join(folder, 'store'), '--secrets', join(folder, 'secrets.csv')];
  const worker = new TrialWorker(join(folder, 'worker'), env, [...words, '--lock', '2']);
  let isToDie = false;
  // The worker dies at whatever this album asks for.
  site.hook = (account, isSignIn) => {
    if (account === 3) isToDie = true;
    return account === 2 && !isSignIn ? 403 : undefined;
  };
  try {
    writeFiles(folder, site.url);
    await startProgram(['fleet', 'add', 'albums.csv'], { cwd: folder, env }).ended;
    worker.start();
    for (;;) {
      if (isToDie) {
        isToDie = false;
        await worker.kill();
        worker.start();
      }
      const { status } = await fleetStatus(queues);
      const isSettled = status.albums.every(
        ({ state, reason }) => state !== 'active' && (state === 'complete' || reason !== null),
      );
      if (isSettled) return Object.fromEntries(status.albums.map((album) => [album.id, album]));
      await delay(20);
    }
  } finally {
    await worker.kill();
    await queues.close();
    redis.disconnect();
    await server.stop();
    await site.close();
  }
}

function writeFiles(folder: string, url: string): void {
  const rows = troubles.map((id, index) => {
    const address = id === 'down' ? 'http://127.0.0.1:1/' : url;
    return `${id},kodak-pulse,${address},me-${index}\n`;
  });
  writeFileSync(join(folder, 'albums.csv'), `id,profile,url,username\n${rows.join('')}`);
  const secrets = troubles.map((id, index) => {
    const word = id === 'wrong-password' ? 'another' : `word-${index}`;
    return `${id},${word}\n`;
  });
  writeFileSync(join(folder, 'secrets.csv'), `id,password\n${secrets.join('')}`);
  chmodSync(join(folder, 'secrets.csv'), 0o600);
}
