import type { PixelSize } from '../picture/picture-facts.js';
import type { Database } from '../storage/database.js';
import type { Dataset } from '../storage/stores.js';
import type { Outcome, SavedOutcome } from './photo.js';

/** A photo that was saved at some time. */
export interface SavedFile {
  /** How it was saved the last time. */
  saved: SavedOutcome;
  /** Whether it counts as saved: no later outcome says that it is lost. */
  counts: boolean;
}

/** A file that several photos have in common. */
export interface SharedFile {
  /** How many photos. */
  photos: number;
  /** Those of them that were tried first and last. */
  first: SavedOutcome;
  last: SavedOutcome;
}

/** Rows in memory at once. */
const rowsAtOnce = 200;

/** What became of a photo and the size of its thumbnail, as the database has them. */
export type StateColumns = [
  saved: string | null,
  failed: string | null,
  width: number | null,
  height: number | null,
];

/** What became of a photo that was tried, and the size of its thumbnail, where it was measured. */
export interface PhotoState {
  outcome: Outcome;
  thumbnail?: PixelSize;
}

/**
 * The dataset `photos`: a row a photo, in the order in which they were first tried. The last outcome
 * of a photo counts.
 */
export class PhotoDataset implements Dataset<Outcome, PhotoState> {
  constructor(private readonly database: Database) {}

  /**
   * Adds an outcome, which counts from now on.
   *
   * @param run the run that it belongs to; `undefined` outside of a run
   */
  async push(outcome: Outcome, run?: string): Promise<void> {
    await this.database.groupCommit(() => this.write(outcome, run));
  }

  /** Adds an outcome in the transaction that is open. See {@link push}. */
  write(outcome: Outcome, run?: string): void {
    const json = JSON.stringify(outcome);
    const hasFailed = outcome.status === 'failed';
    this.database.run(
      `INSERT INTO photos (key, run, failures, saved, failed) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET run = excluded.run, failures = failures + excluded.failures,
         saved = coalesce(excluded.saved, saved), failed = excluded.failed`,
      outcome.key,
      run ?? null,
      hasFailed ? 1 : 0,
      hasFailed ? null : json,
      hasFailed ? json : null,
    );
  }

  /** Every photo that was tried. */
  async *list(): AsyncGenerator<PhotoState> {
    yield* this.#states('true');
  }

  /** Every photo that was ever saved. */
  *savedFiles(): Generator<SavedFile> {
    for (const [saved, failed] of this.#rows('saved IS NOT NULL')) {
      yield { saved: JSON.parse(String(saved)), counts: failed === null };
    }
  }

  /** The saved photos that the site itself has damaged, in the order in which they were first tried. */
  *damagedAtSource(): Generator<SavedOutcome> {
    const isDamaged = "failed IS NULL AND saved ->> 'damagedAtSource'";
    for (const [saved] of this.#rows(isDamaged)) yield JSON.parse(String(saved));
  }

  /** Photos that were ever saved and that the album no longer lists. */
  departed(): Generator<PhotoState> {
    return this.#states(`saved IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.key = photos.key)`);
  }

  /** Whether the photo is saved. */
  isSaved(key: string): boolean {
    return (
      this.database.row('SELECT 1 FROM photos WHERE key = ? AND failed IS NULL', key) !== undefined
    );
  }

  /** Those of the photos that are saved, by their keys, each with whether it was before the run. */
  savedAmong(run: string, keys: readonly string[]): Map<string, { beforeRun: boolean }> {
    const rows = this.database.rows<[key: string, beforeRun: number]>(
      `SELECT key, run IS NOT ? FROM photos
       WHERE key IN (SELECT value FROM json_each(?)) AND failed IS NULL`,
      run,
      JSON.stringify(keys),
    );
    return new Map(rows.map(([key, beforeRun]) => [key, { beforeRun: beforeRun === 1 }]));
  }

  /**
   * How many times the photo failed before the run. It never goes down, not even when the photo is
   * saved: each failure needs a request of its own, and a queue takes no request twice.
   */
  failuresBefore(run: string, key: string): number {
    const failures =
      'SELECT failures - (failed IS NOT NULL AND run IS ?) FROM photos WHERE key = ?';
    return this.database.row<[number]>(failures, run, key)?.[0] ?? 0;
  }

  /** SHA-256 of the files that several saved photos have in common, byte for byte. */
  repeatedContents(): Set<string> {
    const rows = this.database.rows<[string]>(
      'SELECT sha256 FROM photos WHERE failed IS NULL GROUP BY sha256 HAVING count(*) > 1',
    );
    return new Set(rows.map(([sha256]) => sha256));
  }

  /**
   * Files that so many listed photos or more have in common, byte for byte, the most frequent first.
   *
   * @param most how many files at the most
   */
  sharedFiles(least: number, most: number): SharedFile[] {
    const rows = this.database.rows<[photos: number, first: string, last: string]>(
      // What is known of the photos stays out of the groups: of 100,000 it takes a hundred megabytes.
      `SELECT shared.photos, one.saved, other.saved FROM
         (SELECT count(*) AS photos, min(number) AS first, max(number) AS last FROM photos
          WHERE failed IS NULL AND EXISTS (SELECT 1 FROM listed WHERE listed.key = photos.key)
          GROUP BY sha256 HAVING count(*) >= ?
          ORDER BY count(*) DESC, min(number) LIMIT ?) AS shared
       JOIN photos AS one ON one.number = shared.first
       JOIN photos AS other ON other.number = shared.last
       ORDER BY shared.photos DESC, shared.first`,
      least,
      most,
    );
    return rows.map(([photos, first, last]) => {
      return { photos, first: JSON.parse(first), last: JSON.parse(last) };
    });
  }

  *#states(condition: string): Generator<PhotoState> {
    for (const columns of this.#rows(condition)) yield stateOf(columns) as PhotoState;
  }

  *#rows(condition: string): Generator<StateColumns> {
    const statement = `SELECT number, saved, failed, width, height
      FROM photos LEFT JOIN thumbnails USING (key)
      WHERE number > ? AND ${condition} ORDER BY number LIMIT ${rowsAtOnce}`;
    for (let last = 0; ; ) {
      const rows = this.database.rows<[number: number, ...StateColumns]>(statement, last);
      for (const [number, ...columns] of rows) {
        last = number;
        yield columns;
      }
      if (rows.length < rowsAtOnce) return;
    }
  }
}

/** Reads the columns; without an outcome for a photo that was not tried. */
export function stateOf([saved, failed, width, height]: StateColumns): Partial<PhotoState> {
  const outcome = failed ?? saved;
  return {
    ...(outcome !== null && { outcome: JSON.parse(outcome) as Outcome }),
    ...(width !== null && height !== null && { thumbnail: { width, height } }),
  };
}
