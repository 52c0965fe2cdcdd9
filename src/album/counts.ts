import type { Album } from './album.js';

/**
 * Photos of an album, counted: those that it lists, each once, and those that it no longer lists but
 * that were saved once. So saved + failed + pending = listed + left + lost.
 */
export interface AlbumCounts {
  /** Photos that the last walk listed. */
  listed: number;
  /** Photos that are saved, listed or not. */
  saved: number;
  /** Photos that were tried and not saved, or saved and lost since, listed or not. */
  failed: number;
  /** Listed photos that were not tried yet. */
  pending: number;
  /** Saved photos, among the above, that the album no longer lists; they are kept. */
  left: number;
  /** Failed photos, among the above, that the album no longer lists: they were saved once. */
  lost: number;
}

/** How an album stands after a run, counted over the photos that it lists. */
export interface Tally {
  listed: number;
  /** Of those: saved by this run. */
  saved: number;
  /** Of those: saved before this run. */
  alreadyHad: number;
  /** Of those: tried and not saved. */
  failed: number;
  /** Of those: neither saved nor failed. */
  pending: number;
  /** Saved photos that the album no longer lists; they are kept. */
  left: number;
}

interface Sums {
  counts: AlbumCounts;
  /** Bytes of all saved originals. */
  bytes: number;
  /** Listed photos that the run has saved. */
  savedNow: number;
}

/**
 * Counts an album in one query.
 *
 * @param run the run whose saved photos are counted apart
 */
function sums({ database }: Album, run: string | null): Sums {
  const row = database.row<number[]>(
    `WITH album AS (SELECT DISTINCT key FROM listed),
     present AS (
       SELECT 1 AS is_listed, photos.key IS NOT NULL AS was_tried, failed IS NULL AS is_saved,
         run, bytes
       FROM album LEFT JOIN photos USING (key)
       UNION ALL
       SELECT 0, 1, failed IS NULL, run, bytes FROM photos
       WHERE saved IS NOT NULL AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.key = photos.key))
     SELECT count(*) FILTER (WHERE is_listed),
       count(*) FILTER (WHERE was_tried AND is_saved),
       count(*) FILTER (WHERE was_tried AND NOT is_saved),
       count(*) FILTER (WHERE NOT was_tried),
       count(*) FILTER (WHERE NOT is_listed AND is_saved),
       count(*) FILTER (WHERE NOT is_listed AND NOT is_saved),
       coalesce(sum(bytes) FILTER (WHERE was_tried AND is_saved), 0),
       count(*) FILTER (WHERE is_listed AND was_tried AND is_saved AND run = ?)
     FROM present`,
    run,
  );
  const [
    listed = 0,
    saved = 0,
    failed = 0,
    pending = 0,
    left = 0,
    lost = 0,
    bytes = 0,
    savedNow = 0,
  ] = row ?? [];
  return { counts: { listed, saved, failed, pending, left, lost }, bytes, savedNow };
}

/** Counts the photos of an album, and the bytes of all saved originals. */
export function albumCounts(album: Album): { counts: AlbumCounts; bytes: number } {
  const { counts, bytes } = sums(album, null);
  return { counts, bytes };
}

/** Counts the photos that an album lists, as they stand for a run. */
export function albumTally(album: Album, run: string): Tally {
  const { counts, savedNow } = sums(album, run);
  const { listed, saved, failed, pending, left, lost } = counts;
  const alreadyHad = saved - left - savedNow;
  return { listed, saved: savedNow, alreadyHad, failed: failed - lost, pending, left };
}
