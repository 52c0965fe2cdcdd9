// The thread for originals: fetches, checks and writes them, while the main thread crawls.
import { setMaxListeners } from 'node:events';
import { type MessagePort, parentPort } from 'node:worker_threads';
import { AddressGuard } from '../http/address-guard.js';
import { OriginalClient } from '../http/original-client.js';
import type { Authorization, RequestAuthorization } from '../http/request-authorization.js';
import { youngGenerationCollector } from '../v8-flags.js';
import { measurePicture } from './measure-picture.js';
import { type SavingRun, saveOriginal } from './save-original.js';
import {
  type AuthorizationNote,
  deserializedResult,
  type FromThread,
  type Serialized,
  serializedError,
  serializedResult,
  type Task,
  type TaskResults,
  type ThreadSettings,
  type ToThread,
} from './thread-messages.js';

/** Bytes written between two collections of the memory that held them. */
const bytesBetweenCollections = 16_000_000;

/** Does the tasks of one run as they come, any number at once. */
class OriginalWorker {
  readonly #dropping = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #authorizing = new Map<number, (authorization: Serialized<Authorization>) => void>();
  readonly #collect = youngGenerationCollector();
  /** Tasks without a slot, the next one first. */
  readonly #waiting = new Map<number, Task>();
  /** Slots that are to be given back when they are left. */
  #slotsWanted = 0;
  #written = 0;
  #authorizations = 0;
  #run: Pick<SavingRun, 'client' | 'folder' | 'retryDelay' | 'signal'> | undefined;

  constructor(private readonly port: MessagePort) {
    // Every request under way listens; many are no leak.
    setMaxListeners(0, this.#dropping.signal);
    port.on('message', (message: ToThread) => this.#receive(message));
    this.#post({ kind: 'loaded' });
  }

  #receive(message: ToThread): void {
    if (message.kind === 'begin') this.#begin(message.settings);
    else if (message.kind === 'task') this.#take(message.task, message.hasSlot);
    else if (message.kind === 'slot') this.#passSlotOn();
    else if (message.kind === 'slot wanted') this.#slotsWanted += 1;
    else if (message.kind === 'hold back') this.#holdBack();
    else if (message.kind === 'authorized') {
      this.#authorizing.get(message.request)?.(message.authorization);
    } else {
      this.#drop();
      if (message.kind === 'close') void this.#close();
    }
  }

  /** Also ends the waiting to be authorized, since a host's pause may be long. */
  #drop(): void {
    this.#waiting.clear();
    this.#dropping.abort();
    const error = serializedError(this.#dropping.signal.reason);
    for (const end of this.#authorizing.values()) end({ error });
  }

  #begin({ folder, siteUrl, retryDelay, ...settings }: ThreadSettings): void {
    const { signal } = this.#dropping;
    const client = new OriginalClient({
      ...settings,
      authorization: this.#authorization(),
      guard: new AddressGuard(siteUrl),
      signal,
    });
    this.#run = { client, folder, retryDelay, signal };
  }

  #take(task: Task, hasSlot: boolean): void {
    if (hasSlot) this.#start(task);
    else this.#waiting.set(task.task, task);
  }

  #holdBack(): void {
    for (const task of this.#waiting.keys()) {
      this.#post({ kind: 'needs no slot' });
      this.#post({ kind: 'returned', task });
    }
    this.#waiting.clear();
  }

  /** Starts the next task with a slot, or gives the slot back. */
  #passSlotOn(): void {
    const [next] = this.#waiting.values();
    if (next === undefined || this.#slotsWanted > 0) {
      this.#slotsWanted = Math.max(0, this.#slotsWanted - 1);
      this.#post({ kind: 'slot' });
      return;
    }
    this.#waiting.delete(next.task);
    this.#start(next);
  }

  #start(task: Task): void {
    const work = this.#do(task).finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #do(task: Task): Promise<void> {
    let hasSlot = true;
    const leaveSlot = () => {
      if (!hasSlot) return;
      hasSlot = false;
      this.#post({ kind: 'needs no slot' });
      this.#passSlotOn();
    };
    const result = await serializedResult(() => this.#resultOf(task, leaveSlot));
    leaveSlot();
    this.#post({ kind: 'ended', task: task.task, result });
  }

  async #resultOf(
    { task: _task, kind, ...original }: Task,
    received: () => void,
  ): Promise<TaskResults[keyof TaskResults]> {
    if (this.#run === undefined) throw new Error('a task came before the run had begun');
    if (kind === 'measure') return measurePicture(original, this.#run.client);
    return saveOriginal(original, {
      ...this.#run,
      written: (bytes) => this.#collectAfter(bytes),
      received,
    });
  }

  #collectAfter(bytes: number): void {
    this.#written += bytes;
    if (this.#written < bytesBetweenCollections) return;
    this.#written = 0;
    this.#collect();
  }

  #authorization(): RequestAuthorization {
    const note = (name: AuthorizationNote['name'], values: unknown[]) =>
      this.#post({ kind: 'note', note: { name, values } as never });
    return {
      authorize: (url, challenge) => this.#authorize(url, challenge),
      setCookies: (...values) => note('setCookies', values),
      answered: (...values) => note('answered', values),
      failed: (...values) => note('failed', values),
      slowDown: (...values) => {
        this.#holdBack();
        note('slowDown', values);
      },
    };
  }

  async #authorize(url: string, challenge: string | undefined): Promise<Authorization> {
    this.#dropping.signal.throwIfAborted();
    this.#authorizations += 1;
    const request = this.#authorizations;
    const authorization = await new Promise<Serialized<Authorization>>((resolve) => {
      this.#authorizing.set(request, resolve);
      this.#post({ kind: 'authorize', request, url, challenge });
    });
    this.#authorizing.delete(request);
    return deserializedResult(authorization);
  }

  async #close(): Promise<void> {
    await Promise.all(this.#underWay);
    this.#run?.client.close();
    this.port.close();
  }

  #post(message: FromThread): void {
    this.port.postMessage(message);
  }
}

if (parentPort === null) throw new Error('this is to be run as a thread of its own');
new OriginalWorker(parentPort);
