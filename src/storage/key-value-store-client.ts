import { Readable } from 'node:stream';
import type * as crawlee from '@crawlee/types';
import type { StorageBackend } from './backend.js';
import { checkedText } from './checked-text.js';
import { LazyResult } from './lazy-result.js';
import { recordContent, recordValue } from './record-value.js';
import { storeInfo } from './store-info.js';
import { wholeNumber } from './whole-number.js';

/** How many keys a page has where no limit was set: as many as Crawlee's have. */
const pageSize = 1000;

type KeyPage = crawlee.KeyValueStoreClientListData;
type ListOptions = crawlee.KeyValueStoreClientListOptions;

/** Crawlee's key-value store client. Every method but `get` and `delete` throws without a store. */
export class KeyValueStoreClient implements crawlee.KeyValueStoreClient {
  constructor(
    private readonly backend: StorageBackend,
    private readonly store: string,
  ) {}

  /** `undefined` if there is no such store. */
  async get(): Promise<crawlee.KeyValueStoreInfo | undefined> {
    const description = await this.backend.stores.find('keyValueStore', this.store);
    return description && storeInfo(description);
  }

  /** Renames the store; its files stay where they are. Throws if the name is taken. */
  async update(
    newFields: crawlee.KeyValueStoreClientUpdateOptions = {},
  ): Promise<crawlee.KeyValueStoreInfo> {
    if (newFields.name === undefined) {
      await this.backend.records.list(this.store, {}, 0);
      return (await this.get()) as crawlee.KeyValueStoreInfo;
    }
    const name = checkedText('The name', newFields.name);
    return storeInfo(await this.backend.stores.rename('keyValueStore', this.store, name));
  }

  delete(): Promise<void> {
    return this.backend.stores.remove('keyValueStore', this.store);
  }

  /**
   * Keys with the sizes of their values in bytes, in the order of their code points. Awaited: one
   * page of `limit` (1000 if not set). Iterated: all, or `limit`.
   */
  listKeys(options: ListOptions = {}): LazyResult<KeyPage, crawlee.KeyValueStoreItemData> {
    return new LazyResult(
      () => this.#page(options),
      () => this.#items(options),
    );
  }

  /** As {@link listKeys}; iterated it gives the keys alone. */
  keys(options: ListOptions = {}): LazyResult<KeyPage, string> {
    const items = () => this.#items(options);
    async function* keys() {
      for await (const { key } of items()) yield key;
    }
    return new LazyResult(() => this.#page(options), keys);
  }

  /** The values, in the order of their keys: all of them, or `limit`. */
  values(options: ListOptions = {}): LazyResult<unknown[], unknown> {
    const entries = () => this.#entries(options);
    async function* values() {
      for await (const [, value] of entries()) yield value;
    }
    return new LazyResult(() => collected(values()), values);
  }

  /** As {@link values}, each with its key. */
  entries(options: ListOptions = {}): LazyResult<[string, unknown][], [string, unknown]> {
    const entries = () => this.#entries(options);
    return new LazyResult(() => collected(entries()), entries);
  }

  recordExists(key: string): Promise<boolean> {
    return this.backend.records.exists(this.store, key);
  }

  /**
   * The record, or `undefined`. Its value is parsed JSON, a text or bytes, after its content type;
   * with `buffer` always bytes, with `stream` always a stream of bytes.
   */
  async getRecord(
    key: string,
    options: crawlee.KeyValueStoreClientGetRecordOptions = {},
  ): Promise<crawlee.KeyValueStoreRecord | undefined> {
    const record = await this.backend.records.find(this.store, key);
    if (!record) return undefined;
    const { contentType } = record;
    if (options.stream) return { key, contentType, value: record.stream() };
    const bytes = await record.read();
    return { key, contentType, value: options.buffer ? bytes : recordValue(bytes, contentType) };
  }

  /**
   * Keeps a value under a key. Streams, and bytes that are not text, become plain files, and a
   * `WrittenFile` becomes one as it is; if a stream fails, the former value stays and the promise rejects with the stream's own error. When
   * the promise resolves, a file is on the disk. Throws a `TypeError` for a value that cannot be
   * kept as its content type, and a `DiskError`.
   */
  async setRecord(record: crawlee.KeyValueStoreRecord): Promise<void> {
    const key = checkedText('The key', record.key);
    try {
      const { contentType, content } = recordContent(record.value, record.contentType);
      await this.backend.records.put(this.store, key, contentType, content);
    } catch (error) {
      // A stream that nobody reads to its end would hold its connection open.
      if (record.value instanceof Readable) record.value.destroy();
      throw error;
    }
  }

  deleteRecord(key: string): Promise<void> {
    return this.backend.records.remove(this.store, key);
  }

  async #page({ limit, exclusiveStartKey, prefix }: ListOptions): Promise<KeyPage> {
    const most = wholeNumber('limit', limit, pageSize, 1);
    const range = { prefix, after: exclusiveStartKey };
    const found = await this.backend.records.list(this.store, range, most + 1);
    const items = found.slice(0, most);
    const last = found.length > most ? items.at(-1)?.key : undefined;
    return {
      count: items.length,
      limit: most,
      ...(exclusiveStartKey !== undefined && { exclusiveStartKey }),
      isTruncated: last !== undefined,
      ...(last !== undefined && { nextExclusiveStartKey: last }),
      items,
    };
  }

  async *#items(options: ListOptions): AsyncGenerator<crawlee.KeyValueStoreItemData> {
    let left = wholeNumber('limit', options.limit, Number.MAX_SAFE_INTEGER, 1);
    let { exclusiveStartKey } = options;
    do {
      const page = await this.#page({
        ...options,
        limit: Math.min(left, pageSize),
        ...(exclusiveStartKey !== undefined && { exclusiveStartKey }),
      });
      yield* page.items;
      left -= page.count;
      exclusiveStartKey = page.nextExclusiveStartKey;
    } while (exclusiveStartKey !== undefined && left > 0);
  }

  async *#entries(options: ListOptions): AsyncGenerator<[string, unknown]> {
    for await (const { key } of this.#items(options)) {
      const record = await this.getRecord(key);
      // Undefined if it was deleted since the page was read.
      if (record) yield [key, record.value];
    }
  }
}

async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
