import { Album, type AlbumIdentity } from '../../album/album.js';
import { UsageError } from '../../errors.js';
import { isSameAlbum, otherAlbumIn } from '../../rescue/saved-album.js';
import { StorageFolder } from '../../storage/storage-folder.js';
import { albumInWords } from '../../text/in-words.js';
import type { ObjectStore } from '../store/object-store.js';
import { readAgain } from '../store/store-error.js';
import { type JournalEntry, readJournal } from './journal.js';
import { snapshotFolder } from './keys.js';
import { unpackState } from './snapshot-file.js';

/** What a state was restored from. */
export interface RestoredState {
  /** The key of the snapshot; undefined where there was none. */
  snapshot: string | undefined;
  /** Keys of all snapshots, in ascending order. */
  snapshots: readonly string[];
  /** Keys of the journal's objects, all of which are in the state now. */
  journal: readonly string[];
}

/**
 * Makes a storage folder of the newest state of an album in a store: its newest snapshot, and the
 * photos that were kept since.
 *
 * @param storage a folder without a database; without any state none is made
 * @param identity whose album it has to be; any album's will do without it
 * @throws UsageError where the store holds another album under that id; EscapeError
 */
export async function restoreState(
  store: ObjectStore,
  albumId: string,
  storage: string,
  identity?: AlbumIdentity,
  signal?: AbortSignal,
): Promise<RestoredState> {
  // First the journal: what goes from it meanwhile is in the snapshot that is read after it.
  const journal = await readJournal(store, albumId, signal);
  const newest = await restoreNewest(store, albumId, storage, signal);
  if (newest.snapshot !== undefined || journal.size > 0) {
    const found = await addJournal(storage, [...journal.values()], identity);
    if (found !== undefined) {
      throw new UsageError([
        `The store holds another album under the id ${albumId} (${albumInWords(found)}). Give this one another id.`,
      ]);
    }
  }
  return { ...newest, journal: [...journal.keys()] };
}

async function restoreNewest(
  store: ObjectStore,
  albumId: string,
  storage: string,
  signal: AbortSignal | undefined,
): Promise<Pick<RestoredState, 'snapshot' | 'snapshots'>> {
  for (;;) {
    const snapshots = await store.list(snapshotFolder(albumId), signal);
    const snapshot = snapshots.at(-1);
    if (snapshot === undefined) return { snapshot, snapshots };
    const isThere = await readAgain(async () => {
      const content = await store.open(snapshot, signal);
      if (content !== undefined) await unpackState(content, storage);
      return content !== undefined;
    });
    // One that is gone meanwhile was replaced by a newer one.
    if (isThere) return { snapshot, snapshots };
  }
}

/** Records the photos of a journal. @returns whose album it is, where it is another one's */
async function addJournal(
  storage: string,
  entries: readonly JournalEntry[],
  identity: AlbumIdentity | undefined,
): Promise<AlbumIdentity | undefined> {
  const folder = StorageFolder.open(storage);
  try {
    const album = new Album(folder);
    if (identity !== undefined) {
      const other = entries.find((entry) => !isSameAlbum(entry.album, identity));
      if (other !== undefined) return other.album;
      // A state without a photo may be of a try with a wrong user name, say.
      if (otherAlbumIn(album, storage, identity) !== undefined) return album.identity();
    }
    for (const { saved } of entries) {
      const isNew = saved.filter(({ key }) => !album.photos.isSaved(key));
      await Promise.all(isNew.map((photo) => album.recordSaved(photo)));
    }
    return undefined;
  } finally {
    folder.close();
  }
}
