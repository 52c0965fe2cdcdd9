import type { ListedPhoto, Outcome } from '../photo.js';
import type { Album } from './album.js';

/** A photo as an export shows it: what the album said of it and what became of it. */
export interface AlbumEntry {
  status: 'saved' | 'failed' | 'pending';
  photo: Partial<Pick<ListedPhoto, 'page' | 'position'>> & Omit<ListedPhoto, 'page' | 'position'>;
  outcome?: Outcome;
}

/**
 * Every photo once: those of the last walk in album order, then saved ones that the album no
 * longer lists (without page and position), the oldest first.
 */
export async function albumEntries(album: Album): Promise<AlbumEntry[]> {
  const outcomes = new Map<string, Outcome>();
  for await (const outcome of album.outcomes()) outcomes.set(outcome.key, outcome);

  const entries: AlbumEntry[] = [];
  for await (const photo of album.listing()) {
    const outcome = outcomes.get(photo.key);
    outcomes.delete(photo.key);
    entries.push({ status: outcome?.status ?? 'pending', photo, ...(outcome && { outcome }) });
  }
  for (const outcome of outcomes.values()) {
    if (outcome.status !== 'saved') continue;
    const { page: _page, position: _position, ...photo } = outcome;
    entries.push({ status: 'saved', photo, outcome });
  }
  return entries;
}
