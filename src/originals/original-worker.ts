// The thread for originals: fetches, checks and writes them, while the main thread crawls.
import { setMaxListeners } from 'node:events';
import { type MessagePort, parentPort } from 'node:worker_threads';
import { AddressGuard } from '../http/address-guard.js';
import { OriginalClient } from '../http/original-client.js';
import type { RequestAuthorization } from '../http/request-authorization.js';
import { youngCollector } from '../v8-flags.js';
import { measurePicture } from './measure-picture.js';
import { saveOriginal } from './save-original.js';
import {
  deserializedResult,
  type FromThread,
  type Question,
  type Serialized,
  serializedError,
  serializedResult,
  type Task,
  type TaskResults,
  type ThreadSettings,
  type ToThread,
} from './thread-messages.js';

/** Bytes written between two clear-ups of what they leave behind. */
const writtenBetween = 4_000_000;

/** Does the tasks of one run as they come, any number at once. */
class OriginalWorker {
  readonly #dropping = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #asked = new Map<number, (answer: Serialized<unknown>) => void>();
  readonly #collect = youngCollector();
  #written = 0;
  #questions = 0;
  #begun: { client: OriginalClient; folder: string } | undefined;

  constructor(private readonly port: MessagePort) {
    // Every request under way listens; many are no leak.
    setMaxListeners(0, this.#dropping.signal);
    port.on('message', (message: ToThread) => this.#take(message));
  }

  #take(message: ToThread): void {
    if (message.kind === 'begin') this.#begin(message.settings);
    else if (message.kind === 'task') this.#start(message.task);
    else if (message.kind === 'answer') this.#asked.get(message.question)?.(message.answer);
    else {
      this.#drop();
      if (message.kind === 'close') void this.#close();
    }
  }

  /** Also ends the waiting for answers: that to a host's pause may take long. */
  #drop(): void {
    this.#dropping.abort();
    for (const end of this.#asked.values())
      end({ error: serializedError(this.#dropping.signal.reason) });
  }

  #begin({ folder, siteUrl, ...settings }: ThreadSettings): void {
    const client = new OriginalClient({
      ...settings,
      gate: this.#gate(),
      guard: new AddressGuard(siteUrl),
      signal: this.#dropping.signal,
    });
    this.#begun = { client, folder };
  }

  #start(task: Task): void {
    const work = this.#do(task).finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #do(task: Task): Promise<void> {
    const result = await serializedResult(() => this.#resultOf(task));
    this.#post({ kind: 'ended', task: task.task, result });
  }

  async #resultOf({ task, kind, url, opening }: Task): Promise<TaskResults[keyof TaskResults]> {
    if (this.#begun === undefined) throw new Error('a task came before the run had begun');
    const { client, folder } = this.#begun;
    if (kind === 'measure') return measurePicture(url, opening, client);
    return saveOriginal(url, opening, {
      client,
      folder,
      mayGoOn: async (from, error) => {
        await this.#ask({ kind: 'go on', task, from, error: serializedError(error) });
      },
      written: (bytes) => this.#letGo(bytes),
      received: () => this.#post({ kind: 'received', task }),
    });
  }

  #letGo(bytes: number): void {
    this.#written += bytes;
    if (this.#written < writtenBetween) return;
    this.#written = 0;
    this.#collect();
  }

  #gate(): RequestAuthorization {
    const note = (name: 'answered' | 'failed' | 'slowDown', values: unknown[]) =>
      this.#post({ kind: 'note', note: { name, values } as never });
    return {
      pass: async (url) => (await this.#ask({ kind: 'pass', url })) as Record<string, string>,
      answered: (...values) => note('answered', values),
      failed: (...values) => note('failed', values),
      slowDown: (...values) => note('slowDown', values),
    };
  }

  async #ask(asked: Question): Promise<unknown> {
    this.#dropping.signal.throwIfAborted();
    this.#questions += 1;
    const question = this.#questions;
    const answer = await new Promise<Serialized<unknown>>((resolve) => {
      this.#asked.set(question, resolve);
      this.#post({ kind: 'question', question, asked });
    });
    this.#asked.delete(question);
    return deserializedResult(answer);
  }

  async #close(): Promise<void> {
    await Promise.all(this.#underWay);
    this.#begun?.client.close();
    this.port.close();
  }

  #post(message: FromThread): void {
    this.port.postMessage(message);
  }
}

if (parentPort === null) throw new Error('this is to be run as a thread of its own');
new OriginalWorker(parentPort);
