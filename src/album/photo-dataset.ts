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

/** Rows in memory at once. */
const rowsAtOnce = 200;

type PhotoRow = [number: number, saved: string | null, failed: string | null];

/**
 * The dataset `photos`: a row a photo, in the order in which they were first tried. The last outcome
 * of a photo counts.
 */
export class PhotoDataset implements Dataset<Outcome> {
  constructor(private readonly database: Database) {}

  /**
   * Adds an outcome, which counts from now on.
   *
   * @param run the run that it belongs to; `undefined` outside of a run
   */
  async push(outcome: Outcome, run?: string): Promise<void> {
    const json = JSON.stringify(outcome);
    const hasFailed = outcome.status === 'failed';
    await this.database.groupCommit(() =>
      this.database.run(
        `INSERT INTO photos (key, run, failures, saved, failed) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET run = excluded.run, failures = failures + excluded.failures,
           saved = coalesce(excluded.saved, saved), failed = excluded.failed`,
        outcome.key,
        run ?? null,
        hasFailed ? 1 : 0,
        hasFailed ? null : json,
        hasFailed ? json : null,
      ),
    );
  }

  /** The last outcome of each photo. */
  async *list(): AsyncGenerator<Outcome> {
    for (const [, saved, failed] of this.#rows('true')) yield lastOutcome(saved, failed);
  }

  /** Every photo that was ever saved. */
  *savedFiles(): Generator<SavedFile> {
    for (const [, saved, failed] of this.#rows('saved IS NOT NULL')) {
      yield { saved: JSON.parse(String(saved)), counts: failed === null };
    }
  }

  /** The last outcomes of photos that were ever saved and that the album no longer lists. */
  *departed(): Generator<Outcome> {
    const isDeparted = `saved IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.key = photos.key)`;
    for (const [, saved, failed] of this.#rows(isDeparted)) yield lastOutcome(saved, failed);
  }

  /** Whether the photo is saved. */
  isSaved(key: string): boolean {
    return (
      this.database.row('SELECT 1 FROM photos WHERE key = ? AND failed IS NULL', key) !== undefined
    );
  }

  /** Whether the photo was saved before the run. */
  wasSavedBefore(run: string, key: string): boolean {
    const isSaved = 'SELECT 1 FROM photos WHERE key = ? AND failed IS NULL AND run IS NOT ?';
    return this.database.row(isSaved, key, run) !== undefined;
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

  *#rows(condition: string): Generator<PhotoRow> {
    const statement = `SELECT number, saved, failed FROM photos
      WHERE number > ? AND ${condition} ORDER BY number LIMIT ${rowsAtOnce}`;
    for (let last = 0; ; ) {
      const rows = this.database.rows<PhotoRow>(statement, last);
      yield* rows;
      if (rows.length < rowsAtOnce) return;
      last = rows.at(-1)?.[0] ?? last;
    }
  }
}

/** The last outcome of a photo's row. */
export function lastOutcome(saved: string | null, failed: string | null): Outcome {
  return JSON.parse(failed ?? String(saved)) as Outcome;
}
