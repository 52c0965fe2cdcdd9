import type { Readable } from 'node:stream';
import type { WrittenFile } from '../files/temporary-file.js';

/**
 * What the storage client needs from whatever keeps the data: everything that is SQL, locking or
 * file stands behind this contract, and the client classes in front of it know of neither. One
 * behaviour suite runs over every backend.
 *
 * `store` is always the id or the name of a store of the kind at hand. Where a method does not say
 * otherwise, it throws an `Error` ("… does not exist.") if there is no such store; a
 * `DiskError` if the disk is full or cannot be written; a `StorageDamagedError` if what is read is
 * not what was written.
 */
export interface StorageBackend {
  readonly stores: StoreCatalogue;
  readonly queue: QueueBackend;
  readonly items: ItemBackend;
  readonly records: RecordBackend;
  /** Puts on the disk what may still be in memory only. */
  flush(): Promise<void>;
  /** Flushes and lets go of everything. A second call does nothing; every other call then throws. */
  close(): void;
}

/** The three kinds of store that Crawlee knows. */
export type StoreKind = 'dataset' | 'keyValueStore' | 'requestQueue';

/** What is known of a store besides its content. Times are those of the storage's clock. */
export interface StoreDescription {
  id: string;
  name: string | undefined;
  createdAt: Date;
  modifiedAt: Date;
  accessedAt: Date;
}

export interface StoreCatalogue {
  /** Every store of the kind, oldest first; empty if there is none. */
  list(kind: StoreKind): Promise<StoreDescription[]>;
  /** `undefined` if there is no such store: not an error. */
  find(kind: StoreKind, store: string): Promise<StoreDescription | undefined>;
  /** The store of that id or name, made if there is none. Without a name: a new nameless one. */
  findOrCreate(kind: StoreKind, name: string | undefined): Promise<StoreDescription>;
  /** Throws if the name is taken, in whatever case of letters, by any store of the kind. */
  rename(kind: StoreKind, store: string, name: string): Promise<StoreDescription>;
  /** Removes the store with all that is in it. Removing what is not there does nothing. */
  remove(kind: StoreKind, store: string): Promise<void>;
}

/** Where in the queue a request is put: behind everything, or before everything. */
export type QueuePlace = 'end' | 'front';

/** A request as the backend sees it: an id, and a JSON text it never looks into. */
export interface QueuedRequest {
  id: string;
  /** The whole request as JSON. */
  content: string;
  /** True if it is to be kept as done, and never handed out. */
  handled: boolean;
}

/** What a request was before the call. */
export type FormerState = 'absent' | 'pending' | 'handled';

/** Why a claim could not be prolonged or released. */
export type ClaimRefusal = 'absent' | 'handled' | 'unclaimed' | 'of another owner';

/**
 * A queue hands out pending requests in the order of their places. A claim keeps a request from
 * being handed out again until it is handled, reclaimed or released, or until the claim's time is
 * over. Opening a storage for writing ends every claim: whoever held them is gone. No cost here
 * grows with the number of handled requests, {@link QueueBackend.count} excepted.
 */
export interface QueueBackend {
  /** Counts, which may take time in proportion to what they count. */
  count(store: string): Promise<{ total: number; pending: number }>;
  /**
   * Adds requests in one transaction, each with its place in turn (so the last one put in front
   * stands foremost). One that is there already, handled or not, stays as it is. An empty list is
   * no error.
   */
  add(store: string, requests: QueuedRequest[], place: QueuePlace): Promise<FormerState[]>;
  /** The request's content; `undefined` if the id is unknown. */
  find(store: string, id: string): Promise<string | undefined>;
  /** The contents of the first pending requests, claimed ones too; empty if there is none. */
  head(store: string, limit: number): Promise<string[]>;
  /**
   * Claims the first `limit` pending requests that nobody has a claim on, in one transaction, and
   * gives their contents; empty if there is none.
   */
  fetchNext(store: string, limit: number, claim: Claim): Promise<string[]>;
  /** True if no request is pending; a claimed one is. Also true of an empty queue. */
  isFinished(store: string): Promise<boolean>;
  /**
   * Keeps the request as done, with new content, and ends its claim. One already handled gets the
   * new content only. An unknown one is added as handled.
   */
  markHandled(store: string, request: QueuedRequest): Promise<FormerState>;
  /**
   * Puts a request, pending or handled, back to the place, with new content. A claim on it stays,
   * so that nobody is handed it before its owner releases it. An unknown one is added.
   */
  reclaim(store: string, request: QueuedRequest, place: QueuePlace): Promise<FormerState>;
  /**
   * Sets the end of a claim anew, also of one whose time was over or that never was, as long as no
   * other owner has it. `place`: where the request is to stand; `undefined` leaves it.
   */
  prolong(
    store: string,
    id: string,
    claim: Claim,
    place: QueuePlace | undefined,
  ): Promise<ClaimRefusal | Date>;
  /** Ends a claim. `place`: where the request is to stand; `undefined` leaves it. */
  release(
    store: string,
    id: string,
    owner: string,
    place: QueuePlace | undefined,
  ): Promise<ClaimRefusal | 'released'>;
  /** Forgets the request. Forgetting what is not there does nothing. */
  remove(store: string, id: string): Promise<void>;
  /** Forgets every request of the queue, and keeps the queue. */
  clear(store: string): Promise<void>;
}

export interface Claim {
  /** Who claims: requests claimed by one owner cannot be prolonged or released by another. */
  owner: string;
  /** For how long, in milliseconds from now. */
  milliseconds: number;
}

/** A list of JSON texts that only grows. */
export interface ItemBackend {
  count(store: string): Promise<number>;
  /** Appends in one transaction: all of them or none. An empty list is no error. */
  append(store: string, contents: string[]): Promise<void>;
  /**
   * At most `limit` items from the one at `offset` (0 is the first) on, in the order they came;
   * with `newestFirst` counted and given from the end. Empty beyond either end.
   */
  list(store: string, offset: number, limit: number, newestFirst: boolean): Promise<string[]>;
  /** Forgets every item, and keeps the dataset. */
  clear(store: string): Promise<void>;
}

/**
 * A value to keep: bytes in the database, bytes that deserve a file of their own, or a file that was
 * written in the folder for those that are not whole yet, and is taken over.
 */
export type RecordContent =
  | { kind: 'inline'; bytes: Buffer }
  | { kind: 'file'; source: Buffer | AsyncIterable<Uint8Array | string> }
  | { kind: 'written'; file: WrittenFile };

export interface StoredRecord {
  contentType: string;
  /** Reads the whole value. */
  read(): Promise<Buffer>;
  /** Reads the value piece by piece; what goes wrong is an `error` event of the stream. */
  stream(): Readable;
}

export interface RecordBackend {
  /** Where a file is to be written that is taken over afterwards; emptied when the storage is opened. */
  readonly temporaryFolder: string;
  /** `undefined` if there is no such key. */
  find(store: string, key: string): Promise<StoredRecord | undefined>;
  exists(store: string, key: string): Promise<boolean>;
  /**
   * Keeps the value under the key, in place of what was there, which stays whole until then. If
   * `source` fails, nothing changes and the promise rejects with that very error.
   */
  put(store: string, key: string, contentType: string, content: RecordContent): Promise<void>;
  /** Removing what is not there does nothing. */
  remove(store: string, key: string): Promise<void>;
  /**
   * At most `limit` keys with their sizes in bytes, in the order of their code points: those that
   * begin with `prefix` and come after `after`, whether or not `after` itself is there.
   */
  list(store: string, range: KeyRange, limit: number): Promise<{ key: string; size: number }[]>;
  /** Removes every record but those of the keys given, and keeps the store. */
  clear(store: string, except: readonly string[]): Promise<void>;
}

export interface KeyRange {
  prefix?: string | undefined;
  after?: string | undefined;
}
