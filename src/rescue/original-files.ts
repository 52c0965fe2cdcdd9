import { join } from 'node:path';
import type { SavedFile } from '../album/photo-dataset.js';
import type { NamedFile } from '../cli/check-files.js';
import { withSavedAlbum } from '../cli/saved-album.js';
import { UsageError } from '../errors.js';

/** The original of a photo that was saved at some time. */
export interface OriginalFile extends NamedFile, SavedFile {}

/**
 * Every original that a storage folder is to hold, also those that count as lost.
 *
 * @throws UsageError where nothing was saved yet
 */
export async function originalFiles(storage: string): Promise<OriginalFile[]> {
  const files = await withSavedAlbum(storage, async ({ photos }) => [...photos.savedFiles()]);
  if (files.length === 0) {
    throw new UsageError([`No photo was saved to ${storage} yet. Save the album first: npm start`]);
  }
  return files.map((file) => {
    const { file: name, bytes, sha256 } = file.saved;
    return { ...file, name, path: join(storage, name), bytes, sha256 };
  });
}
