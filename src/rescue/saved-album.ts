import { Album, type AlbumIdentity } from '../album/album.js';
import { albumCounts } from '../album/counts.js';
import { UsageError } from '../errors.js';
import { StorageFolder } from '../storage/storage-folder.js';
import { albumInWords } from '../text/in-words.js';

/** Reads an album that was saved. */
type AlbumReader<Result> = (album: Album, identity: AlbumIdentity) => Promise<Result>;

async function readIfThere<Result>(
  storage: string,
  read: AlbumReader<Result>,
): Promise<Result | undefined> {
  if (!StorageFolder.exists(storage)) return undefined;
  const folder = StorageFolder.openForReading(storage);
  try {
    const album = new Album(folder);
    const identity = album.identity();
    return identity && (await read(album, identity));
  } finally {
    folder.close();
  }
}

/**
 * Whose album a storage folder holds.
 *
 * @returns undefined where there is no folder, or no album in it yet
 * @throws StorageDamagedError where the folder's database cannot be used
 */
export function savedIdentity(storage: string): Promise<AlbumIdentity | undefined> {
  return readIfThere(storage, async (_album, identity) => identity);
}

/**
 * Reads the album of a storage folder, also while a run is writing it.
 *
 * @returns what `read` returns; the album is closed then
 * @throws UsageError where there is no album; StorageDamagedError where it cannot be used
 */
export async function readSavedAlbum<Result>(
  storage: string,
  read: AlbumReader<Result>,
): Promise<Result> {
  const found = await readIfThere(storage, async (album, identity) => ({
    result: await read(album, identity),
  }));
  if (found !== undefined) return found.result;
  throw new UsageError([
    `There is no album in ${storage} yet. Save one first: npm start, or npm run demo`,
  ]);
}

/**
 * Why a storage folder cannot take this album. A folder belongs to one album from its first listed
 * photo on: until then its first run may have had a wrong user name, say.
 *
 * @returns a sentence, or undefined where the folder can take it
 */
export function otherAlbum(storage: string, identity: AlbumIdentity): Promise<string | undefined> {
  return readIfThere(storage, async (album) => otherAlbumIn(album, storage, identity));
}

/** As {@link otherAlbum}, for the album of a storage folder that is open. */
export function otherAlbumIn(
  album: Album,
  storage: string,
  identity: AlbumIdentity,
): string | undefined {
  const present = album.identity();
  if (present === undefined || isSameAlbum(present, identity)) return undefined;
  const { counts } = albumCounts(album);
  if (counts.listed + counts.saved + counts.failed === 0) return undefined;
  return `The storage folder ${storage} belongs to another album (${albumInWords(present)}), and stays as it is.`;
}

/** Whether two albums are the same one: the same profile, address and user name. */
export function isSameAlbum(one: AlbumIdentity, other: AlbumIdentity): boolean {
  return one.profile === other.profile && one.url === other.url && one.username === other.username;
}
