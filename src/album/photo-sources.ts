import type { Database } from '../storage/database.js';
import type { ListedPhoto, PhotoText } from './photo.js';

/** What the row of a photo on a listing page says. */
export interface ListedSource {
  photo: ListedPhoto;
  /** Candidates for the original, in the profile's order; null for one that the row does not give. */
  originals: readonly (string | null)[];
  /** The address of the photo's own page, where it has one that is to be read. */
  detailUrl?: string;
  /** Which of the profile's items it is, from 0; missing for the first. */
  kind?: number;
  /** Texts that count only where its own page has none. */
  instead?: Partial<Record<PhotoText, string>>;
  /** The address of the page that shows the photo; not known of photos listed before version 3. */
  referrer?: string;
}

/** What a photo's own page says. */
export interface DetailSource {
  /** Candidates for the original, from the row and from this page, the best first. */
  originals: readonly string[];
  texts: Partial<Record<PhotoText, string>>;
  /** The address of this page, which shows the original. */
  referrer: string;
}

/** Where a photo's original is, from all that the site said of it last. */
export interface PhotoSource extends Pick<ListedSource, 'photo' | 'detailUrl' | 'referrer'> {
  /** Candidates for the original, the best first. */
  originals: readonly string[];
  /** What the row alone says. */
  listed: ListedSource;
}

/** A photo whose original is not saved. */
export interface UnsavedPhoto {
  key: string;
  /** The address of its own page, where it has one that is to be read. */
  detailUrl: string | undefined;
}

/** Rows in memory at once. */
const rowsAtOnce = 200;

type SourceColumns = [listed: string, detail: string | null];
const selectSource = 'SELECT listed, detail FROM sources WHERE key = ?';

function sourceOf([row, ownPage]: SourceColumns): PhotoSource {
  const listed = JSON.parse(row) as ListedSource;
  // What an earlier run read of an own page does not count where the row no longer leads there.
  if (ownPage === null || listed.detailUrl === undefined) {
    const originals = listed.originals.filter((original) => original !== null);
    return { ...listed, originals, listed };
  }
  const { originals, texts, referrer } = JSON.parse(ownPage) as DetailSource;
  return { ...listed, photo: { ...listed.photo, ...texts }, originals, referrer, listed };
}

/**
 * Where the originals are that are not saved yet: a row a photo, with what the site said last. Those of
 * photos that were saved meanwhile stay until {@link PhotoSources.removeSaved}.
 */
export class PhotoSources {
  constructor(private readonly database: Database) {}

  /** Notes what a listing page says, in place of what was known. */
  async putListed(sources: readonly ListedSource[]): Promise<void> {
    await this.database.groupCommit(() =>
      this.database.run(
        `INSERT INTO sources (key, listed) SELECT value ->> '$.photo.key', value
         FROM json_each(?) WHERE true
         ON CONFLICT (key) DO UPDATE SET listed = excluded.listed`,
        JSON.stringify(sources),
      ),
    );
  }

  /** Notes what a photo's own page says, in place of what was known. */
  async putDetail(key: string, detail: DetailSource): Promise<void> {
    await this.database.groupCommit(() =>
      this.database.run('UPDATE sources SET detail = ? WHERE key = ?', JSON.stringify(detail), key),
    );
  }

  /** Where a photo's original is. @throws Error where that is not known */
  of(key: string): PhotoSource {
    const row = this.database.row<SourceColumns>(selectSource, key);
    if (row === undefined) throw new Error(`nothing is known of where the photo ${key} is`);
    return sourceOf(row);
  }

  /** Where a photo's original is, or undefined where it is saved. @throws Error where that is not known */
  ofUnsaved(key: string): PhotoSource | undefined {
    const row = this.database.row<SourceColumns>(
      `${selectSource}
       AND NOT EXISTS (SELECT 1 FROM photos WHERE photos.key = sources.key AND failed IS NULL)`,
      key,
    );
    if (row !== undefined) return sourceOf(row);
    const saved = 'SELECT 1 FROM photos WHERE key = ? AND failed IS NULL';
    return this.database.row(saved, key) === undefined ? this.of(key) : undefined;
  }

  /**
   * Forgets where the originals are that are saved, of the whole album at once: one by one, at the end of
   * each photo, takes as long as writing down that it is saved.
   */
  async removeSaved(): Promise<void> {
    await this.database.groupCommit(() =>
      this.database.run(
        // A set of the saved photos' keys would take ten megabytes for a hundred thousand.
        `DELETE FROM sources
         WHERE EXISTS (SELECT 1 FROM photos WHERE photos.key = sources.key AND failed IS NULL)`,
      ),
    );
  }

  /** The photos that are not saved and that the album no longer lists, some at a time. */
  *unlisted(): Generator<UnsavedPhoto[]> {
    for (let last = ''; ; ) {
      const rows = this.database.rows<[key: string, detailUrl: string | null]>(
        `SELECT key, listed ->> 'detailUrl' FROM sources WHERE key > ?
         AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.key = sources.key)
         AND NOT EXISTS (SELECT 1 FROM photos WHERE photos.key = sources.key AND failed IS NULL)
         ORDER BY key LIMIT ${rowsAtOnce}`,
        last,
      );
      if (rows.length === 0) return;
      yield rows.map(([key, detailUrl]) => ({ key, detailUrl: detailUrl ?? undefined }));
      last = rows.at(-1)?.[0] ?? last;
    }
  }
}
