import { createHash } from 'node:crypto';
import type { Database } from '../storage/database.js';
import type { FileStore } from '../storage/file-store.js';
import { type PageSource, pageSnapshot } from './page-snapshot.js';
import type { ListedPhoto } from './photo.js';

/** What came of reading a listing page, for the next time that it comes unchanged. */
export interface PageReading {
  /** Of the page, of where it stood, and of what it was read by. */
  digest: string;
  /** What a walk needs of it. */
  shown: Buffer;
  /** SHA-256 of the page as {@link ListingPages.keep} kept it, or undefined where it did not. */
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

const snapshotPrefix = 'page-';
const snapshotKey = (page: number) => `${snapshotPrefix}${String(page).padStart(6, '0')}.html.gz`;

/**
 * The listing pages of an album: which photos each lists, what came of reading it, and the page itself.
 * What writes has written when its promise resolves.
 */
export class ListingPages {
  /** @param pages the files of the pages themselves */
  constructor(
    private readonly database: Database,
    private readonly pages: FileStore,
  ) {}

  /** Replaces which photos a listing page lists, and forgets what came of reading it. */
  async write(page: number, photos: readonly ListedPhoto[]): Promise<void> {
    this.database.transaction(() => {
      this.database.run('DELETE FROM page_readings WHERE page = ?', page);
      this.database.run('DELETE FROM listed WHERE page = ?', page);
      this.database.run(
        `INSERT INTO listed (page, place, key, photo)
         SELECT ?, key + 1, value ->> 'key', value FROM json_each(?)`,
        page,
        JSON.stringify(photos),
      );
    });
  }

  /** Notes what came of reading a listing page, after {@link write}. */
  async setReading(page: number, reading: PageReading): Promise<void> {
    const { digest, shown, snapshot = null, lasts } = reading;
    await this.database.groupCommit(() =>
      this.database.run(
        'INSERT OR REPLACE INTO page_readings VALUES (?, ?, ?, ?, ?)',
        ...[page, digest, shown, snapshot, lasts ? 1 : 0],
      ),
    );
  }

  /** What came of reading a listing page the last time, or undefined. */
  reading(page: number): PageReading | undefined {
    const row = this.database.row<[string, Buffer, string | null, number]>(
      'SELECT digest, shown, snapshot, lasts FROM page_readings WHERE page = ?',
      page,
    );
    if (row === undefined) return undefined;
    const [digest, shown, snapshot, lasts] = row;
    return { digest, shown, snapshot: snapshot ?? undefined, lasts: lasts === 1 };
  }

  /** Counts the photos of one listing page. */
  counts(page: number, run: string): PageCounts {
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
  async keep(page: number, served: PageSource): Promise<string> {
    const key = snapshotKey(page);
    const snapshot = await pageSnapshot(served);
    // Reading a page takes less time than putting it on the disk. One that cannot be read is written
    // anew.
    const kept = await this.pages.get(key).catch(() => undefined);
    if (kept?.equals(snapshot) !== true) await this.pages.put(key, snapshot);
    return sha256(snapshot);
  }

  /**
   * Whether a listing page is kept as {@link keep} left it. One that cannot be read is not.
   *
   * @param snapshot what it returned
   */
  async isKept(page: number, snapshot: string): Promise<boolean> {
    const kept = await this.pages.get(snapshotKey(page)).catch(() => undefined);
    return kept !== undefined && sha256(kept) === snapshot;
  }

  /** Forgets the listing pages after the last one of a walk. */
  async endAt(lastPage: number): Promise<void> {
    await this.database.groupCommit(() => {
      this.database.run('DELETE FROM listed WHERE page > ?', lastPage);
      this.database.run('DELETE FROM page_readings WHERE page > ?', lastPage);
    });
    for (const key of await this.pages.list()) {
      const isAfter = key.startsWith(snapshotPrefix) && key > snapshotKey(lastPage);
      if (isAfter) await this.pages.remove(key);
    }
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
