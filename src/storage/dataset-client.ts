import type * as crawlee from '@crawlee/types';
import { stringify } from 'csv-stringify/sync';
import type { StorageBackend, StoreDescription } from './backend.js';
import { checkedText } from './checked-text.js';
import { LazyResult } from './lazy-result.js';
import { storeInfo } from './store-info.js';
import { wholeNumber } from './whole-number.js';

/** What Crawlee gives as the limit where none was set. */
const noLimit = 999_999_999_999;

/** How many items are in memory at once while a dataset is iterated. */
const pageSize = 1000;

type Item = crawlee.Dictionary;

/** A dataset's information as Crawlee shows it. Throws if the dataset is gone. */
export async function datasetInfo(
  backend: StorageBackend,
  description: StoreDescription,
): Promise<crawlee.DatasetInfo> {
  return { ...storeInfo(description), itemCount: await backend.items.count(description.id) };
}

/** Crawlee's dataset client. Every method but `get` and `delete` throws if there is no dataset. */
export class DatasetClient implements crawlee.DatasetClient {
  constructor(
    private readonly backend: StorageBackend,
    private readonly store: string,
  ) {}

  /** `undefined` if there is no such dataset. */
  async get(): Promise<crawlee.DatasetInfo | undefined> {
    const description = await this.backend.stores.find('dataset', this.store);
    return description && datasetInfo(this.backend, description);
  }

  /** Renames the dataset. Throws if the name is taken. */
  async update(newFields: crawlee.DatasetClientUpdateOptions = {}): Promise<crawlee.DatasetInfo> {
    if (newFields.name !== undefined)
      await this.backend.stores.rename(
        'dataset',
        this.store,
        checkedText('The name', newFields.name),
      );
    await this.backend.items.count(this.store);
    const info = await new DatasetClient(this.backend, newFields.name ?? this.store).get();
    return info as crawlee.DatasetInfo;
  }

  delete(): Promise<void> {
    return this.backend.stores.remove('dataset', this.store);
  }

  /**
   * All items as one file, as UTF-8. The first argument is the format: `json` (the default),
   * `jsonl` or `csv`; the second takes `offset`, `limit` and `desc`. Throws for other formats.
   */
  async downloadItems(...args: unknown[]): Promise<Buffer> {
    const [format = 'json', options = {}] = args as [string?, crawlee.DatasetClientListOptions?];
    const write = formats[format];
    if (!write)
      throw new Error(`Cannot download as ${format}, only as ${Object.keys(formats).join(', ')}.`);
    const { items } = await this.listItems(options);
    return Buffer.from(write(items));
  }

  /**
   * Awaited: one page with all items, or `limit` of them, from `offset` on; with `desc` counted and
   * given from the end. Iterated: the same items one by one, with 1000 in memory at the most.
   */
  listItems(
    options: crawlee.DatasetClientListOptions = {},
  ): LazyResult<crawlee.PaginatedList<Item>, Item> {
    return this.#list(options, (item) => item);
  }

  /** As {@link listItems}, each item with its number, which counts up from `offset`. */
  listEntries(
    options: crawlee.DatasetClientListOptions = {},
  ): LazyResult<crawlee.PaginatedList<[number, Item]>, [number, Item]> {
    return this.#list(options, (item, index) => [index, item]);
  }

  /**
   * Appends one item or several, objects or JSON texts of objects (or one JSON text of an array of
   * objects): all of them or none. Throws a `TypeError` for anything that is not an object.
   */
  async pushItems(items: Item | Item[] | string | string[]): Promise<void> {
    const parsed = parse(items);
    const list = Array.isArray(parsed) ? parsed : [parsed];
    await this.backend.items.append(this.store, list.map(serialise));
  }

  #list<Shown>(
    { offset, limit, desc = false }: crawlee.DatasetClientListOptions,
    show: (item: Item, index: number) => Shown,
  ): LazyResult<crawlee.PaginatedList<Shown>, Shown> {
    const first = wholeNumber('offset', offset, 0);
    const most = wholeNumber('limit', limit, noLimit);
    const read = async (from: number, count: number) => {
      const contents = await this.backend.items.list(this.store, from, count, desc);
      return contents.map((content, index) => show(JSON.parse(content), from + index));
    };
    const readPage = async () => {
      const items = await read(first, most);
      const total = await this.backend.items.count(this.store);
      return { total, count: items.length, offset: first, limit: most, desc, items };
    };
    async function* readItems() {
      let from = first;
      while (from < first + most) {
        const wanted = Math.min(pageSize, first + most - from);
        const items = await read(from, wanted);
        yield* items;
        if (items.length < wanted) return;
        from += wanted;
      }
    }
    return new LazyResult(readPage, readItems);
  }
}

const formats: Record<string, (items: Item[]) => string> = {
  json: (items) => JSON.stringify(items),
  jsonl: (items) => items.map((item) => `${JSON.stringify(item)}\n`).join(''),
  csv: (items) => {
    const columns = [...new Set(items.flatMap((item) => Object.keys(item)))];
    return stringify(items, { header: true, columns });
  },
};

function parse(item: unknown): unknown {
  return typeof item === 'string' ? JSON.parse(item) : item;
}

function serialise(item: unknown): string {
  const value = parse(item);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`A dataset's item has to be an object, not ${JSON.stringify(value)}`);
  return JSON.stringify(value);
}
