import { join } from 'node:path';
import { type AlbumPhoto, writePhotos } from './album.js';

/**
 * Writes photos into two folders under `folder`, one inside the other: galleries make an album of
 * each.
 */
export async function writeAlbumFolders(
  photos: readonly AlbumPhoto[],
  folder: string,
): Promise<void> {
  const outer = join(folder, 'Holiday album');
  await writePhotos(photos.slice(0, 100), outer);
  await writePhotos(photos.slice(100), join(outer, 'Day trips & walks'));
}
