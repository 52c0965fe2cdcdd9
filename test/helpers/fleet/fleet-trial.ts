import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { FleetQueues } from '../../../src/fleet/fleet-queues.js';
import { type FleetStatus, fleetStatus } from '../../../src/fleet/fleet-status.js';
import { startProgram } from '../program.js';
import { type RedisServer, startRedis } from '../redis-server.js';
import { brokenPromises, type TrialReport } from './fleet-promises.js';
import { letMisfortunesHappen, type Misfortune } from './misfortunes.js';
import { type SharedSite, startSharedSite } from './shared-site.js';
import { type SilentRelay, startRelay } from './silent-relay.js';
import { TrialWorker } from './trial-worker.js';

/** Downloads at once of an album. */
export const concurrency = 4;

/** How a fleet is tried. */
export interface TrialOrder {
  albums: number;
  /** In each album. */
  photos: number;
  workers: number;
  /** Albums of the host at once. */
  perHost: number;
  /** Seconds that locks last. */
  lock: number;
  /** Milliseconds before every answer of the site. */
  latency: number;
  /** Decides what happens when, and to whom. */
  seed: number;
  /** How often each thing happens; when and to whom the seed decides. */
  events: Readonly<Partial<Record<Misfortune, number>>>;
  /** The store: its location, and the environment that it takes. */
  store: string;
  environment: Readonly<Record<string, string>>;
  /** Takes the store away for a while; there is nothing to take away without it. */
  interruptStore?: (milliseconds: number) => Promise<void>;
  /** A folder of the trial's own. */
  folder: string;
  /** Is told what happens. */
  tell(line: string): void;
}

/** A fleet at work, and what it works with. */
export interface Trial {
  order: TrialOrder;
  site: SharedSite;
  server: RedisServer;
  workers: readonly TrialWorker[];
  queues: FleetQueues;
  /** Each worker reaches Redis through one of its own, which can be cut. */
  relays: readonly SilentRelay[];
}

/** Lets a fleet save the albums of a site while misfortunes strike, and looks what became of its promises. */
export async function fleetTrial(order: TrialOrder): Promise<TrialReport> {
  const site = await startSharedSite(order.albums, order);
  const server = await startRedis(order.folder);
  const relays = await Promise.all(
    Array.from({ length: order.workers }, () => startRelay(server.port)),
  );
  const redis = new Redis(server.url, { maxRetriesPerRequest: null, retryStrategy: () => 200 });
  redis.on('error', () => undefined);
  const queues = new FleetQueues(redis);
  const workers = makeWorkers(order, relays);
  try {
    const trial = { order, site, server, workers, queues, relays };
    order.tell(`Redis at ${server.url}, workers in ${order.folder}`);
    await addAll(trial);
    const begun = performance.now();
    for (const worker of workers) worker.start();
    const [misfortunes, status] = await Promise.all([letMisfortunesHappen(trial), allDone(trial)]);
    const seconds = (performance.now() - begun) / 1000;
    const idle = await Promise.all(workers.map(stopWhenReady));
    const course = { lost: misfortunes.lost, stops: [...misfortunes.stops, ...idle], seconds };
    return await brokenPromises(trial, status, course);
  } finally {
    for (const worker of workers) await worker.kill();
    await queues.close();
    redis.disconnect();
    for (const relay of relays) relay.close();
    await server.stop();
    await site.close();
  }
}

function makeWorkers(order: TrialOrder, relays: readonly SilentRelay[]): TrialWorker[] {
  const secrets = join(order.folder, 'secrets.csv');
  const lines = Array.from({ length: order.albums }, (_, index) => `a-${index},word-${index}\n`);
  writeFileSync(secrets, `id,password\n${lines.join('')}`);
  chmodSync(secrets, 0o600);
  const words = ['--store', order.store, '--secrets', secrets, '--lock', String(order.lock)];
  const how = ['--albums', '2', '--concurrency', String(concurrency), '--thumbnails', 'none'];
  return relays.map(({ port }, index) => {
    const env = { ...order.environment, FLEET_REDIS_URL: `redis://127.0.0.1:${port}` };
    return new TrialWorker(join(order.folder, `worker-${index}`), env, [...words, ...how]);
  });
}

async function addAll({ order, site, server }: Trial): Promise<void> {
  mkdirSync(order.folder, { recursive: true });
  const rows = site.replicas.map(
    ({ username }, index) => `a-${index},kodak-pulse,${site.url},${username}\n`,
  );
  writeFileSync(join(order.folder, 'albums.csv'), `id,profile,url,username\n${rows.join('')}`);
  const words = ['fleet', 'add', 'albums.csv', '--per-host', String(order.perHost)];
  const env = { FLEET_REDIS_URL: server.url };
  const { code, err } = await startProgram(words, { cwd: order.folder, env }).ended;
  if (code !== 0) throw new Error(`The albums could not be added: ${err}`);
}

/** Waits until no album is left to do. */
async function allDone(trial: Trial): Promise<FleetStatus> {
  for (;;) {
    const { status } = await fleetStatus(trial.queues);
    const { waiting, active } = status.counts;
    if (waiting + active === 0) return status;
    for (const worker of trial.workers) worker.supervise();
    await promoteDelayed(trial);
    await delay(200);
  }
}

/** Tells a worker to end once it is at work: what ends while it starts shows nothing of how it stops. */
async function stopWhenReady(worker: TrialWorker): ReturnType<TrialWorker['terminate']> {
  while (!worker.isReady) {
    worker.supervise();
    await delay(50);
  }
  return worker.terminate();
}

/** Nobody waits for an hour in a trial: what is to be tried again is tried at once. */
async function promoteDelayed({ queues }: Trial): Promise<void> {
  for (const queue of await queues.all()) {
    for (const job of await queue.getDelayed()) {
      // It may have begun meanwhile.
      await job.promote().catch(() => undefined);
    }
  }
}
