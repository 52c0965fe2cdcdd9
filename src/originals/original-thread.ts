import { Worker } from 'node:worker_threads';
import { EscapeError } from '../errors.js';
import { diskError } from '../files/disk-error.js';
import { packageFile } from '../files/package-folder.js';
import { WrittenFile } from '../files/temporary-file.js';
import type { RequestAuthorization } from '../http/request-authorization.js';
import { LentSlots, type ReleaseSlot } from './lent-slots.js';
import type { MeasuredPicture } from './measure-picture.js';
import type { OriginalRequest, SavedOriginal } from './save-original.js';
import {
  type AuthorizationNote,
  deserializedResult,
  type FromThread,
  type Serialized,
  serializedResult,
  type Task,
  type TaskResults,
  type ThreadSettings,
  type ToThread,
} from './thread-messages.js';

// A thread cannot run TypeScript: tests, which run src as it is, start the built file too.
const workerScript = packageFile('dist/original-worker.js');

/** What the thread works with in one run. */
export interface OriginalsRun extends ThreadSettings {
  authorization: RequestAuthorization;
  /**
   * Waits until one more request may be under way.
   *
   * @param url its address, whose host may be paused; undefined for a host that is not
   * @returns releases the slot
   * @throws where the run ends meanwhile
   */
  acquireSlot(url?: string): Promise<ReleaseSlot>;
  /** Whether nothing but a slot keeps back a request to the address: it may wait for that in the thread. */
  needsOnlySlot(url: string): boolean;
  /** Aborted when requests under way are to be dropped. */
  signal: AbortSignal;
}

type AuthorizeMessage = Extract<FromThread, { kind: 'authorize' }>;

type Result = Serialized<TaskResults[keyof TaskResults]>;

interface UnderWay {
  /** @param result undefined for a task that was held back */
  end(result: Result | undefined): void;
  fail(reason: unknown): void;
}

/** Ends the run: without the thread every further photo would fail through no fault of its own. */
function threadError(cause: unknown): EscapeError {
  const ofDisk = diskError(cause, 'the thread that fetches originals');
  if (ofDisk instanceof EscapeError) return ofDisk;
  const why = cause === undefined ? '' : ` (${String(cause)})`;
  return new EscapeError(
    'unexpected',
    `The thread that fetches originals has ended${why}. What was saved is safe; run the same command again.`,
    { cause },
  );
}

/**
 * Fetches originals in a thread of their own, so that one processor receives, checks and writes
 * bytes while another one crawls. The thread decides on the retries of a broken transfer, and which
 * task has a slot next of those that wait there; slots, host throttle and session belong to this side.
 */
export class OriginalThread {
  readonly #worker: Worker;
  readonly #underWay = new Map<number, UnderWay>();
  /** Resolves when the thread has loaded its modules. */
  readonly loaded: Promise<void>;
  readonly #ended: Promise<void>;
  readonly #slots = new LentSlots(
    () => this.#begun().acquireSlot(),
    () => this.#post({ kind: 'slot' }),
    () => this.holdBack(),
  );
  #run: OriginalsRun | undefined;
  #tasks = 0;
  #failure: { reason: unknown } | undefined;

  /**
   * Starts the thread, which loads its modules while this one goes on.
   *
   * @param script the compiled module that it runs
   */
  constructor(script: string | URL = workerScript) {
    // The environment is kept from the thread, since it may hold the password. A small young
    // generation has the memory of received bytes collected soon; with one of 2 MB a run took a twelfth
    // more of processor time.
    const resourceLimits = { maxYoungGenerationSizeMb: 12 };
    this.#worker = new Worker(script, { env: {}, resourceLimits });
    this.loaded = new Promise((resolve) => {
      // Its first message says so.
      this.#worker.once('message', () => resolve());
    });
    this.#worker.on('message', (message: FromThread) => this.#receive(message));
    this.#worker.on('error', (error) => this.#fail(threadError(error)));
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#fail(threadError(undefined));
        resolve();
      });
    });
  }

  /** Begins a run. To be called once, before the first original is requested. */
  begin(run: OriginalsRun): void {
    const { siteUrl, userAgent, proxies, idleTimeout, pause, retryDelay, folder, signal } = run;
    this.#run = run;
    const settings = { siteUrl, userAgent, proxies, idleTimeout, pause, retryDelay, folder };
    this.#post({ kind: 'begin', settings });
    const drop = () => {
      this.#fail(signal.reason);
      this.#post({ kind: 'drop' });
    };
    if (signal.aborted) drop();
    else signal.addEventListener('abort', drop, { once: true });
  }

  /** Has no task begin that waits for a slot in the thread: it asks for one anew. */
  holdBack(): void {
    this.#post({ kind: 'hold back' });
  }

  /** Has the thread give back the next slot that it needs no more, though tasks wait for one. */
  askForSlot(): void {
    this.#post({ kind: 'slot wanted' });
  }

  /**
   * Fetches an original into a file, once there is a slot for it.
   *
   * @param begins called when it is authorized, which may be long after this call
   * @param referrer the address of the page that shows it
   * @param knownDamage SHA-256 of damaged originals that earlier tries brought; the same bytes again
   *   are saved
   * @throws DownloadError, which the authorization was told of; DiskError; the reason of the run's
   *   end
   */
  async saveOriginal(
    url: string,
    begins: () => void,
    referrer?: string,
    knownDamage?: readonly string[],
  ): Promise<SavedOriginal> {
    const saved = await this.#do('save', { url, referrer, knownDamage }, begins);
    const { path, size } = saved.file;
    return { ...saved, file: new WrittenFile(path, size) };
  }

  /**
   * Reads the first bytes of a picture, once there is a slot for it.
   *
   * @param referrer the address of the page that shows it
   * @returns undefined where they do not hold its size in pixels
   * @throws DownloadError; the reason of the run's end
   */
  measurePicture(url: string, referrer?: string): Promise<MeasuredPicture | undefined> {
    return this.#do('measure', { url, referrer });
  }

  /** Drops what is under way and waits for the end of the thread. */
  async close(): Promise<void> {
    this.#fail(new Error('the thread for originals was closed'));
    this.#post({ kind: 'close' });
    await this.#ended;
  }

  async #do<Kind extends keyof TaskResults>(
    kind: Kind,
    request: Omit<OriginalRequest, 'authorization'>,
    begins?: () => void,
  ): Promise<TaskResults[Kind]> {
    const { url } = request;
    const run = this.#begun();
    let slot = run.needsOnlySlot(url) ? undefined : await run.acquireSlot(url);
    for (;;) {
      begins?.();
      const authorization = await run.authorization.authorize(url).catch((error: unknown) => {
        slot?.();
        throw error;
      });
      const result = await this.#result({ ...request, kind, authorization }, slot);
      if (result !== undefined) {
        const value = deserializedResult(result) as TaskResults[Kind];
        run.authorization.answered(url);
        return value;
      }
      slot = await run.acquireSlot(url);
    }
  }

  #begun(): OriginalsRun {
    if (this.#run === undefined) throw new Error('the thread for originals has no run yet');
    return this.#run;
  }

  /** Has the thread do a task. @returns undefined where it was held back */
  #result(task: Omit<Task, 'task'>, slot: ReleaseSlot | undefined): Promise<Result | undefined> {
    return new Promise((end, fail) => {
      this.#tasks += 1;
      this.#underWay.set(this.#tasks, { end, fail });
      this.#post({
        kind: 'task',
        task: { ...task, task: this.#tasks },
        hasSlot: slot !== undefined,
      });
      this.#slots.addTask(slot);
      if (this.#failure !== undefined) this.#fail(this.#failure.reason);
    });
  }

  #receive(message: FromThread): void {
    if (message.kind === 'loaded') return;
    if (message.kind === 'note') this.#note(message.note);
    else if (message.kind === 'authorize') void this.#authorize(message);
    else if (message.kind === 'slot') this.#slots.release();
    else if (message.kind === 'needs no slot') this.#slots.removeTask();
    else this.#end(message.task, message.kind === 'ended' ? message.result : undefined);
  }

  #end(task: number, result: Result | undefined): void {
    this.#underWay.get(task)?.end(result);
    this.#underWay.delete(task);
  }

  #note({ name, values }: AuthorizationNote): void {
    const authorization = this.#run?.authorization;
    if (name === 'answered') authorization?.answered(...values);
    else if (name === 'failed') authorization?.failed(...values);
    else if (name === 'setCookies') authorization?.setCookies(...values);
    else authorization?.slowDown(...values);
  }

  async #authorize({ request, url, challenge }: AuthorizeMessage): Promise<void> {
    const authorization = await serializedResult(() =>
      this.#begun().authorization.authorize(url, challenge),
    );
    this.#post({ kind: 'authorized', request, authorization });
  }

  /** Fails what is under way, and all that comes after. */
  #fail(reason: unknown): void {
    this.#failure ??= { reason };
    for (const { fail } of this.#underWay.values()) fail(this.#failure.reason);
    this.#underWay.clear();
    this.#slots.releaseAll();
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }
}
