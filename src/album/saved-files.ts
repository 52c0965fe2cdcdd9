import type { Album } from './album.js';
import type { Outcome } from './photo.js';

/** The row of a photo that was saved. */
type SavedOutcome = Extract<Outcome, { status: 'saved' }>;

/** A photo that was saved at some time. */
export interface SavedFile {
  /** How it was saved the last time. */
  saved: SavedOutcome;
  /** Whether it counts as saved: no later outcome says that it is lost. */
  counts: boolean;
}

/** Every photo that was ever saved, once, in the order in which they were saved first. */
export async function savedFiles(album: Album): Promise<SavedFile[]> {
  const files = new Map<string, SavedFile>();
  for await (const outcome of album.outcomes()) {
    if (outcome.status === 'saved') files.set(outcome.key, { saved: outcome, counts: true });
    const file = files.get(outcome.key);
    if (file !== undefined) file.counts = outcome.status === 'saved';
  }
  return [...files.values()];
}
