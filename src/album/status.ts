import type { Album, AlbumIdentity, RunRecord } from './album.js';

/** What a storage folder holds. */
export interface AlbumStatus {
  album: AlbumIdentity;
  counts: {
    /** Photos that the last walk listed. */
    listed: number;
    saved: number;
    failed: number;
    pending: number;
    /** Saved photos, among the above, that the album no longer lists. */
    left: number;
  };
  /** Bytes of the saved originals. */
  bytes: number;
  lastRun?: RunRecord;
}

/**
 * Sums up an album, also while a run is writing it.
 *
 * @throws Error for an album that no run has begun yet
 */
export async function albumStatus(album: Album): Promise<AlbumStatus> {
  const identity = await album.identity();
  if (identity === undefined) throw new Error('the album belongs to nobody yet');
  const savedBytes = new Map<string, number>();
  const failed = new Set<string>();
  for await (const outcome of album.outcomes()) {
    if (outcome.status === 'saved') {
      savedBytes.set(outcome.key, outcome.bytes);
    } else {
      savedBytes.delete(outcome.key);
      failed.add(outcome.key);
    }
  }
  const counts = { listed: 0, saved: savedBytes.size, failed: 0, pending: 0, left: 0 };
  let listedAndSaved = 0;
  for await (const { key } of album.listing()) {
    counts.listed += 1;
    if (savedBytes.has(key)) listedAndSaved += 1;
    else if (failed.has(key)) counts.failed += 1;
    else counts.pending += 1;
  }
  counts.left = counts.saved - listedAndSaved;
  const lastRun = await album.lastRun();
  const bytes = [...savedBytes.values()].reduce((sum, size) => sum + size, 0);
  return { album: identity, counts, bytes, ...(lastRun && { lastRun }) };
}
