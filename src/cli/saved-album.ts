import { Album } from '../album/album.js';
import { UsageError } from '../errors.js';
import { StorageFolder } from '../storage/storage-folder.js';

/**
 * Opens the album of a storage folder for reading, also while a run is writing it, and closes it
 * when the work is done.
 *
 * @throws UsageError where nothing was saved yet
 */
export async function withSavedAlbum<Result>(
  storage: string,
  work: (album: Album) => Promise<Result>,
): Promise<Result> {
  const nothing = `There is no album in ${storage} yet. Save one first: npm start, or npm run demo`;
  if (!StorageFolder.exists(storage)) throw new UsageError([nothing]);
  const folder = StorageFolder.openForReading(storage);
  try {
    const album = new Album(folder);
    if (album.identity() === undefined) throw new UsageError([nothing]);
    return await work(album);
  } finally {
    folder.close();
  }
}
