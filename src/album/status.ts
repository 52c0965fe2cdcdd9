import type { Album, AlbumIdentity, RunRecord } from './album.js';
import { type AlbumCounts, albumCounts } from './counts.js';

/** What a storage folder holds. */
export interface AlbumStatus {
  album: AlbumIdentity;
  counts: AlbumCounts;
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
  const identity = album.identity();
  if (identity === undefined) throw new Error('the album belongs to nobody yet');
  const lastRun = album.lastRun();
  return { album: identity, ...albumCounts(album), ...(lastRun && { lastRun }) };
}
