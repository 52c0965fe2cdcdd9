import type { Job, Queue } from 'bullmq';
import { UsageError } from '../errors.js';
import { accountAndAddress, type ListedAlbum } from './albums-file.js';
import {
  type FleetQueues,
  jobIdOf,
  jobOptions,
  type QueuedAlbum,
  queueNameOf,
} from './fleet-queues.js';
import { queuedAlbums } from './queued-albums.js';
import type { AlbumJob } from './work-album.js';

/** Albums of a host at once where nothing else is said. */
const usualAlbumsAtOnce = 2;

/** Jobs added in one transaction. */
const batch = 500;

/** What adding a list came to. */
export interface Added {
  added: number;
  alreadyThere: number;
}

/**
 * Adds albums to the queues of their hosts. Those that are there stay as they are.
 *
 * @param perHost most albums of each host at once; a profile may allow fewer
 * @throws UsageError, having added nothing, where an id stands for another album already
 */
export async function addAlbums(
  queues: FleetQueues,
  file: string,
  listed: readonly ListedAlbum[],
  perHost: number | undefined,
): Promise<Added> {
  const fresh = await newAmong(queues, file, listed);
  const generation = await newGeneration(queues);
  for (const [name, albums] of byQueue(listed)) {
    await limitHost(queues.queue(name), albums, perHost);
    const jobs = albums
      .filter((one) => fresh.has(one))
      .map(({ album }) => jobOf({ ...album, generation }));
    for (let from = 0; from < jobs.length; from += batch) {
      await queues.queue(name).addBulk(jobs.slice(from, from + batch));
    }
    await queues.announce(name);
  }
  return { added: fresh.size, alreadyThere: listed.length - fresh.size };
}

/**
 * Begins albums anew, whatever they came to: all counts begin again. One that waits for its next try
 * is tried at once.
 *
 * @throws UsageError naming every album that is not there or is being worked on
 */
export async function retryAlbums(queues: FleetQueues, ids: readonly string[]): Promise<void> {
  const found: { job: Job<QueuedAlbum>; queue: Queue<QueuedAlbum> }[] = [];
  const problems: string[] = [];
  for (const id of new Set(ids)) {
    const one = await findAlbum(queues, id);
    if (one === undefined) {
      problems.push(
        `There is no album ${id} in the queue. fleet status lists those that are there`,
      );
    } else if (await one.job.isActive()) {
      problems.push(`The album ${id} is being worked on. Wait until that has ended`);
    } else found.push(one);
  }
  if (problems.length > 0) throw new UsageError(problems);
  const generation = await newGeneration(queues);
  for (const { job, queue } of found) {
    const { name, data, opts } = jobOf({ ...job.data, generation });
    // A job that is retried in place keeps its count of lost locks, and would soon be given up again.
    await job.remove();
    await queue.add(name, data, opts);
    await queues.announce(queue.name);
  }
}

async function findAlbum(queues: FleetQueues, id: string) {
  for (const queue of await queues.all()) {
    const job = await queue.getJob(jobIdOf(id));
    if (job !== undefined) return { job, queue };
  }
  return undefined;
}

function jobOf(data: QueuedAlbum) {
  return { name: data.id, data, opts: { ...jobOptions, jobId: jobIdOf(data.id) } };
}

/** The time by the server's clock: all machines share it, so that later generations sort later. */
async function newGeneration({ redis }: FleetQueues): Promise<string> {
  const [seconds, microseconds] = await redis.time();
  return String(Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000)).padStart(15, '0');
}

/** Those of the list that are not in any queue. */
async function newAmong(
  queues: FleetQueues,
  file: string,
  listed: readonly ListedAlbum[],
): Promise<Set<ListedAlbum>> {
  const present = new Map<string, AlbumJob>();
  const byAddress = new Map<string, AlbumJob>();
  for await (const { job } of queuedAlbums(queues)) {
    present.set(job.data.id, job.data);
    byAddress.set(accountAndAddress(job.data), job.data);
  }
  const problems: string[] = [];
  const fresh = new Set<ListedAlbum>();
  for (const one of listed) {
    const { line, album } = one;
    const there = present.get(album.id);
    const same = byAddress.get(accountAndAddress(album));
    if (there === undefined && same === undefined) fresh.add(one);
    else if (there === undefined) {
      problems.push(`${file}:${line}: this album is in the queue already, with the id ${same?.id}`);
    } else if (there !== same && accountAndAddress(there) !== accountAndAddress(album)) {
      problems.push(
        `${file}:${line}: the id ${album.id} stands for another album in the queue (${there.profile}, ${there.url}). Give this one another id`,
      );
    }
  }
  if (problems.length > 0) throw new UsageError(problems);
  return fresh;
}

function byQueue(listed: readonly ListedAlbum[]): Map<string, ListedAlbum[]> {
  const queues = new Map<string, ListedAlbum[]>();
  for (const one of listed) {
    const name = queueNameOf(one.album.url);
    const there = queues.get(name);
    if (there === undefined) queues.set(name, [one]);
    else there.push(one);
  }
  return queues;
}

/** Sets how many albums of a host run at once. Without `perHost`, what was set before stays. */
async function limitHost(
  queue: Queue<QueuedAlbum>,
  albums: readonly ListedAlbum[],
  perHost: number | undefined,
): Promise<void> {
  const allowed = albums.flatMap(({ mostAtOnce }) => mostAtOnce ?? []);
  const before = (await queue.getGlobalConcurrency()) ?? undefined;
  const wanted = perHost ?? before ?? (allowed.length > 0 ? undefined : usualAlbumsAtOnce);
  const limits = wanted === undefined ? allowed : [wanted, ...allowed];
  await queue.setGlobalConcurrency(Math.min(...limits));
}
