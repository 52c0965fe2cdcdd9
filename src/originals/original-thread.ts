import { Worker } from 'node:worker_threads';
import { EscapeError } from '../errors.js';
import { WrittenFile } from '../files/temporary-file.js';
import type { DownloadError } from '../http/download-error.js';
import type { RequestAuthorization } from '../http/request-authorization.js';
import type { PixelSize } from '../picture/pixel-size.js';
import { limitYoungSpace } from '../v8-flags.js';
import type { SavedOriginal } from './save-original.js';
import {
  type AuthorizationNote,
  deserializedError,
  deserializedResult,
  type FromThread,
  type Question,
  type Serialized,
  serializedResult,
  type TaskResults,
  type ThreadSettings,
  type ToThread,
} from './thread-messages.js';

/** The compiled thread, whether this file is compiled or not: a thread cannot run TypeScript. */
const compiledScript = new URL('../../dist/originals/original-worker.js', import.meta.url);

/** What the thread works under in one run. */
export interface OriginalsRun extends ThreadSettings {
  gate: RequestAuthorization;
  /**
   * Waits until one more request may be under way.
   *
   * @returns what is to be called when it is over
   * @throws where the run ends meanwhile
   */
  takeSlot(url: string): Promise<() => void>;
  /** Aborted when requests under way are to be dropped. */
  signal: AbortSignal;
}

/** What whoever wants an original decides and is told while it is fetched. */
export interface Transfer {
  /** Called when its turn has come, which may be long after it was asked for. */
  begins(): void;
  /**
   * Waits until a transfer that broke off may go on.
   *
   * @param from bytes that have come so far
   * @throws the error where it has been tried often enough
   */
  mayGoOn(from: number, error: DownloadError): Promise<void>;
}

interface UnderWay {
  /** Lets the next request go; does nothing the second time. */
  leaveSlot(): void;
  transfer: Transfer | undefined;
  end(result: Serialized<TaskResults[keyof TaskResults]>): void;
  fail(reason: unknown): void;
}

/** What ends a run: without the thread every further photo would fail, though nothing is wrong with it. */
function threadError(cause: unknown): EscapeError {
  const why = cause === undefined ? '' : ` (${String(cause)})`;
  return new EscapeError(
    'unexpected',
    `The thread that fetches originals has ended${why}. What was saved is safe; run the same command again.`,
    { cause },
  );
}

/**
 * Fetches originals in a thread of their own: one processor takes in, checks and writes bytes while
 * another one crawls. The thread holds nothing that outlives it; what is decided, is decided here.
 */
export class OriginalThread {
  readonly #worker: Worker;
  readonly #underWay = new Map<number, UnderWay>();
  readonly #ended: Promise<void>;
  #run: OriginalsRun | undefined;
  #tasks = 0;
  #failure: { reason: unknown } | undefined;

  /**
   * Starts the thread, which loads what it needs beside what goes on here.
   *
   * @param script what the thread runs
   */
  constructor(script = compiledScript) {
    // What the thread has no use for it does not get: the password may be in the environment.
    // And a small space for young objects, which has the bytes that came let go of soon.
    const resourceLimits = { maxYoungGenerationSizeMb: 2 };
    this.#worker = new Worker(script, { env: {}, resourceLimits });
    this.#worker.once('online', limitYoungSpace);
    this.#worker.on('message', (message: FromThread) => this.#take(message));
    this.#worker.on('error', (error) => this.#fail(threadError(error)));
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#fail(threadError(undefined));
        resolve();
      });
    });
  }

  /** Tells the thread what it works under; to be called once, before anything is asked of it. */
  begin(run: OriginalsRun): void {
    const { siteUrl, userAgent, idleTimeout, pause, folder, signal } = run;
    this.#run = run;
    this.#post({ kind: 'begin', settings: { siteUrl, userAgent, idleTimeout, pause, folder } });
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
   * @throws DownloadError, of which the gate was told; DiskError; the reason of the run's end
   */
  async saveOriginal(url: string, transfer: Transfer): Promise<SavedOriginal> {
    const saved = await this.#do('save', url, transfer);
    const { path, size } = saved.file;
    return { ...saved, file: new WrittenFile(path, size) };
  }

  /**
   * Reads as much of a picture as tells its size, once there is a slot for it.
   *
   * @returns undefined where its bytes do not tell
   * @throws DownloadError; the reason of the run's end
   */
  measurePicture(url: string): Promise<PixelSize | undefined> {
    return this.#do('measure', url);
  }

  /** Drops what is under way and waits for the end of the thread. */
  async close(): Promise<void> {
    this.#fail(new Error('the thread for originals was closed'));
    this.#post({ kind: 'close' });
    await this.#ended;
  }

  async #do<Kind extends keyof TaskResults>(
    kind: Kind,
    url: string,
    transfer?: Transfer,
  ): Promise<TaskResults[Kind]> {
    const run = this.#run;
    if (run === undefined) throw new Error('the thread for originals has no run yet');
    const leaveSlot = await run.takeSlot(url);
    try {
      transfer?.begins();
      const opening = await run.gate.pass(url);
      if (this.#failure !== undefined) throw this.#failure.reason;
      this.#tasks += 1;
      const task = this.#tasks;
      const result = await new Promise<Serialized<TaskResults[keyof TaskResults]>>((end, fail) => {
        this.#underWay.set(task, { leaveSlot, transfer, end, fail });
        this.#post({ kind: 'task', task: { task, kind, url, opening } });
      });
      const value = deserializedResult(result) as TaskResults[Kind];
      run.gate.answered(url);
      return value;
    } finally {
      leaveSlot();
    }
  }

  #take(message: FromThread): void {
    if (message.kind === 'note') this.#note(message.note);
    else if (message.kind === 'question') void this.#answer(message.question, message.asked);
    else if (message.kind === 'received') this.#underWay.get(message.task)?.leaveSlot();
    else {
      this.#underWay.get(message.task)?.end(message.result);
      this.#underWay.delete(message.task);
    }
  }

  #note({ name, values }: AuthorizationNote): void {
    const gate = this.#run?.gate;
    if (name === 'answered') gate?.answered(...values);
    else if (name === 'failed') gate?.failed(...values);
    else gate?.slowDown(...values);
  }

  async #answer(question: number, asked: Question): Promise<void> {
    const answer = await serializedResult<unknown>(async () => {
      if (asked.kind === 'pass') return this.#run?.gate.pass(asked.url);
      const error = deserializedError(asked.error) as DownloadError;
      return this.#underWay.get(asked.task)?.transfer?.mayGoOn(asked.from, error);
    });
    this.#post({ kind: 'answer', question, answer });
  }

  /** Nothing more comes of what is under way. */
  #fail(reason: unknown): void {
    this.#failure ??= { reason };
    for (const { fail } of this.#underWay.values()) fail(this.#failure.reason);
    this.#underWay.clear();
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }
}
