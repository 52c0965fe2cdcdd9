import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { EscapeError } from '../errors.js';
import { AlbumRun, type RunTools } from './album-run.js';
import { FleetQueues, type HostPause, newsChannel, pauseChannel } from './fleet-queues.js';
import { HostWorkers, type TakenAlbum } from './host-workers.js';

/** Milliseconds after which the queues are asked again where none had an album. */
const idlePause = 1000;
/** Milliseconds between two looks for queues that are new, or drained. */
const refreshInterval = 5000;
/**
 * Milliseconds from being stopped until albums are abandoned that have not ended by themselves. With all
 * that follows, a worker ends within ten seconds, on a slow machine and without Redis, too.
 */
const patience = 4500;
/** Milliseconds for abandoned albums to be given back. */
const lastGrace = 1500;

/** How a worker works. */
export interface WorkerOptions {
  /** What to call it in the queue. */
  name: string;
  /** Albums at once. */
  albums: number;
  /** Whether to end when nothing is left to do. */
  untilEmpty: boolean;
}

/** Takes albums from the queues and runs them, until it is stopped. */
export class FleetWorker {
  readonly #queues: FleetQueues;
  readonly #hosts: HostWorkers;
  readonly #runs = new Set<AlbumRun>();
  readonly #ended = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #trouble: EscapeError | undefined;
  #wake: () => void = () => undefined;
  #refreshedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly tools: RunTools,
    private readonly options: WorkerOptions,
  ) {
    this.#queues = new FleetQueues(tools.redis);
    this.#hosts = new HostWorkers(this.#queues, options.name, tools.lockDuration, tools.log);
  }

  /**
   * Works until it is stopped or, if so wanted, until nothing is left to do.
   *
   * @throws EscapeError where this machine cannot work on any album
   */
  async run(): Promise<void> {
    const stopListening = await this.#listen();
    try {
      // While Redis is away its answers are waited for, and a worker can be stopped nevertheless.
      await Promise.race([this.#work(), once(this.#stopping.signal, 'abort')]);
      await this.#endRuns();
    } finally {
      stopListening();
    }
    if (this.#trouble !== undefined) throw this.#trouble;
  }

  /** Gives all albums back and ends. */
  stop(reason: string): void {
    this.#stopping.abort(reason);
    this.#wake();
    for (const run of this.#runs) run.giveBack(reason);
  }

  /** Closes what it has opened; the connection stays open. */
  async close(): Promise<void> {
    await this.#hosts.close();
    await this.#queues.close();
  }

  async #work(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      if (this.#hasRoom() && (await this.#beginOne())) continue;
      const mayEnd = this.options.untilEmpty && this.#runs.size === 0;
      if (mayEnd && (await this.#queues.areEmpty())) return;
      await this.#pause();
    }
  }

  #hasRoom(): boolean {
    const isAtRisk = [...this.#runs].some((run) => run.isSuspect);
    return !isAtRisk && this.#runs.size < this.options.albums;
  }

  async #beginOne(): Promise<boolean> {
    if (performance.now() - this.#refreshedAt > refreshInterval) {
      this.#refreshedAt = performance.now();
      await this.#hosts.refresh();
    }
    const taken = await this.#hosts.take();
    if (taken === undefined) return false;
    if (this.#stopping.signal.aborted) await taken.job.moveToWait(taken.token);
    else this.#begin(taken);
    return true;
  }

  #begin({ job, token }: TakenAlbum): void {
    const { queueName: queue } = job;
    const run = new AlbumRun(job, token, this.tools, {
      isAlone: () => this.#runs.size === 1,
      askedToPause: (host, milliseconds) =>
        void this.#pauseHost({ queue, host, milliseconds, isLong: false }),
    });
    this.#runs.add(run);
    const ended = run.run().then(async ({ pause, trouble }) => {
      this.#runs.delete(run);
      if (trouble !== undefined) {
        this.#trouble ??= trouble;
        this.stop('this machine cannot work on it');
      }
      if (pause !== undefined) {
        const { host } = new URL(job.data.url);
        await this.#pauseHost({ queue, host, milliseconds: pause, isLong: true });
      }
      this.#ended.delete(ended);
      this.#wake();
    });
    this.#ended.add(ended);
  }

  async #endRuns(): Promise<void> {
    const timer = setTimeout(() => {
      for (const run of this.#runs) run.abandon();
    }, patience);
    // Where Redis is away, albums cannot be given back: others take them when their locks run out.
    await Promise.race([Promise.all(this.#ended), this.#lastMoment()]);
    clearTimeout(timer);
  }

  /** Resolves when a worker that was stopped has to end. One that was not may take its time. */
  async #lastMoment(): Promise<void> {
    if (!this.#stopping.signal.aborted) await once(this.#stopping.signal, 'abort');
    await delay(patience + lastGrace, undefined, { ref: false });
  }

  /** No worker begins an album of that queue for so long; those under way wait, or are given back. */
  async #pauseHost(pause: HostPause): Promise<void> {
    this.#heed(pause);
    const queue = this.#queues.queue(pause.queue);
    // A longer pause that is under way stays.
    try {
      if (pause.milliseconds > (await this.#queues.pauseLeft(queue.name))) {
        await queue.rateLimit(pause.milliseconds);
      }
      await this.tools.redis.publish(pauseChannel, JSON.stringify(pause));
    } catch (error) {
      this.tools.log(`${pause.queue}: its pause could not be shared: ${(error as Error).message}`);
    }
  }

  /** Waits for an album to end, for news of a queue, or for a while. */
  async #pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, idlePause);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Hears of new albums and of pauses. What it misses, it finds when it looks for itself. */
  async #listen(): Promise<() => void> {
    const listener = this.tools.redis.duplicate();
    // The shared connection says that Redis is away.
    listener.on('error', () => undefined);
    listener.on('message', (channel, message) => {
      if (channel === pauseChannel) this.#heed(JSON.parse(message) as HostPause);
      else this.#refreshedAt = Number.NEGATIVE_INFINITY;
      this.#wake();
    });
    await listener.subscribe(newsChannel, pauseChannel);
    const timer = setInterval(() => {
      // An answer shows that the connection is not cut; without one it is made anew.
      listener.ping().catch(() => undefined);
    }, refreshInterval);
    return () => {
      clearInterval(timer);
      listener.disconnect();
    };
  }

  #heed({ queue, host, milliseconds, isLong }: HostPause): void {
    const minutes = Math.ceil(milliseconds / 60_000);
    for (const run of this.#runs) {
      if (!isLong) run.pauseHost(host, milliseconds);
      else if (run.job.queueName === queue) {
        run.giveBack(`its host asks to come back in ${minutes} minutes`);
      }
    }
  }
}
