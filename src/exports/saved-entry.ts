import type { AlbumEntry } from '../album/entries.js';
import type { Outcome } from '../album/photo.js';

/** A photo that is saved. */
export interface SavedEntry extends AlbumEntry {
  outcome: Extract<Outcome, { status: 'saved' }>;
}

/** Whether the photo is saved. */
export function isSaved(entry: AlbumEntry): entry is SavedEntry {
  return entry.outcome?.status === 'saved';
}
