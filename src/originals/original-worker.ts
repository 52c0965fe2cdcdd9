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
const bytesBetweenCollections = 4_000_000;

/** Does the tasks of one run as they come, any number at once. */
class OriginalWorker {
  readonly #dropping = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #authorizing = new Map<number, (authorization: Serialized<Authorization>) => void>();
  readonly #collect = youngGenerationCollector();
  #written = 0;
  #authorizations = 0;
  #run: Pick<SavingRun, 'client' | 'folder' | 'retryDelay' | 'signal'> | undefined;

  constructor(private readonly port: MessagePort) {
    // Every request under way listens; many are no leak.
    setMaxListeners(0, this.#dropping.signal);
    port.on('message', (message: ToThread) => this.#receive(message));
  }

  #receive(message: ToThread): void {
    if (message.kind === 'begin') this.#begin(message.settings);
    else if (message.kind === 'task') this.#start(message.task);
    else if (message.kind === 'authorized') {
      this.#authorizing.get(message.request)?.(message.authorization);
    } else {
      this.#drop();
      if (message.kind === 'close') void this.#close();
    }
  }

  /** Also ends the waiting to be authorized, since a host's pause may be long. */
  #drop(): void {
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

  #start(task: Task): void {
    const work = this.#do(task).finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #do(task: Task): Promise<void> {
    const result = await serializedResult(() => this.#resultOf(task));
    this.#post({ kind: 'ended', task: task.task, result });
  }

  async #resultOf({ task, kind, ...original }: Task): Promise<TaskResults[keyof TaskResults]> {
    if (this.#run === undefined) throw new Error('a task came before the run had begun');
    if (kind === 'measure') return measurePicture(original, this.#run.client);
    return saveOriginal(original, {
      ...this.#run,
      written: (bytes) => this.#collectAfter(bytes),
      received: () => this.#post({ kind: 'received', task }),
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
      slowDown: (...values) => note('slowDown', values),
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
