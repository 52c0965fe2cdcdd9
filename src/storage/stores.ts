/**
 * The three kinds of store that Crawlee knows, with the verbs of Crawlee 4. Where a method does not
 * say otherwise it rejects with a `DiskError` if the disk is full or cannot be written, and with a
 * `StorageDamagedError` if the storage is damaged. What a method has written is committed when its
 * promise resolves.
 */

/** A request as the queue sees it. */
export interface QueuedRequest {
  /** Names the request: the queue takes no second one of the same key, not even once it is handled. */
  uniqueKey: string;
  /** The whole request as JSON. */
  content: string;
}

/** Where in the queue requests are put: behind all others, or before all others. */
export type QueuePlace = 'end' | 'front';

/** What a request was before it was added. */
export type FormerState = 'absent' | 'pending' | 'handled';

/** Hands out each request once, in the order of the queue; one that is not handled comes again. */
export interface RequestQueue {
  /** Counts all requests, and those of them that are handled. */
  count(): Promise<{ total: number; handled: number }>;
  /**
   * Adds requests, all or none, each before or behind the one added before it. One that is there
   * already stays as it is.
   */
  add(requests: readonly QueuedRequest[], place: QueuePlace): Promise<FormerState[]>;
  /** Takes the first `limit` pending requests that are not in progress; they are from now on. */
  fetchNext(limit: number): Promise<QueuedRequest[]>;
  /** Notes that a request is done: it never comes again. */
  markHandled(uniqueKey: string): Promise<void>;
  /** The same in the transaction that is open: it is written when that is committed. */
  markHandledWithin(uniqueKey: string): void;
  /** Puts a request that was in progress back into the queue, with new content. */
  reclaim(request: QueuedRequest, place: QueuePlace): Promise<void>;
  /** Forgets the requests that are pending, as if they had never been added. */
  dropPending(): Promise<void>;
  /** Whether no request is pending or in progress; true of an empty queue. */
  isFinished(): Promise<boolean>;
}

/** Items by the order in which they came first. */
export interface Dataset<Given, Item> {
  push(item: Given): Promise<void>;
  list(): AsyncIterable<Item>;
}

/** Values by their keys, which have to be safe as file names on every system. */
export interface KeyValueStore<Given, Value> {
  /**
   * Keeps the value in place of the former one, which stays whole until then.
   *
   * @returns where it is: a path relative to the storage folder, with forward slashes
   */
  put(key: string, value: Given): Promise<string>;
  /** `undefined` where there is no such key. */
  get(key: string): Promise<Value | undefined>;
  /** Removing what is not there does nothing. */
  remove(key: string): Promise<void>;
  /** Every key, in ascending order. */
  list(): Promise<string[]>;
}
