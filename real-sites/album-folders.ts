import { join } from 'node:path';
import { type AlbumPhoto, writePhotos } from './album.js';

/** Folders of photos, one inside the other. */
interface AlbumFolders {
  outer: string;
  inner: string;
}

/**
 * Writes photos into two folders under `folder`, one inside the other: galleries make an album of
 * each.
 */
export async function writeAlbumFolders(
  photos: readonly AlbumPhoto[],
  folder: string,
): Promise<AlbumFolders> {
  const outer = join(folder, 'Holiday album');
  const inner = join(outer, 'Day trips & walks');
  await writePhotos(photos.slice(0, 100), outer);
  await writePhotos(photos.slice(100), inner);
  return { outer, inner };
}
