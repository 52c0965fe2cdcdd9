import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { RunControl } from '../../../src/crawl/run-control.js';
import { exitCodes } from '../../../src/errors.js';
import type { FleetStatus } from '../../../src/fleet/fleet-status.js';
import { pullAlbum } from '../../../src/fleet/pull.js';
import { snapshotFolder } from '../../../src/fleet/state/keys.js';
import type { ObjectStore } from '../../../src/fleet/store/object-store.js';
import { openStore } from '../../../src/fleet/store/open-store.js';
import { comparison } from '../saved-album.js';
import { concurrency, type Trial } from './fleet-trial.js';
import type { LostAttempt, WorkerStop } from './misfortunes.js';

/** What came of a trial. */
export interface TrialReport {
  /** Attempts that were taken from their workers. */
  lost: readonly LostAttempt[];
  /** From the first worker's start until all albums were done. */
  seconds: number;
  /** How workers ended that got SIGTERM, while they had albums or at the end. */
  stops: readonly WorkerStop[];
  /** The longest that one of them took. */
  stopSeconds: number;
  /** Attempts at albums, beyond one each. */
  furtherAttempts: number;
  /** Requests for originals beyond one each, and how many there may be: lost attempts × concurrency. */
  askedAgain: number;
  mayAskAgain: number;
  /** Most albums of the host at once. */
  mostAtOnce: number;
  /** Outcomes that Redis refused, since the lock was lost. */
  refused: number;
  /** Albums that a worker left to another one, since the lock was lost. */
  left: number;
  /** Whatever is promised and did not hold, each in a sentence. */
  broken: string[];
}

/** Holds what the fleet saved, and how it went about it, against its promises. */
export async function brokenPromises(
  trial: Trial,
  status: FleetStatus,
  course: Pick<TrialReport, 'lost' | 'stops' | 'seconds'>,
): Promise<TrialReport> {
  const { order, site, workers } = trial;
  const broken: string[] = [];
  for (const { id, state, reason } of status.albums) {
    if (state !== 'complete') broken.push(`The album ${id} is ${state}: ${reason}`);
  }
  const store = await openStore(order.store);
  try {
    for (const album of status.albums) broken.push(...(await brokenInStore(trial, store, album)));
  } finally {
    store.close();
  }
  const again = askedAgain(trial, course.lost, broken);
  const furtherAttempts = status.albums.reduce((sum, { attempts }) => sum + attempts - 1, 0);
  const mostAtOnce = albumsAtOnce(trial);
  if (mostAtOnce > order.perHost) {
    broken.push(
      `${mostAtOnce} albums of the host were worked on at once; ${order.perHost} may be.`,
    );
  }
  broken.push(...doubleSessions(trial));
  for (const { code, seconds } of course.stops) {
    if (seconds > 10) broken.push(`A worker took ${seconds} s to stop.`);
    if (code !== exitCodes.terminated.code) broken.push(`A worker was stopped with code ${code}.`);
  }
  const said = workers.map((worker) => worker.said).join('');
  for (const password of site.replicas.map(({ password }) => password)) {
    if (said.includes(password)) broken.push(`A worker has said the password ${password}.`);
  }
  const count = (text: string) => said.split(text).length - 1;
  return {
    ...course,
    ...again,
    ...{ furtherAttempts, mostAtOnce, broken },
    stopSeconds: Math.max(...course.stops.map(({ seconds }) => seconds)),
    refused: count('its outcome could not be recorded'),
    left: count('left to another worker'),
  };
}

/** Every photo once and byte for byte; and the state is the last attempt's. */
async function brokenInStore(
  { order, site }: Trial,
  store: ObjectStore,
  { id, attempts }: FleetStatus['albums'][number],
): Promise<string[]> {
  const replica = site.replicas[Number(id.slice(2))];
  if (replica === undefined) return [`There is an album ${id} that nobody has added.`];
  const folder = join(order.folder, 'pulled', id);
  const show = () => () => undefined;
  try {
    await pullAlbum(id, store, folder, show, new RunControl());
  } catch (error) {
    return [`The album ${id} cannot be pulled: ${(error as Error).message}`];
  }
  const { saved, served } = await comparison(folder, replica);
  const broken = served
    .filter((photo, place) => JSON.stringify(photo) !== JSON.stringify(saved[place]))
    .map((photo) => `${id}: the photo ${photo.id} is missing, out of place, or not as served.`);
  if (saved.length !== served.length) broken.push(`${id}: ${saved.length} photos are saved.`);
  const newest = (await store.list(snapshotFolder(id))).at(-1) ?? '';
  if (!newest.includes(`-${String(attempts).padStart(6, '0')}/`)) {
    broken.push(`${id}: the newest state (${newest}) is not of attempt ${attempts}, the last one.`);
  }
  return broken;
}

/**
 * Counts the requests for originals beyond one each. An attempt that is taken from its worker may cost
 * what it had under way, which holds for each album, and so for all of them.
 */
function askedAgain(
  { site }: Trial,
  lost: TrialReport['lost'],
  broken: string[],
): Pick<TrialReport, 'askedAgain' | 'mayAskAgain'> {
  let askedAgain = 0;
  for (const [account, { requests }] of site.replicas.entries()) {
    const asked = requests.flatMap(({ kind, path }) => (kind === 'original' ? [path] : []));
    const again = asked.length - new Set(asked).size;
    askedAgain += again;
    const losses = lost.filter(({ album }) => album === `a-${account}`).length;
    if (again <= losses * concurrency) continue;
    broken.push(
      `a-${account}: ${again} originals were asked for again; it was taken from its worker ${losses} times, so ${losses * concurrency} may be.`,
    );
  }
  return { askedAgain, mayAskAgain: lost.length * concurrency };
}

/**
 * Most accounts with a request that is not answered yet, at any moment, by the site's own log. An
 * answer takes the site's latency at the least.
 */
function albumsAtOnce({ site, order }: Trial): number {
  const marks = site
    .visits()
    .flatMap(({ account, at }) => [
      { account, at, change: 1 },
      { account, at: at + order.latency, change: -1 },
    ])
    .sort((one, other) => one.at - other.at || one.change - other.change);
  const waiting = new Map<number, number>();
  let most = 0;
  for (const { account, change } of marks) {
    const requests = (waiting.get(account) ?? 0) + change;
    if (requests === 0) waiting.delete(account);
    else waiting.set(account, requests);
    most = Math.max(most, waiting.size);
  }
  return most;
}

/** Sessions that were used longer than a lock lasts after the account was signed in to again. */
function doubleSessions({ site, order }: Trial): string[] {
  const broken: string[] = [];
  const visits = site.visits();
  for (const [place, { account, session }] of site.signIns.entries()) {
    const next = site.signIns.slice(place + 1).find((other) => other.account === account);
    if (next === undefined) continue;
    const last = Math.max(
      ...visits.filter((visit) => visit.session === session).map(({ at }) => at),
    );
    if (last > next.at + order.lock * 1000) {
      const name = createHash('sha256').update(session).digest('hex').slice(0, 8);
      broken.push(`The account ${account} was signed in to twice: session ${name} went on.`);
    }
  }
  return broken;
}
