import type { Ending } from '../errors.js';
import type { PixelSize } from '../picture/picture-facts.js';
import type { Database } from '../storage/database.js';
import type { StorageFolder } from '../storage/storage-folder.js';
import { type AlbumEntry, departedEntries, listedPages } from './entries.js';
import { ListingPages } from './listing-pages.js';
import type { SavedOutcome } from './photo.js';
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

/** The small records of an album, by key. */
interface AlbumRecords {
  identity: AlbumIdentity;
  'last-run': RunRecord;
}

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
  /** The listing pages of the last walk. */
  readonly listing: ListingPages;
  /** For queries over the whole album. */
  readonly database: Database;

  /** @param storage may be open for reading only; without a run the album is empty and nobody's */
  constructor({ database, pages }: StorageFolder) {
    this.database = database;
    this.photos = new PhotoDataset(database);
    this.sources = new PhotoSources(database);
    this.listing = new ListingPages(database, pages);
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
   * @param alongside writes more in the same transaction, once the photo's own row is written: a commit
   *   costs more than what it holds
   */
  async recordSaved(outcome: SavedOutcome, run?: string, alongside?: () => void): Promise<void> {
    // Where one fails, those before it stay: a photo that is saved may come again, but not be left out.
    await this.database.groupCommit(() => {
      this.photos.write(outcome, run);
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
