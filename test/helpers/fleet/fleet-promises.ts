import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { RunControl } from '../../../src/crawl/run-control.js';
import type { FleetStatus } from '../../../src/fleet/fleet-status.js';
import { pullAlbum } from '../../../src/fleet/pull.js';
import { snapshotFolder } from '../../../src/fleet/state/keys.js';
import type { ObjectStore } from '../../../src/fleet/store/object-store.js';
import { openStore } from '../../../src/fleet/store/open-store.js';
import { comparison } from '../saved-album.js';
import { concurrency, type Misfortune, type Trial } from './fleet-trial.js';

/** What came of a trial. */
export interface TrialReport {
  happened: Record<Misfortune, number>;
  /** From the first worker's start until all albums were done. */
  seconds: number;
  /** From SIGTERM until the last worker had ended. */
  stopSeconds: number;
  /** Attempts at albums, beyond one each. */
  furtherAttempts: number;
  /** Requests for originals beyond one each, and how many there may be: further attempts × concurrency. */
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

/** Milliseconds without a request after which an album counts as not being worked on. */
const quiet = 1500;
/** Milliseconds that the last requests of a worker may take that has just learnt that its lock is lost. */
const lastRequests = 1000;

/** Holds what the fleet saved, and how it went about it, against its promises. */
export async function brokenPromises(
  trial: Trial,
  status: FleetStatus,
  course: Pick<TrialReport, 'happened' | 'seconds' | 'stopSeconds'>,
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
  const originals = site.replicas.flatMap(({ requests }) =>
    requests.flatMap(({ kind, path }) => (kind === 'original' ? [path] : [])),
  );
  const askedAgain = originals.length - new Set(originals).size;
  const furtherAttempts = status.albums.reduce((sum, { attempts }) => sum + attempts - 1, 0);
  const mayAskAgain = furtherAttempts * concurrency;
  if (askedAgain > mayAskAgain) {
    broken.push(`${askedAgain} originals were asked for again; ${mayAskAgain} may be.`);
  }
  const mostAtOnce = albumsAtOnce(trial);
  if (mostAtOnce > order.perHost) {
    broken.push(
      `${mostAtOnce} albums of the host were worked on at once; ${order.perHost} may be.`,
    );
  }
  broken.push(...doubleSessions(trial));
  if (course.stopSeconds > 10) broken.push(`The workers took ${course.stopSeconds} s to stop.`);
  const said = workers.map((worker) => worker.said).join('');
  for (const password of site.replicas.map(({ password }) => password)) {
    if (said.includes(password)) broken.push(`A worker has said the password ${password}.`);
  }
  const count = (text: string) => said.split(text).length - 1;
  return {
    ...course,
    ...{ furtherAttempts, askedAgain, mayAskAgain, mostAtOnce, broken },
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

/** Most accounts with requests at the same time, by the site's own log. */
function albumsAtOnce({ site }: Trial): number {
  const marks = site.replicas
    .flatMap((_, account) => stretches(timesOf(site, account)))
    // What a worker still sends that was stopped beyond its lock is the other promise's.
    .filter(([from, to]) => to - from > lastRequests)
    .flatMap(([from, to]) => [
      { at: from, change: 1 },
      { at: to, change: -1 },
    ])
    .sort((one, other) => one.at - other.at || one.change - other.change);
  let now = 0;
  let most = 0;
  for (const { change } of marks) {
    now += change;
    most = Math.max(most, now);
  }
  return most;
}

function timesOf(site: Trial['site'], wanted: number): number[] {
  return site
    .visits()
    .filter(({ account }) => account === wanted)
    .map(({ at }) => at)
    .sort((one, other) => one - other);
}

/** Times as stretches without a gap. */
function stretches(times: readonly number[]): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (const at of times) {
    const last = found.at(-1);
    if (last === undefined || at - last[1] > quiet) found.push([at, at]);
    else last[1] = at;
  }
  return found;
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
