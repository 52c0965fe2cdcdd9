import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { AlbumJob } from './work-album.js';

/** What the queue holds of an album. */
export interface QueuedAlbum extends AlbumJob {
  /** See `Attempt`. */
  generation: string;
}

/** The prefix of BullMQ's keys. */
export const prefix = 'photo-escape';
/** The set of the queues' names: BullMQ keeps no list of them. */
const queuesKey = 'photo-escape-fleet:queues';
/** On it the name of a queue is published that has something new. */
export const newsChannel = 'photo-escape-fleet:news';
/** On it a pause that a host asks for is published, as JSON: see `HostPause`. */
export const pauseChannel = 'photo-escape-fleet:pauses';

/** A host asks all workers to stay away for a while. */
export interface HostPause {
  /** The name of the queue of the album that was asked; none of its albums is begun meanwhile. */
  queue: string;
  /** Who asked: the queue's host, or one that serves its originals. */
  host: string;
  milliseconds: number;
  /** Whether that is too long to wait for: then the albums under way are given back. */
  isLong: boolean;
}

/**
 * The queue of a site's host: limits of politeness hold for a host. BullMQ takes no colon in a name,
 * and no host name has a tilde.
 */
export function queueNameOf(url: string): string {
  return new URL(url).host.replaceAll(':', '~');
}

/** The host of a queue, with its port where it has one. */
export function hostOf(queueName: string): string {
  return queueName.replaceAll('~', ':');
}

/** The job of an album. BullMQ takes no plain number as a job's id, and people number their albums. */
export function jobIdOf(albumId: string): string {
  return `album-${albumId}`;
}

/**
 * Albums of a queue that may be begun in a second. It limits nothing, but BullMQ pauses a queue only
 * where there is a limit.
 */
export const mostBegunInASecond = 1_000_000;

/** Tries without end: how often an album is tried is decided by how it ends (see `planAfter`). */
export const jobOptions = {
  attempts: 1_000_000,
  backoff: { type: 'album' },
  stackTraceLimit: 1,
} as const;

/** The queues of a fleet, on one connection. */
export class FleetQueues {
  readonly #open = new Map<string, Queue<QueuedAlbum>>();

  /** @param redis is left open at the end */
  constructor(readonly redis: Redis) {}

  /** Makes a queue known to all workers, or tells them that it has something new. */
  async announce(name: string): Promise<void> {
    await this.redis.sadd(queuesKey, name);
    await this.redis.publish(newsChannel, name);
  }

  /** The names of all queues, sorted. */
  async names(): Promise<string[]> {
    return (await this.redis.smembers(queuesKey)).sort();
  }

  /** Opens a queue, or returns the one that is open. */
  queue(name: string): Queue<QueuedAlbum> {
    let queue = this.#open.get(name);
    if (queue === undefined) {
      queue = new Queue<QueuedAlbum>(name, { connection: this.redis, prefix });
      // The connection reports its errors itself.
      queue.on('error', () => undefined);
      this.#open.set(name, queue);
    }
    return queue;
  }

  /** Milliseconds that are left of the pause of a queue's host; 0 without one. */
  async pauseLeft(name: string): Promise<number> {
    return Math.max(0, await this.queue(name).getRateLimitTtl(mostBegunInASecond));
  }

  /** All queues, opened. */
  async all(): Promise<Queue<QueuedAlbum>[]> {
    return (await this.names()).map((name) => this.queue(name));
  }

  /** Whether no album waits, runs or is to be tried again. */
  async areEmpty(): Promise<boolean> {
    for (const queue of await this.all()) {
      const left = await queue.getJobCountByTypes(...unfinishedStates);
      if (left > 0) return false;
    }
    return true;
  }

  async close(): Promise<void> {
    for (const queue of this.#open.values()) await queue.close();
  }
}

/** BullMQ's states of an album that is not over. */
export const unfinishedStates = ['waiting', 'active', 'delayed', 'prioritized'] as const;
