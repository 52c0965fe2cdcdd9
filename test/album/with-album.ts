import { Album } from '../../src/album/album.js';
import type { Outcome } from '../../src/album/photo.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

/** An album in a storage of its own. */
export interface StoredAlbum {
  album: Album;
  folder: string;
  /** Adds outcomes, one after the other, outside of any run. */
  push(...outcomes: Outcome[]): Promise<void>;
}

/** Opens the storage of a folder, hands over its album, and closes it. */
export async function withAlbumIn<Result>(
  folder: string,
  work: (stored: StoredAlbum) => Promise<Result>,
): Promise<Result> {
  const storage = StorageFolder.open(folder);
  try {
    const album = new Album(storage);
    const push = async (...outcomes: Outcome[]) => {
      await Promise.all(outcomes.map((outcome) => album.photos.push(outcome)));
    };
    return await work({ album, folder, push });
  } finally {
    storage.close();
  }
}

/** Hands over a new album in a temporary folder. */
export function withAlbum<Result>(work: (stored: StoredAlbum) => Promise<Result>): Promise<Result> {
  return withTemporaryFolder((folder) => withAlbumIn(folder, work));
}
