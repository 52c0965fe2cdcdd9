import type { ListedPhoto, Outcome } from '../photo.js';
import type { Album } from './album.js';

/** A photo as an export shows it: what the album said of it and what became of it. */
export interface AlbumEntry {
  status: 'saved' | 'failed' | 'pending';
  photo: Partial<Pick<ListedPhoto, 'page' | 'position'>> & Omit<ListedPhoto, 'page' | 'position'>;
  outcome?: Outcome;
}

/**
 * Every photo once: those of the last walk in album order, then those that the album no longer
 * lists (without page and position) and that were saved, the oldest first. One of these that was
 * lost from the disk since comes as failed; what was never saved and has left is gone.
 */
export async function albumEntries(album: Album): Promise<AlbumEntry[]> {
  const outcomes = new Map<string, Outcome>();
  const lost = new Set<string>();
  for await (const outcome of album.outcomes()) {
    const { key, status } = outcome;
    if (status === 'saved') lost.delete(key);
    else if (outcomes.get(key)?.status === 'saved') lost.add(key);
    outcomes.set(key, outcome);
  }

  const entries: AlbumEntry[] = [];
  for await (const photo of album.listing()) {
    const outcome = outcomes.get(photo.key);
    outcomes.delete(photo.key);
    entries.push({ status: outcome?.status ?? 'pending', photo, ...(outcome && { outcome }) });
  }
  for (const outcome of outcomes.values()) {
    if (outcome.status !== 'saved' && !lost.has(outcome.key)) continue;
    const { page: _page, position: _position, ...photo } = outcome;
    entries.push({ status: outcome.status, photo, outcome });
  }
  return entries;
}
