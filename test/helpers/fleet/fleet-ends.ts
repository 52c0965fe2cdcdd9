import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { FleetQueues } from '../../../src/fleet/fleet-queues.js';
import { type FleetStatus, fleetStatus } from '../../../src/fleet/fleet-status.js';
import { startProgram } from '../program.js';
import { startRedis } from '../redis-server.js';
import { withServer } from '../with-server.js';
import { startSharedSite } from './shared-site.js';
import { TrialWorker } from './trial-worker.js';

type AlbumRow = FleetStatus['albums'][number];

/** What an album is to come to. */
interface WantedEnd {
  state: AlbumRow['state'];
  /** What its reason says; null where there is none. */
  reason: RegExp | null;
  /** Milliseconds before its next try after the first and the second one, at the least. */
  pauses?: readonly [first: number, second: number];
}

const minute = 60_000;
/** Seconds that a site asks for in Retry-After. */
const restAskedFor = 7200;

/** Albums that cannot be saved, each for a reason of its own, beside one that can. */
const troubles = {
  fine: { state: 'complete', reason: null },
  'wrong-password': { state: 'needsPerson', reason: /refused the sign-in.*incorrect/ },
  'refuses-sign-in': { state: 'needsPerson', reason: /answered the sign-in with 403/ },
  'refuses-pages': { state: 'waiting', reason: /403/, pauses: [minute, 2 * minute] },
  down: { state: 'waiting', reason: /refuses connections/, pauses: [minute, 2 * minute] },
  resting: {
    ...{ state: 'waiting', reason: /asks to come back in 120 minutes/ },
    pauses: [restAskedFor * 1000, restAskedFor * 1000],
  },
  killing: { state: 'failed', reason: /ended with the death of their worker/ },
} as const satisfies Record<string, WantedEnd>;
type Trouble = keyof typeof troubles;
const names = Object.keys(troubles) as Trouble[];
const accountOf = (name: Trouble) => names.indexOf(name);

/** How the albums stood when nothing more happened to them by itself for now. */
export interface FleetEnds {
  albums: AlbumRow[];
  /** Whatever is not as it should be, each in a sentence. */
  broken: string[];
}

/**
 * Lets a worker, which is started again whenever it was killed, try all of these albums; those that are
 * to be tried again later it tries twice.
 *
 * @param folder of the trial's own; the store is in it
 */
export function fleetEnds(folder: string): Promise<FleetEnds> {
  const rest = { 'retry-after': String(restAskedFor) };
  return withServer(
    (_question, response) => response.writeHead(503, rest).end(),
    (resting) => endsWith(folder, resting),
  );
}

async function endsWith(folder: string, resting: string): Promise<FleetEnds> {
  const site = await startSharedSite(names.length, { photos: 6, latency: 5 });
  const server = await startRedis(folder);
  const redis = new Redis(server.url);
  const queues = new FleetQueues(redis);
  const env = { FLEET_REDIS_URL: server.url };
  const words = ['--store', join(folder, 'store'), '--secrets', join(folder, 'secrets.csv')];
  const worker = new TrialWorker(join(folder, 'worker'), env, [...words, '--lock', '2']);
  let isToDie = false;
  site.hook = (account, isSignIn) => {
    // The worker dies at whatever this album asks for.
    if (account === accountOf('killing')) isToDie = true;
    const refuses = isSignIn ? 'refuses-sign-in' : 'refuses-pages';
    return account === accountOf(refuses) ? 403 : undefined;
  };
  const urls = { down: 'http://127.0.0.1:1/', resting: `${resting}/` };
  const settled = async () => {
    for (;;) {
      if (isToDie) {
        isToDie = false;
        await worker.kill();
        worker.start();
      }
      const { status } = await fleetStatus(queues);
      if (status.albums.every(isSettled)) return status.albums;
      await delay(20);
    }
  };
  try {
    writeFiles(folder, (name) => (name in urls ? urls[name as keyof typeof urls] : site.url));
    await startProgram(['fleet', 'add', 'albums.csv'], { cwd: folder, env }).ended;
    worker.start();
    await settled();
    const first = await pausesOf(queues);
    // A worker remembers the pause that a host has asked for.
    await worker.kill();
    await tryAgain(queues);
    worker.start();
    const albums = await settled();
    const second = await pausesOf(queues);
    const refused = site.signIns.filter(({ account }) => account === accountOf('wrong-password'));
    const broken = refused.map(() => 'A wrong password was accepted.');
    for (const name of names) {
      const row = albums.find(({ id }) => id === name);
      broken.push(...differences(name, row, [first.get(name), second.get(name)]));
    }
    return { albums, broken };
  } finally {
    await worker.kill();
    await queues.close();
    redis.disconnect();
    await server.stop();
    await site.close();
  }
}

/** Whether nothing more happens to an album by itself for now. */
function isSettled({ state, reason }: AlbumRow): boolean {
  if (state === 'waiting') return reason?.startsWith('again at') ?? false;
  return state !== 'active';
}

/** Milliseconds before the next try of albums that wait for it. */
async function pausesOf(queues: FleetQueues): Promise<Map<string, number>> {
  const pauses = new Map<string, number>();
  for (const queue of await queues.all()) {
    for (const { data, delay: pause } of await queue.getDelayed()) pauses.set(data.id, pause);
  }
  return pauses;
}

/** Lets the time pass until the next try of each. */
async function tryAgain(queues: FleetQueues): Promise<void> {
  for (const queue of await queues.all()) {
    await queue.removeRateLimitKey();
    for (const job of await queue.getDelayed()) await job.promote();
  }
}

function differences(
  name: Trouble,
  row: AlbumRow | undefined,
  pauses: readonly (number | undefined)[],
): string[] {
  const wanted: WantedEnd = troubles[name];
  if (row?.state !== wanted.state) return [`${name} is ${row?.state}, and not ${wanted.state}.`];
  const broken: string[] = [];
  const isReasonRight = wanted.reason?.test(row.reason ?? '') ?? row.reason === null;
  if (!isReasonRight) broken.push(`${name}: its reason is not ${wanted.reason}: ${row.reason}`);
  for (const [place, least] of (wanted.pauses ?? []).entries()) {
    const pause = pauses[place] ?? 0;
    if (pause < least) broken.push(`${name}: the pause after try ${place + 1} is ${pause} ms.`);
  }
  return broken;
}

function writeFiles(folder: string, urlOf: (name: Trouble) => string): void {
  const rows = names.map((id, account) => `${id},kodak-pulse,${urlOf(id)},me-${account}\n`);
  writeFileSync(join(folder, 'albums.csv'), `id,profile,url,username\n${rows.join('')}`);
  const secrets = names.map((id, account) => {
    const word = id === 'wrong-password' ? 'another' : `word-${account}`;
    return `${id},${word}\n`;
  });
  writeFileSync(join(folder, 'secrets.csv'), `id,password\n${secrets.join('')}`);
  chmodSync(join(folder, 'secrets.csv'), 0o600);
}
