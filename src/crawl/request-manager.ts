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
import type { FormerState, QueuePlace } from '../storage/backend.js';
import type { OpenQueue } from '../storage/open-queue.js';
import { requestId } from '../storage/request-id.js';

/** Requests claimed in one transaction and handed out one by one. */
const claimedAtOnce = 32;
/** The folder has one run at a time, and opening it ends every claim: no claim has to run out. */
const claim = { owner: 'request manager', milliseconds: 365 * 24 * 3600 * 1000 };

/**
 * Crawlee's request manager directly over the durable queue. Crawlee's own `RequestQueue` keeps
 * every request that it has seen in memory, and asks the storage three times for each that it hands
 * out; here a request is in memory only while it is in progress or about to be.
 */
export class RequestManager implements IRequestManager {
  /** Claimed requests that were not handed out yet, the next one last. */
  #claimed: string[] = [];
  /** Requests put in front of those claimed. */
  #ahead = 0;
  #inProgress = 0;
  #total: number;
  #handled: number;

  private constructor(
    private readonly queue: OpenQueue,
    { total, pending }: { total: number; pending: number },
  ) {
    this.#total = total;
    this.#handled = total - pending;
  }

  /** Opens a manager; it counts the queue once. */
  static async open(queue: OpenQueue): Promise<RequestManager> {
    return new RequestManager(queue, await queue.count());
  }

  /** @inheritdoc */
  async isFinished(): Promise<boolean> {
    return this.#inProgress === 0 && this.#claimed.length === 0 && (await this.queue.isFinished());
  }

  /** @inheritdoc */
  async isEmpty(): Promise<boolean> {
    if (this.#claimed.length === 0) await this.#claimMore();
    return this.#claimed.length === 0;
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
    const content = await this.#next();
    if (content === undefined) return null;
    this.#inProgress += 1;
    return new Request<T>(JSON.parse(content) as RequestOptions<T>);
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
    await this.queue.markHandled(queued(request, true));
    this.#inProgress -= 1;
    this.#handled += 1;
  }

  /** @inheritdoc */
  async reclaimRequest(
    request: Request,
    { forefront = false }: RequestQueueOperationOptions = {},
  ): Promise<RequestQueueOperationInfo> {
    const content = queued(request, false);
    const former = await this.queue.reclaim(content, placeOf(forefront));
    await this.queue.release(content.id, claim.owner);
    if (forefront) this.#ahead += 1;
    this.#inProgress -= 1;
    return information(content.id, request.uniqueKey, former, forefront);
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

  /** Gives back what was claimed and not handed out. To be called when the crawler has ended. */
  async giveBack(): Promise<void> {
    for (const content of this.#claimed.splice(0)) {
      await this.queue.release((JSON.parse(content) as { id: string }).id, claim.owner);
    }
  }

  async #next(): Promise<string | undefined> {
    if (this.#ahead > 0 && this.#claimed.length > 0) {
      this.#ahead -= 1;
      const [content] = await this.queue.fetchNext(1, claim);
      if (content !== undefined) return content;
    }
    if (this.#claimed.length === 0) await this.#claimMore();
    return this.#claimed.pop();
  }

  async #claimMore(): Promise<void> {
    this.#ahead = 0;
    const claimed = await this.queue.fetchNext(claimedAtOnce, claim);
    this.#claimed = [...claimed.reverse(), ...this.#claimed];
  }

  async #add(sources: readonly Source[], forefront: boolean): Promise<RequestQueueOperationInfo[]> {
    const requests = sources.map(newRequest);
    const former = await this.queue.add(
      requests.map(({ id, content }) => ({ id, content, handled: false })),
      placeOf(forefront),
    );
    const added = former.filter((state) => state === 'absent').length;
    this.#total += added;
    if (forefront) this.#ahead += added;
    return requests.map(({ id, uniqueKey }, index) =>
      information(id, uniqueKey, former[index] ?? 'absent', forefront),
    );
  }
}

function placeOf(forefront: boolean): QueuePlace {
  return forefront ? 'front' : 'end';
}

function queued(request: Request, handled: boolean) {
  const id = request.id ?? requestId(request.uniqueKey);
  return { id, content: JSON.stringify({ ...request, id }), handled };
}

function newRequest(source: Source): { id: string; uniqueKey: string; content: string } {
  if (typeof source.url !== 'string') throw new TypeError('a request has to have a url');
  const uniqueKey =
    source.uniqueKey ?? Request.computeUniqueKey({ url: source.url, method: 'GET' });
  const id = requestId(uniqueKey);
  return { id, uniqueKey, content: JSON.stringify({ ...source, uniqueKey, id }) };
}

function information(
  id: string,
  uniqueKey: string,
  former: FormerState,
  forefront: boolean,
): RequestQueueOperationInfo {
  return {
    requestId: id,
    uniqueKey,
    forefront,
    wasAlreadyPresent: former !== 'absent',
    wasAlreadyHandled: former === 'handled',
  };
}
