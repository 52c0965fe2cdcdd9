import { createHash } from 'node:crypto';
import type { Ending } from '../errors.js';
import type { PixelSize } from '../picture/picture-facts.js';
import type { Database } from '../storage/database.js';
import type { FileStore } from '../storage/file-store.js';
import type { StorageFolder } from '../storage/storage-folder.js';
import { type AlbumEntry, departedEntries, listedPages } from './entries.js';
import { type PageSource, pageSnapshot } from './page-snapshot.js';
import type { ListedPhoto, SavedOutcome } from './photo.js';
import { PhotoDataset } from './photo-dataset.js';
import { PhotoSources } from './photo-sources.js';

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

/** The thumbnails of an album that were measured. */
export interface MeasuredThumbnails {
  /** How many. */
  measured: number;
  /** The longest of all their sides, in pixels; missing where none was measured. */
  longestSide?: number;
}

/** What came of reading a listing page, for the next time that it comes unchanged. */
export interface PageReading {
  /** Of the page, of where it stood, and of what it was read by. */
  digest: string;
  /** What a walk needs of it. */
  shown: Buffer;
  /** SHA-256 of the page as {@link Album.keepPage} kept it, or undefined where it did not. */
  snapshot: string | undefined;
  /** Whether it counts in later runs too. */
  lasts: boolean;
}

/** How many photos a listing page lists. */
export interface PageCounts {
  listed: number;
  saved: number;
  /** Those saved before the run. */
  savedBefore: number;
}

/** The small records of an album, by key. */
interface AlbumRecords {
  identity: AlbumIdentity;
  'last-run': RunRecord;
}

const snapshotPrefix = 'page-';
const snapshotKey = (page: number) => `${snapshotPrefix}${String(page).padStart(6, '0')}.html.gz`;

/**
 * One album in one storage folder: what the site listed and what became of each photo. Everything
 * else (counts, what is pending) is derived from these two by SQL. What writes has written when its
 * promise resolves.
 */
export class Album {
  /** The dataset `photos`: what became of each photo. */
  readonly photos: PhotoDataset;
  /** Where the originals are that are not saved yet. */
  readonly sources: PhotoSources;
  /** For queries over the whole album. */
  readonly database: Database;
  readonly #pages: FileStore;

  /** @param storage may be open for reading only; without a run the album is empty and nobody's */
  constructor({ database, pages }: StorageFolder) {
    this.database = database;
    this.photos = new PhotoDataset(database);
    this.sources = new PhotoSources(database);
    this.#pages = pages;
  }

  /** Whose album this is, or undefined in a folder that no crawl has used yet. */
  identity(): AlbumIdentity | undefined {
    return this.#record('identity');
  }

  /** Makes the folder that album's own, for good. */
  setIdentity(identity: AlbumIdentity): Promise<void> {
    return this.#setRecord('identity', identity);
  }

  /** The last run, or undefined before the first. */
  lastRun(): RunRecord | undefined {
    return this.#record('last-run');
  }

  /** Notes the state of the last run. */
  setLastRun(run: RunRecord): Promise<void> {
    return this.#setRecord('last-run', run);
  }

  /**
   * Records that a photo is saved.
   *
   * @param run the run that it belongs to; `undefined` outside of a run
   * @param alongside writes more in the same transaction, once the photo's own rows are written: a commit
   *   costs more than what it holds
   */
  async recordSaved(outcome: SavedOutcome, run?: string, alongside?: () => void): Promise<void> {
    // Where one fails, those before it stay: a photo that is saved may come again, but not be left out.
    await this.database.groupCommit(() => {
      this.photos.write(outcome, run);
      this.sources.remove(outcome.key);
      alongside?.();
    });
  }

  /** How many thumbnails were measured, and the longest of their sides in pixels. */
  thumbnails(): MeasuredThumbnails {
    const [measured, longestSide] = this.database.row<[number, number | null]>(
      'SELECT count(*), max(max(width, height)) FROM thumbnails',
    ) ?? [0, null];
    return { measured, ...(longestSide !== null && { longestSide }) };
  }

  /** Notes the size of a photo's thumbnail. */
  async addThumbnailSize(key: string, { width, height }: PixelSize): Promise<void> {
    await this.database.groupCommit(() =>
      this.database.run('INSERT OR REPLACE INTO thumbnails VALUES (?, ?, ?)', key, width, height),
    );
  }

  /**
   * Replaces what is known of one listing page.
   *
   * @param reading forgotten where there is none
   */
  async writeListingPage(
    page: number,
    photos: readonly ListedPhoto[],
    reading?: PageReading,
  ): Promise<void> {
    this.database.transaction(() => {
      this.database.run('DELETE FROM listed WHERE page = ?', page);
      this.database.run(
        `INSERT INTO listed (page, place, key, photo)
         SELECT ?, key + 1, value ->> 'key', value FROM json_each(?)`,
        page,
        JSON.stringify(photos),
      );
      this.database.run('DELETE FROM page_readings WHERE page = ?', page);
      if (reading === undefined) return;
      const { digest, shown, snapshot = null, lasts } = reading;
      this.database.run(
        'INSERT INTO page_readings VALUES (?, ?, ?, ?, ?)',
        ...[page, digest, shown, snapshot, lasts ? 1 : 0],
      );
    });
  }

  /** What came of reading a listing page the last time, or undefined. */
  pageReading(page: number): PageReading | undefined {
    const row = this.database.row<[string, Buffer, string | null, number]>(
      'SELECT digest, shown, snapshot, lasts FROM page_readings WHERE page = ?',
      page,
    );
    if (row === undefined) return undefined;
    const [digest, shown, snapshot, lasts] = row;
    return { digest, shown, snapshot: snapshot ?? undefined, lasts: lasts === 1 };
  }

  /** Counts the photos of one listing page. */
  pageCounts(page: number, run: string): PageCounts {
    const isSaved = 'photos.key IS NOT NULL AND photos.failed IS NULL';
    const [listed, saved, savedBefore] = this.database.row<[number, number, number]>(
      `SELECT count(*), total(${isSaved}), total(${isSaved} AND photos.run IS NOT ?)
       FROM listed LEFT JOIN photos USING (key) WHERE page = ?`,
      run,
      page,
    ) ?? [0, 0, 0];
    return { listed, saved, savedBefore };
  }

  /**
   * Keeps a listing page as the site served it, in place of the one of an earlier walk, so that what
   * is not read from it today can be read when the site is gone.
   *
   * @returns SHA-256 of what is kept
   */
  async keepPage(page: number, served: PageSource): Promise<string> {
    const key = snapshotKey(page);
    const snapshot = await pageSnapshot(served);
    // Reading a page takes less time than putting it on the disk. One that cannot be read is written
    // anew.
    const kept = await this.#pages.get(key).catch(() => undefined);
    if (kept?.equals(snapshot) !== true) await this.#pages.put(key, snapshot);
    return sha256(snapshot);
  }

  /**
   * Whether a listing page is kept as {@link keepPage} left it. One that cannot be read is not.
   *
   * @param snapshot what it returned
   */
  async isPageKept(page: number, snapshot: string): Promise<boolean> {
    const kept = await this.#pages.get(snapshotKey(page)).catch(() => undefined);
    return kept !== undefined && sha256(kept) === snapshot;
  }

  /** Forgets the listing pages after the last one of a walk. */
  async endListing(lastPage: number): Promise<void> {
    await this.database.groupCommit(() => {
      this.database.run('DELETE FROM listed WHERE page > ?', lastPage);
      this.database.run('DELETE FROM page_readings WHERE page > ?', lastPage);
    });
    for (const key of await this.#pages.list()) {
      const isAfter = key.startsWith(snapshotPrefix) && key > snapshotKey(lastPage);
      if (isAfter) await this.#pages.remove(key);
    }
  }

  /** See {@link listedPages}. */
  pages(): Generator<AlbumEntry[]> {
    return listedPages(this.database);
  }

  /** See {@link departedEntries}. */
  departed(): Generator<AlbumEntry> {
    return departedEntries(this.database);
  }

  /**
   * Every photo of the album once: those that it lists, then those that it no longer lists. One that
   * was never saved and is no longer listed does not come.
   */
  *entries(): Generator<AlbumEntry> {
    for (const page of this.pages()) yield* page;
    yield* this.departed();
  }

  #record<Key extends keyof AlbumRecords>(key: Key): AlbumRecords[Key] | undefined {
    const row = this.database.row<[string]>('SELECT value FROM records WHERE key = ?', key);
    return row && JSON.parse(row[0]);
  }

  async #setRecord<Key extends keyof AlbumRecords>(
    key: Key,
    value: AlbumRecords[Key],
  ): Promise<void> {
    await this.database.groupCommit(() =>
      this.database.run(
        'INSERT OR REPLACE INTO records (key, value) VALUES (?, ?)',
        key,
        JSON.stringify(value),
      ),
    );
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
