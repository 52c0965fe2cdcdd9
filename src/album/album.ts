import type { DatasetClient, KeyValueStoreClient, StorageClient } from '@crawlee/types';
import type { Ending } from '../errors.js';
import type { PixelSize } from '../picture/pixel-size.js';
import { allRows, rowsAt } from './dataset-rows.js';
import { pageSnapshot, type ServedPage } from './page-snapshot.js';
import type { ListedPhoto, Outcome } from './photo.js';

/** Names of the stores inside a storage folder. */
export const stores = {
  /** Request queue of every run. */
  requests: 'default',
  /** Key-value store of the originals, one file a photo. */
  originals: 'photos',
  /** Dataset of outcomes, one row an attempt. */
  outcomes: 'photos',
  /** Dataset of the sizes of thumbnails, one row each. */
  thumbnails: 'thumbnails',
  /** Key-value store of small records: whose album this is, and its listing. */
  records: 'album',
  /** Key-value store of the listing pages as served, one file a page. */
  pages: 'pages',
} as const;

/** Whose album a storage folder holds. A folder belongs to one album for good. */
export interface AlbumIdentity {
  profile: string;
  url: string;
  username: string;
}

/** A run of the main job, as it is noted in the storage folder. */
export interface RunRecord {
  /** ISO 8601, UTC. */
  startedAt: string;
  /** The process that ran it. */
  processId: number;
  /** ISO 8601, UTC; missing while it runs, or if it was killed. */
  endedAt?: string;
  ending?: Ending;
  /** What kept the album from counting as complete, beside photos not saved, in sentences. */
  doubts?: readonly string[];
}

const identityKey = 'identity';
const runKey = 'last-run';
const pagePrefix = 'listing-page-';
const inOrder = (page: number) => String(page).padStart(6, '0');
const pageKey = (page: number) => `${pagePrefix}${inOrder(page)}`;
const keptPrefix = 'page-';
const keptKey = (page: number) => `${keptPrefix}${inOrder(page)}.html.gz`;

/** A photo's thumbnail as it was measured. */
interface ThumbnailRow extends PixelSize {
  /** The photo's. */
  key: string;
}

interface NamedStores {
  list(): Promise<{ items: { id: string; name?: string }[] }>;
}

async function idOf(collection: NamedStores, name: string): Promise<string | undefined> {
  return (await collection.list()).items.find((store) => store.name === name)?.id;
}

async function forgetBehind(
  store: KeyValueStoreClient,
  prefix: string,
  last: string,
): Promise<void> {
  const { items } = await store.listKeys({ prefix, exclusiveStartKey: last });
  for (const { key } of items) await store.deleteRecord(key);
  if (items.length > 0) await forgetBehind(store, prefix, last);
}

/**
 * One album in one storage folder: what the site listed and what became of each photo. Everything
 * else (counts, what is pending) is derived from these two.
 */
export class Album {
  private constructor(
    private readonly records: KeyValueStoreClient,
    private readonly outcomeRows: DatasetClient<Outcome>,
    /** Missing in a folder of before, opened for reading. */
    private readonly pages: KeyValueStoreClient | undefined,
    /** Missing likewise. */
    private readonly thumbnails: DatasetClient<ThumbnailRow> | undefined,
  ) {}

  /** Opens the album of a storage that is opened for writing; a new one is empty. */
  static async open(client: StorageClient): Promise<Album> {
    await client.keyValueStores().getOrCreate(stores.records);
    await client.keyValueStores().getOrCreate(stores.pages);
    await client.datasets().getOrCreate(stores.outcomes);
    await client.datasets().getOrCreate(stores.thumbnails);
    const album = await Album.find(client);
    if (album === undefined) throw new Error('the stores of the album were made and are not there');
    return album;
  }

  /**
   * Finds the album of a storage, which may be opened for reading only.
   *
   * @returns undefined where no run has come as far as making one
   */
  static async find(client: StorageClient): Promise<Album | undefined> {
    const records = await idOf(client.keyValueStores(), stores.records);
    const rows = await idOf(client.datasets(), stores.outcomes);
    if (records === undefined || rows === undefined) return undefined;
    const pages = await idOf(client.keyValueStores(), stores.pages);
    const thumbnails = await idOf(client.datasets(), stores.thumbnails);
    const dataset = <Row extends object>(id: string) =>
      client.dataset(id) as unknown as DatasetClient<Row>;
    return new Album(
      client.keyValueStore(records),
      dataset(rows),
      pages === undefined ? undefined : client.keyValueStore(pages),
      thumbnails === undefined ? undefined : dataset(thumbnails),
    );
  }

  /** Whose album this is, or undefined in a folder that no crawl has used yet. */
  async identity(): Promise<AlbumIdentity | undefined> {
    return (await this.records.getRecord(identityKey))?.value as AlbumIdentity | undefined;
  }

  /** Makes the folder that album's own, for good. */
  async setIdentity(identity: AlbumIdentity): Promise<void> {
    await this.#write(identityKey, identity);
  }

  /** The last run, or undefined before the first. */
  async lastRun(): Promise<RunRecord | undefined> {
    return (await this.records.getRecord(runKey))?.value as RunRecord | undefined;
  }

  /** Notes how the last run stands. */
  async setLastRun(run: RunRecord): Promise<void> {
    await this.#write(runKey, run);
  }

  /** Sizes of the thumbnails that were looked at, by the photo's key. */
  async thumbnailSizes(): Promise<Map<string, PixelSize>> {
    const sizes = new Map<string, PixelSize>();
    if (this.thumbnails === undefined) return sizes;
    for await (const { key, ...size } of allRows(this.thumbnails)) sizes.set(key, size);
    return sizes;
  }

  /** Notes the size of a photo's thumbnail. */
  async addThumbnailSize(key: string, { width, height }: PixelSize): Promise<void> {
    await this.thumbnails?.pushItems([{ key, width, height }]);
  }

  /** Replaces what is known of one listing page. */
  async writeListingPage(page: number, photos: readonly ListedPhoto[]): Promise<void> {
    await this.#write(pageKey(page), photos);
  }

  /**
   * Keeps a listing page as the site served it, in place of the one of an earlier walk, so that what
   * nobody reads from it today can be read when the site is gone.
   */
  async keepPage(page: number, served: ServedPage): Promise<void> {
    const key = keptKey(page);
    const value = await pageSnapshot(served);
    // Reading it takes less time than putting the same on the disk again. One that cannot be read is
    // written anew.
    const kept = await this.pages?.getRecord(key, { buffer: true }).catch(() => undefined);
    if ((kept?.value as Buffer | undefined)?.equals(value) === true) return;
    await this.pages?.setRecord({ key, value, contentType: 'application/gzip' });
  }

  /** Forgets the listing pages behind the last one of a walk. */
  async endListing(lastPage: number): Promise<void> {
    await forgetBehind(this.records, pagePrefix, pageKey(lastPage));
    if (this.pages !== undefined) await forgetBehind(this.pages, keptPrefix, keptKey(lastPage));
  }

  /** The photos of the last walk in album order, each once. */
  async *listing(): AsyncGenerator<ListedPhoto> {
    const seen = new Set<string>();
    for await (const photos of this.listingPages()) {
      for (const photo of photos) {
        if (seen.has(photo.key)) continue;
        seen.add(photo.key);
        yield photo;
      }
    }
  }

  /** The pages of the last walk in album order, each as it was read: a photo may be on several. */
  async *listingPages(): AsyncGenerator<ListedPhoto[]> {
    for await (const key of this.#pageKeys()) {
      yield ((await this.records.getRecord(key))?.value ?? []) as ListedPhoto[];
    }
  }

  /** Every outcome, the oldest first. */
  outcomes(): AsyncGenerator<Outcome> {
    return allRows(this.outcomeRows);
  }

  /**
   * Some outcomes by their numbers, counted from 0 in the order of {@link outcomes}.
   *
   * @throws Error for a number that no outcome has
   */
  outcomesAt(rows: readonly number[]): Promise<Map<number, Outcome>> {
    return rowsAt(this.outcomeRows, rows);
  }

  /** Adds an outcome, which counts from now on. */
  async addOutcome(outcome: Outcome): Promise<void> {
    await this.outcomeRows.pushItems([outcome]);
  }

  async *#pageKeys(): AsyncGenerator<string> {
    let after: string | undefined;
    do {
      const list = await this.records.listKeys({
        prefix: pagePrefix,
        ...(after !== undefined && { exclusiveStartKey: after }),
      });
      for (const { key } of list.items) yield key;
      after = list.isTruncated ? list.nextExclusiveStartKey : undefined;
    } while (after !== undefined);
  }

  async #write(key: string, value: unknown): Promise<void> {
    await this.records.setRecord({
      key,
      value: JSON.stringify(value),
      contentType: 'application/json; charset=utf-8',
    });
  }
}
