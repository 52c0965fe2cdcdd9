import type { KeyValueStoreClient, KeyValueStoreInfo, StorageClient } from '@crawlee/types';

/**
 * What Crawlee 3.18 asks of a storage in a run whose request manager, statistics and sessions are not
 * kept by it: it opens one key-value store, in which it then keeps nothing, and sends status
 * messages. Every other call throws an `Error` that names it.
 */
export class CrawleeStorageClient implements StorageClient {
  readonly datasets = refused('datasets');
  readonly dataset = refused('dataset');
  readonly keyValueStores = refused('keyValueStores');
  readonly requestQueues = refused('requestQueues');
  readonly requestQueue = refused('requestQueue');

  /** A store that says that it is there. */
  keyValueStore(id: string): KeyValueStoreClient {
    const now = new Date();
    const info: KeyValueStoreInfo = { id, createdAt: now, modifiedAt: now, accessedAt: now };
    return new Proxy({} as KeyValueStoreClient, {
      get: (_, verb) =>
        verb === 'get' ? async () => info : refused(`keyValueStore().${String(verb)}`),
    });
  }

  /** Does nothing: the program has its own progress display. */
  async setStatusMessage(): Promise<void> {
    return;
  }
}

function refused(verb: string): () => never {
  return () => {
    throw new Error(
      `Crawlee called ${verb} of its storage, which this program does not implement.`,
    );
  };
}
