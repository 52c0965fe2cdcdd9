import { randomUUID } from 'node:crypto';
import { type Job, Worker } from 'bullmq';
import {
  type FleetQueues,
  mostBegunInASecond,
  prefix,
  type QueuedAlbum,
  unfinishedStates,
} from './fleet-queues.js';
import { backoffStrategy } from './outcome.js';
import { answers } from './redis-connection.js';

/** The part of a lock's duration between two looks for albums whose lock has run out. */
const stalledPart = 1 / 3;

/** An album that was taken from its queue, with the lock that BullMQ has set for it. */
export interface TakenAlbum {
  job: Job<QueuedAlbum>;
  token: string;
}

/**
 * BullMQ's workers for the queues of all hosts that have albums left. They process nothing by
 * themselves: albums are taken one by one, when this machine has room for one. A worker with a
 * processor would take one for each queue, and hold it from other machines until there is room.
 */
export class HostWorkers {
  readonly #workers = new Map<string, Worker<QueuedAlbum>>();
  #turn = 0;

  /**
   * @param name what to call this worker in the queue
   * @param lockDuration milliseconds
   * @param log takes errors of BullMQ's own work
   */
  constructor(
    private readonly queues: FleetQueues,
    private readonly name: string,
    private readonly lockDuration: number,
    private readonly log: (line: string) => void,
  ) {}

  /** Opens workers for queues that have albums left, and closes the others. */
  async refresh(): Promise<void> {
    for (const queue of await this.queues.all()) {
      const left = await queue.getJobCountByTypes(...unfinishedStates);
      const worker = this.#workers.get(queue.name);
      if (left > 0 && worker === undefined) await this.open(queue.name);
      if (left === 0 && worker !== undefined) {
        this.#workers.delete(queue.name);
        await worker.close();
      }
    }
  }

  /** Opens the worker of a queue, unless it is open. */
  async open(queueName: string): Promise<void> {
    if (this.#workers.has(queueName)) return;
    const worker = new Worker<QueuedAlbum>(queueName, null, {
      ...{ connection: this.queues.redis, prefix, name: this.name },
      lockDuration: this.lockDuration,
      stalledInterval: Math.round(this.lockDuration * stalledPart),
      // An innocent album may be interrupted often; see `firstProgress` for those that are not.
      maxStalledCount: 1_000_000,
      limiter: { max: mostBegunInASecond, duration: 1000 },
      settings: { backoffStrategy },
    });
    worker.on('error', (error) => this.log(`the queue ${queueName}: ${error.message}`));
    this.#workers.set(queueName, worker);
    await worker.startStalledCheckTimer();
  }

  /** Takes the next album, from each host in turn; undefined where none may be begun now. */
  async take(): Promise<TakenAlbum | undefined> {
    const workers = [...this.#workers.values()];
    for (let tried = 0; tried < workers.length; tried++) {
      const worker = workers[this.#turn++ % workers.length];
      const token = randomUUID();
      const job = await worker?.getNextJob(token, { block: false });
      if (job !== undefined) return { job, token };
    }
    return undefined;
  }

  /** Closes all; albums that are under way keep their locks until these run out. */
  async close(): Promise<void> {
    // In peace it would wait for a Redis that is away.
    const byForce = !(await answers(this.queues.redis));
    await Promise.all([...this.#workers.values()].map((worker) => worker.close(byForce)));
  }
}
