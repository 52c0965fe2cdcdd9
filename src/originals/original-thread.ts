import { Worker } from 'node:worker_threads';
import { EscapeError } from '../errors.js';
import { diskError } from '../files/disk-error.js';
import { packageFile } from '../files/package-folder.js';
import { WrittenFile } from '../files/temporary-file.js';
import type { RequestAuthorization } from '../http/request-authorization.js';
import type { PixelSize } from '../picture/picture-facts.js';
import { limitYoungGeneration } from '../v8-flags.js';
import type { OriginalRequest, SavedOriginal } from './save-original.js';
import {
  type AuthorizationNote,
  deserializedResult,
  type FromThread,
  type Serialized,
  serializedResult,
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
   * @returns releases the slot
   * @throws where the run ends meanwhile
   */
  acquireSlot(url: string): Promise<() => void>;
  /** Aborted when requests under way are to be dropped. */
  signal: AbortSignal;
}

type AuthorizeMessage = Extract<FromThread, { kind: 'authorize' }>;

interface UnderWay {
  /** Lets the next request begin; does nothing the second time. */
  releaseSlot(): void;
  end(result: Serialized<TaskResults[keyof TaskResults]>): void;
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
 * bytes while another one crawls. Only the retries of a broken transfer are decided in the thread;
 * slots, host throttle and session belong to this side.
 */
export class OriginalThread {
  readonly #worker: Worker;
  readonly #underWay = new Map<number, UnderWay>();
  readonly #ended: Promise<void>;
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
    // generation has the memory of received bytes collected soon.
    const resourceLimits = { maxYoungGenerationSizeMb: 2 };
    this.#worker = new Worker(script, { env: {}, resourceLimits });
    this.#worker.once('online', limitYoungGeneration);
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

  /**
   * Fetches an original into a file, once there is a slot for it.
   *
   * @param begins called when it has a slot, which may be long after this call
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
   * Reads a picture as far as its size in pixels is known, once there is a slot for it.
   *
   * @param referrer the address of the page that shows it
   * @returns undefined where its first bytes do not hold the size
   * @throws DownloadError; the reason of the run's end
   */
  measurePicture(url: string, referrer?: string): Promise<PixelSize | undefined> {
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
    const run = this.#run;
    if (run === undefined) throw new Error('the thread for originals has no run yet');
    const releaseSlot = await run.acquireSlot(url);
    try {
      begins?.();
      const authorization = await run.authorization.authorize(url);
      if (this.#failure !== undefined) throw this.#failure.reason;
      this.#tasks += 1;
      const task = this.#tasks;
      const result = await new Promise<Serialized<TaskResults[keyof TaskResults]>>((end, fail) => {
        this.#underWay.set(task, { releaseSlot, end, fail });
        this.#post({ kind: 'task', task: { ...request, task, kind, authorization } });
      });
      const value = deserializedResult(result) as TaskResults[Kind];
      run.authorization.answered(url);
      return value;
    } finally {
      releaseSlot();
    }
  }

  #receive(message: FromThread): void {
    if (message.kind === 'note') this.#note(message.note);
    else if (message.kind === 'authorize') void this.#authorize(message);
    else if (message.kind === 'received') this.#underWay.get(message.task)?.releaseSlot();
    else {
      this.#underWay.get(message.task)?.end(message.result);
      this.#underWay.delete(message.task);
    }
  }

  #note({ name, values }: AuthorizationNote): void {
    const authorization = this.#run?.authorization;
    if (name === 'answered') authorization?.answered(...values);
    else if (name === 'failed') authorization?.failed(...values);
    else if (name === 'setCookies') authorization?.setCookies(...values);
    else authorization?.slowDown(...values);
  }

  async #authorize({ request, url, challenge }: AuthorizeMessage): Promise<void> {
    const authorization = await serializedResult(async () => {
      if (this.#run === undefined) throw new Error('the thread for originals has no run yet');
      return this.#run.authorization.authorize(url, challenge);
    });
    this.#post({ kind: 'authorized', request, authorization });
  }

  /** Fails what is under way, and all that comes after. */
  #fail(reason: unknown): void {
    this.#failure ??= { reason };
    for (const { fail } of this.#underWay.values()) fail(this.#failure.reason);
    this.#underWay.clear();
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }
}
