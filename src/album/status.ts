import type { Album, AlbumIdentity, RunRecord } from './album.js';
import { type AlbumCounts, albumCounts } from './counts.js';
import { listDoubts } from './list-doubts.js';

/** What a storage folder holds. */
export interface AlbumStatus {
  album: AlbumIdentity;
  counts: AlbumCounts;
  /** Bytes of the saved originals. */
  bytes: number;
  /** What speaks against the list being whole, in sentences. */
  doubts: readonly string[];
  lastRun?: RunRecord;
}

/** Sums up an album, also while a run is writing it. */
export async function albumStatus(album: Album, identity: AlbumIdentity): Promise<AlbumStatus> {
  const lastRun = album.lastRun();
  const doubts = listDoubts(lastRun);
  return { album: identity, ...albumCounts(album), doubts, ...(lastRun && { lastRun }) };
}
