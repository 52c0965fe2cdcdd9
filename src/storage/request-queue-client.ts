import type * as crawlee from '@crawlee/types';
import type {
  ClaimRefusal,
  FormerState,
  QueuedRequest,
  QueuePlace,
  StorageBackend,
  StoreDescription,
} from './backend.js';
import { checkedText } from './checked-text.js';
import { requestId } from './request-id.js';
import { storeInfo } from './store-info.js';
import { wholeNumber } from './whole-number.js';

/** A queue's information as Crawlee shows it. Throws if the queue is gone. */
export async function requestQueueInfo(
  backend: StorageBackend,
  description: StoreDescription,
): Promise<crawlee.RequestQueueInfo> {
  const { total, pending } = await backend.queue.count(description.id);
  return {
    ...storeInfo(description),
    hadMultipleClients: false,
    totalRequestCount: total,
    handledRequestCount: total - pending,
    pendingRequestCount: pending,
  };
}

/**
 * Crawlee's request queue client. Every method but `get` and `delete` throws if there is no queue.
 * Locks of one `owner` cannot be prolonged or deleted by another.
 */
export class RequestQueueClient implements crawlee.RequestQueueClient {
  constructor(
    private readonly backend: StorageBackend,
    private readonly store: string,
    private readonly owner: string,
  ) {}

  /** `undefined` if there is no such queue. Counts, in time that grows with the queue's length. */
  async get(): Promise<crawlee.RequestQueueInfo | undefined> {
    const description = await this.backend.stores.find('requestQueue', this.store);
    return description && requestQueueInfo(this.backend, description);
  }

  /** Renames the queue. Throws if the name is taken. */
  async update(newFields: { name?: string }): Promise<crawlee.RequestQueueInfo> {
    if (newFields.name !== undefined)
      await this.backend.stores.rename(
        'requestQueue',
        this.store,
        checkedText('The name', newFields.name),
      );
    else await this.backend.queue.isFinished(this.store);
    const renamed = new RequestQueueClient(this.backend, newFields.name ?? this.store, this.owner);
    return (await renamed.get()) as crawlee.RequestQueueInfo;
  }

  delete(): Promise<void> {
    return this.backend.stores.remove('requestQueue', this.store);
  }

  /** The first pending requests, 100 if no limit is set, locked ones too. */
  async listHead(options: crawlee.ListOptions = {}): Promise<crawlee.QueueHead> {
    const limit = wholeNumber('limit', options.limit, 100);
    const contents = await this.backend.queue.head(this.store, limit);
    return this.#head(limit, contents);
  }

  /** Adds a request, unless one of its unique key is there. Throws a `TypeError` if it is none. */
  async addRequest(
    request: crawlee.RequestSchema,
    options: crawlee.RequestOptions = {},
  ): Promise<crawlee.QueueOperationInfo> {
    const queued = queuedRequest(request);
    const [former] = await this.backend.queue.add(this.store, [queued], placeOf(options));
    return operationInfo(queued.id, former ?? 'absent');
  }

  /**
   * Adds requests in one transaction, as {@link addRequest} does each. In front of the queue they
   * stand in reverse, as if added one by one.
   */
  async batchAddRequests(
    requests: crawlee.RequestSchema[],
    options: crawlee.RequestOptions = {},
  ): Promise<crawlee.BatchAddRequestsResult> {
    const queued = requests.map(queuedRequest);
    const former = await this.backend.queue.add(this.store, queued, placeOf(options));
    const processedRequests = requests.map(({ uniqueKey }, index) => ({
      uniqueKey,
      ...operationInfo(queued[index]?.id ?? '', former[index] ?? 'absent'),
    }));
    return { processedRequests, unprocessedRequests: [] };
  }

  /** `undefined` if the id is unknown. */
  async getRequest(id: string): Promise<crawlee.RequestOptions | undefined> {
    const content = await this.backend.queue.find(this.store, id);
    return content === undefined ? undefined : parsedRequest(content);
  }

  /**
   * Replaces a request: with `handledAt` it is handled from now on and its lock ends; without, it
   * is pending from now on, at the end of the queue or in front, and a lock on it stays until it is
   * deleted. An unknown one is added.
   */
  async updateRequest(
    request: crawlee.UpdateRequestSchema,
    options: crawlee.RequestOptions = {},
  ): Promise<crawlee.QueueOperationInfo> {
    const queued = queuedRequest(request);
    const former = queued.handled
      ? await this.backend.queue.markHandled(this.store, queued)
      : await this.backend.queue.reclaim(this.store, queued, placeOf(options));
    return operationInfo(queued.id, former);
  }

  /** Deleting what is not there does nothing. */
  async deleteRequest(id: string): Promise<void> {
    await this.backend.queue.remove(this.store, id);
  }

  /**
   * Locks the first requests that are not locked, 25 if no limit is set, for `lockSecs` seconds.
   * `queueHasLockedRequests` counts those just locked.
   */
  async listAndLockHead(
    options: crawlee.ListAndLockOptions,
  ): Promise<crawlee.ListAndLockHeadResult> {
    const limit = wholeNumber('limit', options.limit, 25, 1);
    const contents = await this.backend.queue.fetchNext(this.store, limit, this.#claim(options));
    const queueHasLockedRequests =
      contents.length > 0 || !(await this.backend.queue.isFinished(this.store));
    const head = await this.#head(limit, contents);
    return { ...head, lockSecs: options.lockSecs, queueHasLockedRequests };
  }

  /**
   * Locks the request for `lockSecs` seconds from now. Throws if it is unknown, handled or locked
   * by another client.
   */
  async prolongRequestLock(
    id: string,
    options: crawlee.ProlongRequestLockOptions,
  ): Promise<crawlee.ProlongRequestLockResult> {
    const claim = this.#claim(options);
    const place = options.forefront ? 'front' : undefined;
    const outcome = await this.backend.queue.prolong(this.store, id, claim, place);
    if (!(outcome instanceof Date)) throw this.#refused(id, outcome);
    return { lockExpiresAt: outcome };
  }

  /**
   * Unlocks the request, which keeps its place or goes to the front. Throws if it is unknown,
   * handled, not locked or locked by another client.
   */
  async deleteRequestLock(
    id: string,
    options: crawlee.DeleteRequestLockOptions = {},
  ): Promise<void> {
    const place = options.forefront ? 'front' : undefined;
    const outcome = await this.backend.queue.release(this.store, id, this.owner, place);
    if (outcome !== 'released') throw this.#refused(id, outcome);
  }

  #claim({ lockSecs }: { lockSecs: number }) {
    if (!Number.isFinite(lockSecs) || lockSecs < 0)
      throw new RangeError(`lockSecs has to be a number of seconds, not ${lockSecs}.`);
    return { owner: this.owner, milliseconds: Math.round(lockSecs * 1000) };
  }

  async #head(limit: number, contents: string[]): Promise<crawlee.QueueHead> {
    const description = await this.backend.stores.find('requestQueue', this.store);
    return {
      limit,
      hadMultipleClients: false,
      queueModifiedAt: description?.modifiedAt ?? new Date(0),
      items: contents.map(headItem),
    };
  }

  #refused(id: string, reason: ClaimRefusal): Error {
    return new Error(`Request with ID ${id} ${refusals[reason]} in queue ${this.store}`);
  }
}

const refusals: Record<ClaimRefusal, string> = {
  absent: 'not found',
  handled: 'has already been handled',
  unclaimed: 'is not locked',
  'of another owner': 'is locked by another client',
};

function placeOf({ forefront }: crawlee.RequestOptions): QueuePlace {
  return forefront ? 'front' : 'end';
}

function queuedRequest(request: crawlee.RequestSchema): QueuedRequest {
  const { uniqueKey, url } = request;
  if (typeof uniqueKey !== 'string' || uniqueKey === '')
    throw new TypeError(`A request has to have a uniqueKey: ${url}`);
  if (typeof url !== 'string' || !/^https?:\/\//i.test(url) || !URL.canParse(url))
    throw new TypeError(`A request has to have an http or https url, not ${url}`);
  const id = requestId(uniqueKey);
  if (request.id && request.id !== id)
    throw new Error(`Request ID ${request.id} does not match its uniqueKey: it has to be ${id}.`);
  return { id, content: JSON.stringify({ ...request, id }), handled: !!request.handledAt };
}

/** Crawlee's `Request` takes a field that is not there, but no null. */
function parsedRequest(content: string): crawlee.RequestOptions {
  const fields = Object.entries(JSON.parse(content));
  return Object.fromEntries(fields.filter(([, value]) => value !== null));
}

function headItem(content: string): crawlee.RequestQueueHeadItem {
  const { id, uniqueKey, url, method = 'GET', retryCount = 0 } = JSON.parse(content);
  return { id, uniqueKey, url, method, retryCount };
}

function operationInfo(requestId: string, former: FormerState): crawlee.QueueOperationInfo {
  return {
    requestId,
    wasAlreadyPresent: former !== 'absent',
    wasAlreadyHandled: former === 'handled',
  };
}
