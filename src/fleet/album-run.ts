import { setTimeout as delay } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { type Ending, EscapeError } from '../errors.js';
import type { SharedThrottle } from '../http/host-throttle.js';
import { AccountLock } from './account-lock.js';
import type { QueuedAlbum } from './fleet-queues.js';
import { firstProgress, type JobProgress, mostDeaths } from './job-progress.js';
import { LockKeeper } from './lock-keeper.js';
import { givenUp, parseOutcome, planAfter, TryAgain } from './outcome.js';
import type { AlbumEnd, AlbumJob, Attempt } from './work-album.js';

/** Milliseconds between two reports of an album's progress. */
const progressInterval = 2000;
/** Milliseconds until an album is looked at again that cannot begin now. */
const notNowPause = 5000;

/** Milliseconds for an attempt to end once it may publish nothing more. */
const lastGrace = 1000;

/** What the runs of a worker share. */
export interface RunTools {
  redis: Redis;
  /** Milliseconds that the lock of an album lasts. */
  lockDuration: number;
  /** Runs one attempt at an album. @throws what is unexpected */
  workAlbum(album: AlbumJob, password: string | undefined, attempt: Attempt): Promise<AlbumEnd>;
  /** @throws UsageError where the passwords cannot be read */
  passwordOf(albumId: string): string | undefined;
  /** Says something to the person who watches. */
  log(line: string): void;
}

/** The worker of a run. */
export interface RunWorker {
  /** Whether it runs no other album. */
  isAlone(): boolean;
  /** A host asked for a pause, which the run keeps by itself. @param milliseconds how long */
  askedToPause(host: string, milliseconds: number): void;
}

/** What a run asks of its worker. */
export interface RunResult {
  /** Milliseconds that the album's host wants to be left alone. */
  pause?: number;
  /** Why this machine can work on no album, the next one neither. */
  trouble?: EscapeError;
}

/** One attempt at an album by this worker, from the job as it was taken to what it came to. */
export class AlbumRun {
  readonly #stop = new AbortController();
  readonly #abandon = new AbortController();
  readonly #keeper: LockKeeper;
  readonly #account: AccountLock;
  #isSignedIn = false;
  #progress: JobProgress;
  #reported: JobProgress | undefined;
  #giveBackReason: string | undefined;
  #hearPause: ((host: string, milliseconds: number) => void) | undefined;

  /**
   * @param token the lock that BullMQ has set for the job
   */
  constructor(
    readonly job: Job<QueuedAlbum>,
    private readonly token: string,
    private readonly tools: RunTools,
    private readonly worker: RunWorker,
  ) {
    const { redis, lockDuration } = tools;
    this.#account = new AccountLock(redis, job.data, token, lockDuration);
    this.#progress = firstProgress(job, Date.now());
    this.#keeper = new LockKeeper(lockDuration, async () => {
      const isOurs = (await job.extendLock(token, lockDuration)) === 1;
      return isOurs && (this.#isSignedIn ? await this.#account.extend() : true);
    });
  }

  /** How far it has come. */
  get progress(): Readonly<JobProgress> {
    return this.#progress;
  }

  /**
   * Whether it may kill its worker, and has to run alone, so that no other album dies with it: its last
   * try before it is given up.
   */
  get isSuspect(): boolean {
    return this.#progress.deaths === mostDeaths - 1;
  }

  /** Sends no request to the host for so many milliseconds. */
  pauseHost(host: string, milliseconds: number): void {
    this.#hearPause?.(host, milliseconds);
  }

  /** Gives the album back to the queue, once its state is saved. */
  giveBack(reason: string): void {
    this.#giveBackReason ??= reason;
    this.#stop.abort(new Error(reason));
  }

  /** Gives it back at once: what is not saved by now is left to the next worker. */
  abandon(): void {
    this.giveBack('it took too long to end');
    this.#abandon.abort();
  }

  /** Runs it to its end. What goes wrong with the album is the album's outcome, and not thrown. */
  async run(): Promise<RunResult> {
    const { id } = this.job.data;
    try {
      if (!(await this.#keeper.keep())) return {};
      return await this.#attempt();
    } catch (error) {
      // The job stands as it was: when its lock has run out, another worker takes it.
      this.tools.log(`${id}: its outcome could not be recorded: ${(error as Error).message}`);
      return {};
    } finally {
      this.#keeper.release();
      // One that cannot be released runs out by itself.
      await this.#account.release().catch(() => undefined);
    }
  }

  async #attempt(): Promise<RunResult> {
    const { job, token, tools } = this;
    const { id } = job.data;
    if (this.#progress.deaths >= mostDeaths) {
      const reason = `The last ${mostDeaths} attempts at this album ended with the death of their worker, and saved nothing more. Look at the machines’ logs, then queue it anew: fleet add --retry ${id}`;
      return this.#settle(this.#endOf('unexpected', reason), true);
    }
    const mayBegin = !this.isSuspect || this.worker.isAlone();
    this.#isSignedIn = mayBegin && (await this.#account.acquire());
    if (!this.#isSignedIn) {
      await job.moveToDelayed(Date.now() + notNowPause, token);
      return {};
    }
    await job.updateProgress(this.#progress);
    tools.log(`${id}: begun (attempt ${job.attemptsStarted})`);
    const end = await this.#work();
    if (this.#keeper.lost.aborted) {
      tools.log(`${id}: left to another worker: ${String(this.#keeper.lost.reason?.message)}`);
      return {};
    }
    return this.#close(end);
  }

  async #work(): Promise<AlbumEnd | EscapeError> {
    const { job, tools } = this;
    let password: string | undefined;
    try {
      password = tools.passwordOf(job.data.id);
    } catch (error) {
      if (error instanceof EscapeError) return error;
      throw error;
    }
    const lost = AbortSignal.any([this.#keeper.lost, this.#abandon.signal]);
    const abandoned = aborted(lost)
      .then(() => delay(lastGrace, undefined, { ref: false }))
      .then(() => this.#endOf('interrupted', 'It was abandoned.'));
    const reporting = setInterval(() => this.#report(), progressInterval);
    try {
      const { generation, ...album } = job.data;
      const attempt = {
        ...{ generation, attempt: job.attemptsStarted, lost, stop: this.#stop.signal },
        throttle: this.#throttle(),
        onProgress: (progress: Parameters<Attempt['onProgress']>[0]) => {
          this.#progress = { ...this.#progress, ...progress };
        },
      };
      return await Promise.race([tools.workAlbum(album, password, attempt), abandoned]);
    } catch (error) {
      if (error instanceof EscapeError) return this.#endOf(error.ending, error.message);
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      tools.log(`${job.data.id}: unexpected error: ${text}`);
      return this.#endOf('unexpected', error instanceof Error ? error.message : String(error));
    } finally {
      clearInterval(reporting);
    }
  }

  #throttle(): SharedThrottle {
    return {
      beforeRequest: () => this.#keeper.check(),
      share: (host, milliseconds) => this.worker.askedToPause(host, milliseconds),
      follow: (hear) => {
        this.#hearPause = hear;
        return () => {
          this.#hearPause = undefined;
        };
      },
    };
  }

  #report(): void {
    if (this.#reported === this.#progress || this.#keeper.lost.aborted) return;
    this.#reported = this.#progress;
    this.job.updateProgress(this.#progress).catch((error: Error) => {
      this.tools.log(`${this.job.data.id}: its progress could not be reported: ${error.message}`);
    });
  }

  async #close(end: AlbumEnd | EscapeError): Promise<RunResult> {
    const { job, token, tools } = this;
    if (end instanceof EscapeError || end.ending === 'disk') {
      const trouble =
        end instanceof EscapeError
          ? end
          : new EscapeError('disk', end.cause ?? 'The disk is full.');
      await job.moveToWait(token);
      tools.log(`${job.data.id}: given back: this machine cannot work on it`);
      return { trouble };
    }
    if (this.#giveBackReason !== undefined && !endsByItself.has(end.ending)) {
      await job.moveToWait(token);
      tools.log(`${job.data.id}: given back: ${this.#giveBackReason}`);
      return {};
    }
    return this.#settle(end);
  }

  #endOf(ending: Ending, cause: string): AlbumEnd {
    const { listed, saved, alreadyHad, failed } = this.#progress;
    const counts = { listed, saved: saved + alreadyHad, failed };
    return { ending, counts, cause, doubts: [], failures: [], pause: undefined };
  }

  /** Records how the attempt ended, and what follows from it. */
  async #settle(end: AlbumEnd, isOver = false): Promise<RunResult> {
    const { job, token, tools } = this;
    const plan = planAfter(end, parseOutcome(job.failedReason), Date.now());
    const { again, ...over } = plan.outcome;
    const after = isOver ? undefined : plan.after;
    await job.updateProgress(this.#progress);
    if (end.ending === 'complete') await job.moveToCompleted(plan.outcome, token, false);
    else if (after === undefined) await job.moveToFailed(givenUp(over), token, false);
    else await job.moveToFailed(new TryAgain(plan.outcome, after), token, false);
    const { ending, saved, listed, reason } = over;
    const next = after === undefined ? '' : ` · again at ${again}`;
    const why = reason === '' ? '' : `\n  ${reason}`;
    tools.log(`${job.data.id}: ${ending} · saved ${saved} of ${listed} photos${next}${why}`);
    return end.pause === undefined ? {} : { pause: end.pause };
  }
}

/** Endings that an album came to although it was to be given back. */
const endsByItself: ReadonlySet<Ending> = new Set(['complete', 'incomplete', 'signIn']);

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
