import type * as crawlee from '@crawlee/types';
import type { StorageBackend } from './backend.js';
import { CollectionClient } from './collection-client.js';
import { DatasetClient, datasetInfo } from './dataset-client.js';
import { KeyValueStoreClient } from './key-value-store-client.js';
import { type OpenQueue, openQueue } from './open-queue.js';
import { RequestQueueClient, requestQueueInfo } from './request-queue-client.js';
import { SqliteBackend } from './sqlite-backend.js';
import { storeInfo } from './store-info.js';

/** The name under which Crawlee opens its default store of each kind, which is what a purge empties. */
const defaultStore = 'default';

/** The record of the default key-value store that a purge leaves: the crawler's input. */
const inputKey = 'INPUT';

export interface OpenOptions {
  /** The time in milliseconds since 1970, for locks and the stores' times. The system's, unless set. */
  clock?: () => number;
}

/**
 * A storage for Crawlee that survives whatever ends the process: hand it to
 * `Configuration.useStorageClient`. Requests, items and small records are in a SQLite database,
 * what is binary or a stream in plain files beside it.
 */
export class DurableStorageClient implements crawlee.StorageClient {
  private constructor(private readonly backend: StorageBackend) {}

  /**
   * Opens the storage in the folder, made if there is none, for writing: all that was in progress
   * is taken back at once, and what was left half-written is removed. The caller must hold the
   * folder (see `lockFolder`). Throws a `DiskError` if it cannot be written, and a
   * `StorageDamagedError`, having changed nothing, if it is damaged or of a newer version.
   */
  static open(folder: string, options: OpenOptions = {}): DurableStorageClient {
    return new DurableStorageClient(
      SqliteBackend.open(folder, options.clock ?? (() => Date.now())),
    );
  }

  /** Whether there is a storage in the folder; it need not be whole. */
  static exists(folder: string): boolean {
    return SqliteBackend.exists(folder);
  }

  /**
   * Opens the storage in the folder for reading only, also while another process writes. Throws an
   * `EscapeError` (usage) if there is none, and a `StorageDamagedError`.
   */
  static openForReading(folder: string): DurableStorageClient {
    return new DurableStorageClient(SqliteBackend.openForReading(folder));
  }

  /**
   * Puts everything on the disk and lets go of the folder. A second call does nothing; every other
   * call then throws.
   */
  close(): void {
    this.backend.close();
  }

  /** Where a `WrittenFile` for a key-value store is to be written; emptied when the storage is opened. */
  get temporaryFolder(): string {
    return this.backend.records.temporaryFolder;
  }

  datasets(): crawlee.DatasetCollectionClient {
    return new CollectionClient(this.backend.stores, 'dataset', (description) =>
      datasetInfo(this.backend, description),
    );
  }

  /** The dataset of that id or name, which need not be there yet. */
  dataset(id: string): DatasetClient {
    return new DatasetClient(this.backend, id);
  }

  keyValueStores(): crawlee.KeyValueStoreCollectionClient {
    return new CollectionClient(this.backend.stores, 'keyValueStore', async (description) =>
      storeInfo(description),
    );
  }

  /** The key-value store of that id or name, which need not be there yet. */
  keyValueStore(id: string): KeyValueStoreClient {
    return new KeyValueStoreClient(this.backend, id);
  }

  requestQueues(): crawlee.RequestQueueCollectionClient {
    return new CollectionClient(this.backend.stores, 'requestQueue', (description) =>
      requestQueueInfo(this.backend, description),
    );
  }

  /** The queue of that id or name, which need not be there yet; `clientKey` owns the locks. */
  requestQueue(id: string, options: crawlee.RequestQueueOptions = {}): RequestQueueClient {
    return new RequestQueueClient(this.backend, id, options.clientKey ?? '');
  }

  /**
   * The verbs of the queue of that name, made if there is none: what {@link requestQueue} stands on,
   * for a request manager of one's own.
   */
  async openQueue(name: string): Promise<OpenQueue> {
    const { id } = await this.backend.stores.findOrCreate('requestQueue', name);
    return openQueue(this.backend.queue, id);
  }

  /** Empties the default stores of the three kinds, but for the record `INPUT`. */
  async purge(): Promise<void> {
    const { stores, items, queue, records } = this.backend;
    if (await stores.find('dataset', defaultStore)) await items.clear(defaultStore);
    if (await stores.find('requestQueue', defaultStore)) await queue.clear(defaultStore);
    if (await stores.find('keyValueStore', defaultStore))
      await records.clear(defaultStore, [inputKey]);
  }

  /** Puts everything on the disk. Crawlee calls it at the end of a run and may go on after it. */
  teardown(): Promise<void> {
    return this.backend.flush();
  }

  /** Does nothing: there is nobody to show a crawler's status to but its own log. */
  async setStatusMessage(): Promise<void> {
    return;
  }
}
