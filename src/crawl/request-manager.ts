import { AsyncResource } from 'node:async_hooks';
import {
  type AddRequestsBatchedOptions,
  type AddRequestsBatchedResult,
  type IRequestManager,
  Request,
  type RequestOptions,
  type RequestQueueOperationInfo,
  type RequestQueueOperationOptions,
  type RequestsLike,
  type Source,
} from '@crawlee/cheerio';
import type { FormerState, QueuedRequest, QueuePlace, RequestQueue } from '../storage/stores.js';

/** Requests read from the queue together and handed out one by one. */
const fetchedAtOnce = 32;

/**
 * Crawlee's request manager directly over the durable queue. Crawlee's own `RequestQueue` keeps in
 * memory every request that it has seen, and calls the storage three times for each that it hands
 * out. Here a request is in memory only while it is in progress or about to be.
 */
export class RequestManager implements IRequestManager {
  /** Requests that were fetched and not handed out yet, the next one last. */
  #fetched: QueuedRequest[] = [];
  /** Requests put in front of those fetched. */
  #ahead = 0;
  #inProgress = 0;
  #total: number;
  #handled: number;
  /** Requests whose handlers have marked them handled themselves. */
  readonly #markedEarly = new Set<string>();
  #onAdded: () => void = () => undefined;

  private constructor(
    private readonly queue: RequestQueue,
    { total, handled }: { total: number; handled: number },
  ) {
    this.#total = total;
    this.#handled = handled;
  }

  /** Opens a manager; it counts the queue once. */
  static async open(queue: RequestQueue): Promise<RequestManager> {
    return new RequestManager(queue, await queue.count());
  }

  /**
   * Registers what is called whenever requests were added.
   *
   * @param callback is called in the async context of now: what it begins in that of a handler would keep
   *   the handler's page in memory
   */
  onAdded(callback: () => void): void {
    this.#onAdded = AsyncResource.bind(callback);
  }

  /** @inheritdoc */
  async isFinished(): Promise<boolean> {
    return this.#inProgress === 0 && this.#fetched.length === 0 && (await this.queue.isFinished());
  }

  /** @inheritdoc */
  async isEmpty(): Promise<boolean> {
    if (this.#fetched.length === 0) await this.#fetchMore();
    return this.#fetched.length === 0;
  }

  /** @inheritdoc */
  async handledCount(): Promise<number> {
    return this.#handled;
  }

  /** @inheritdoc */
  getTotalCount(): number {
    return this.#total;
  }

  /** @inheritdoc */
  getPendingCount(): number {
    return this.#total - this.#handled;
  }

  /** @inheritdoc */
  async fetchNextRequest<T extends Record<string, unknown>>(): Promise<Request<T> | null> {
    const next = await this.#next();
    if (next === undefined) return null;
    this.#inProgress += 1;
    return new Request<T>(JSON.parse(next.content) as RequestOptions<T>);
  }

  /** @inheritdoc */
  async *[Symbol.asyncIterator](): AsyncGenerator<Request> {
    for (let next = await this.fetchNextRequest(); next !== null; ) {
      yield next;
      next = await this.fetchNextRequest();
    }
  }

  /** @inheritdoc */
  async markRequestHandled(request: Request): Promise<void> {
    request.handledAt ??= new Date().toISOString();
    if (!this.#markedEarly.delete(request.uniqueKey)) {
      await this.queue.markHandled(request.uniqueKey);
    }
    this.#inProgress -= 1;
    this.#handled += 1;
  }

  /**
   * Marks a request handled in the transaction that is open, which holds what its handler writes.
   * Crawlee's own marking, which comes when the handler has ended, then writes nothing.
   */
  markHandledWithin({ uniqueKey }: Pick<Request, 'uniqueKey'>): void {
    this.queue.markHandledWithin(uniqueKey);
    this.#markedEarly.add(uniqueKey);
  }

  /** @inheritdoc */
  async reclaimRequest(
    request: Request,
    { forefront = false }: RequestQueueOperationOptions = {},
  ): Promise<RequestQueueOperationInfo> {
    const { uniqueKey } = request;
    // Both come from the site and are not needed again; either may hold a secret.
    const content = JSON.stringify({ ...request, errorMessages: [], loadedUrl: undefined });
    await this.queue.reclaim({ uniqueKey, content }, placeOf(forefront));
    this.#markedEarly.delete(uniqueKey);
    if (forefront) this.#ahead += 1;
    this.#inProgress -= 1;
    return information(uniqueKey, 'pending', forefront);
  }

  /** @inheritdoc */
  async addRequest(
    source: Source,
    options: RequestQueueOperationOptions = {},
  ): Promise<RequestQueueOperationInfo> {
    const { forefront = false } = options;
    const [added] = await this.#add([source], forefront);
    if (added === undefined) throw new Error('a request was added, and nothing came of it');
    return added;
  }

  /**
   * Adds requests, all in one transaction.
   *
   * @throws Error if `maxNewRequests` is set, which only a crawler with a limit of requests does
   */
  async addRequestsBatched(
    requests: RequestsLike,
    options: AddRequestsBatchedOptions = {},
  ): Promise<AddRequestsBatchedResult> {
    if (options.maxNewRequests !== undefined) {
      throw new Error('this request manager knows no limit of new requests');
    }
    const sources: Source[] = [];
    for await (const source of requests) {
      sources.push(typeof source === 'string' ? { url: source } : source);
    }
    const addedRequests = await this.#add(sources, options.forefront ?? false);
    return { addedRequests, waitForAllRequestsToBeAdded: Promise.resolve([]) };
  }

  async #next(): Promise<QueuedRequest | undefined> {
    if (this.#ahead > 0 && this.#fetched.length > 0) {
      this.#ahead -= 1;
      const [ahead] = await this.queue.fetchNext(1);
      if (ahead !== undefined) return ahead;
    }
    if (this.#fetched.length === 0) await this.#fetchMore();
    return this.#fetched.pop();
  }

  async #fetchMore(): Promise<void> {
    this.#ahead = 0;
    const fetched = await this.queue.fetchNext(fetchedAtOnce);
    this.#fetched = [...fetched.reverse(), ...this.#fetched];
  }

  async #add(sources: readonly Source[], forefront: boolean): Promise<RequestQueueOperationInfo[]> {
    const requests = sources.map(newRequest);
    const former = await this.queue.add(requests, placeOf(forefront));
    const added = former.filter((state) => state === 'absent').length;
    this.#total += added;
    if (forefront) this.#ahead += added;
    this.#onAdded();
    return requests.map(({ uniqueKey }, index) =>
      information(uniqueKey, former[index] ?? 'absent', forefront),
    );
  }
}

function placeOf(forefront: boolean): QueuePlace {
  return forefront ? 'front' : 'end';
}

function newRequest(source: Source): QueuedRequest {
  if (typeof source.url !== 'string') throw new TypeError('a request has to have a url');
  const uniqueKey =
    source.uniqueKey ?? Request.computeUniqueKey({ url: source.url, method: 'GET' });
  return { uniqueKey, content: JSON.stringify({ ...source, uniqueKey }) };
}

function information(
  uniqueKey: string,
  former: FormerState,
  forefront: boolean,
): RequestQueueOperationInfo {
  return {
    requestId: uniqueKey,
    uniqueKey,
    forefront,
    wasAlreadyPresent: former !== 'absent',
    wasAlreadyHandled: former === 'handled',
  };
}
