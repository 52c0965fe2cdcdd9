import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../kill-moments.js';
import type { Trial, TrialOrder } from './fleet-trial.js';

/** What happens to a fleet while it works. */
const misfortunes = ['kill', 'stop', 'term', 'redis', 'store', 'cut'] as const;
export type Misfortune = (typeof misfortunes)[number];

/**
 * What takes albums from a worker: its death, a silence that is longer than its locks last, or SIGTERM,
 * after which originals under way are dropped that have not come after some seconds.
 */
type Losing = Extract<Misfortune, 'kill' | 'stop' | 'term' | 'cut'>;

/** An attempt at an album that was taken from its worker. */
export interface LostAttempt {
  album: string;
  attempt: number;
  by: Losing;
}

/** How a worker ended that was asked to (SIGTERM). */
export interface WorkerStop {
  code: number | null;
  seconds: number;
}

/** What became of it. */
export interface Struck {
  /** Each attempt once: one whose worker is stopped and then killed is lost once. */
  lost: readonly LostAttempt[];
  stops: readonly WorkerStop[];
}

/** The part of the originals that is asked for before the last thing happens, at the latest. */
const lastMoment = 0.9;
/** How often an album is taken from its worker, at the most. */
const mostLosses = 2;
/** Longest wait after the moment's original was asked for, in milliseconds: not all strikes hit a request. */
const longestWait = 200;

/** Lets things happen while the site's originals are asked for, at moments that the trial's seed decides. */
export async function letMisfortunesHappen(trial: Trial): Promise<Struck> {
  const { order, site } = trial;
  const random = seededRandom(order.seed);
  const lost = new Map<string, LostAttempt>();
  const stops: WorkerStop[] = [];
  const mended = new Map<Misfortune, Promise<unknown>>();
  for (const blow of drawn(order.events, random)) {
    const { event } = blow;
    const originals = blow.at * lastMoment * order.albums * order.photos;
    while (originalsAsked(site) < originals) await delay(10);
    await delay(longestWait * blow.wait);
    // What is away already cannot be taken away: such things happen one after the other. And a worker
    // that is to end in peace needs the store for what is under way.
    const kind = event === 'term' ? 'store' : event;
    if (kind !== 'kill' && kind !== 'stop') await mended.get(kind);
    // Chosen here, one after the other, so that no worker is frozen while it is to end.
    const struck = strike(blow, await chosen(trial, lost, blow.whom), trial, lost, stops);
    mended.set(kind, Promise.all([mended.get(kind), struck]));
  }
  await Promise.all(mended.values());
  return { lost: [...lost.values()], stops };
}

/** What is to happen. The numbers are from 0 up to 1. */
interface Blow {
  event: Misfortune;
  /** At which part of the work. */
  at: number;
  /** How long after that, to which of the workers, and for how long. */
  wait: number;
  whom: number;
  length: number;
}

/** What is to happen, in order. */
function drawn(events: TrialOrder['events'], random: () => number): Blow[] {
  const draw = (event: Misfortune) => ({
    ...{ event, at: random(), wait: random(), whom: random(), length: random() },
  });
  return misfortunes
    .flatMap((event) => Array.from({ length: events[event] ?? 0 }, () => draw(event)))
    .sort((one, other) => one.at - other.at);
}

function originalsAsked({ replicas }: Trial['site']): number {
  return replicas.reduce((sum, { served }) => sum + served.byKind.original, 0);
}

/** Lets one thing happen, to this worker where it is one. Resolves when it is mended. */
async function strike(
  { event, length }: Blow,
  index: number,
  trial: Trial,
  lost: Map<string, LostAttempt>,
  stops: WorkerStop[],
): Promise<void> {
  const { order, server, workers, relays } = trial;
  const [worker, relay] = [workers[index], relays[index]];
  if (worker === undefined || relay === undefined) throw new Error(`There is no worker ${index}.`);
  const beyondLock = order.lock * 1000 * (1.4 + length / 2);
  const note = async (by: Losing, processId = worker.processId) => {
    const attempts = await attemptsOf(trial, processId);
    for (const { album, attempt } of attempts) {
      const key = `${album} ${attempt}`;
      if (!lost.has(key)) lost.set(key, { album, attempt, by });
    }
    const albums = attempts.map(({ album }) => album).join(', ') || 'none';
    order.tell(`${by} worker ${index}, albums: ${albums}`);
  };
  if (event === 'kill') {
    const { processId } = worker;
    await worker.kill();
    worker.start();
    await note(event, processId);
  } else if (event === 'stop') {
    worker.freeze(true);
    const noted = note(event);
    await delay(beyondLock);
    worker.freeze(false);
    await noted;
  } else if (event === 'term') {
    const { processId } = worker;
    const ended = worker.terminate();
    await note(event, processId);
    stops.push(await ended);
    worker.start();
  } else if (event === 'cut') {
    relay.cut();
    const noted = note(event);
    await delay(beyondLock);
    relay.mend();
    await noted;
  } else if (event === 'redis') {
    order.tell('Redis is restarted');
    await server.stop();
    await delay(1000 + 1000 * length);
    await server.start();
  } else {
    order.tell('the store is away');
    await order.interruptStore?.(4000 + 4000 * length);
  }
}

/**
 * The index of a worker that has albums, if there is one: others have nothing to lose. One that is starting,
 * frozen or ending is spared: before it is ready, it ends at SIGTERM like any program, and where Redis is
 * away, by itself. So is one with an album that was taken twice already: a third time in a row would be
 * reason to give it up.
 */
async function chosen(
  trial: Trial,
  lost: ReadonlyMap<string, LostAttempt>,
  whom: number,
): Promise<number> {
  for (;;) {
    for (const worker of trial.workers) worker.supervise();
    const found = await awakeWorkers(trial, lost);
    const busy = found.filter(({ isBusy }) => isBusy);
    const among = busy.length > 0 ? busy : found;
    const one = among[Math.floor(whom * among.length)];
    if (one !== undefined) return one.index;
    await delay(50);
  }
}

async function awakeWorkers(trial: Trial, lost: ReadonlyMap<string, LostAttempt>) {
  const awake: { index: number; isBusy: boolean }[] = [];
  for (const [index, worker] of trial.workers.entries()) {
    const attempts = await attemptsOf(trial, worker.processId);
    const isAwake = worker.isReady && !worker.isFrozen && !worker.isEnding;
    if (!isAwake || attempts.some(({ album }) => isSpared(album, lost))) continue;
    awake.push({ index, isBusy: attempts.length > 0 });
  }
  return awake;
}

function isSpared(name: string, lost: ReadonlyMap<string, LostAttempt>): boolean {
  return [...lost.values()].filter(({ album }) => album === name).length >= mostLosses;
}

/**
 * The attempts that a process is at, as Redis has them. It can take no further one when this is
 * called: it is dead, stopped or cut off.
 */
async function attemptsOf(
  { queues }: Trial,
  processId: number | undefined,
): Promise<Omit<LostAttempt, 'by'>[]> {
  const attempts: Omit<LostAttempt, 'by'>[] = [];
  for (const queue of await queues.all()) {
    for (const { data, attemptsStarted, processedBy } of await queue.getActive()) {
      if (!processedBy?.endsWith(`:${processId}`)) continue;
      attempts.push({ album: data.id, attempt: attemptsStarted });
    }
  }
  return attempts;
}
