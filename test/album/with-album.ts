import { Album, stores } from '../../src/album/album.js';
import type { Outcome } from '../../src/album/photo.js';
import { DurableStorageClient } from '../../src/storage/client.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

/** An album in a storage of its own, and the place where a crawl would put its outcomes. */
export interface StoredAlbum {
  album: Album;
  folder: string;
  /** Adds rows as a crawl does. */
  push(...outcomes: Outcome[]): Promise<void>;
}

/** Opens the storage of a folder, hands over its album, and closes it. */
export async function withAlbumIn<Result>(
  folder: string,
  work: (stored: StoredAlbum) => Promise<Result>,
): Promise<Result> {
  const client = DurableStorageClient.open(folder);
  try {
    const album = await Album.open(client);
    const { id } = await client.datasets().getOrCreate(stores.outcomes);
    const push = (...outcomes: Outcome[]) => client.dataset(id).pushItems(outcomes);
    return await work({ album, folder, push });
  } finally {
    client.close();
  }
}

/** Hands over a new album in a temporary folder. */
export function withAlbum<Result>(work: (stored: StoredAlbum) => Promise<Result>): Promise<Result> {
  return withTemporaryFolder((folder) => withAlbumIn(folder, work));
}

/** Everything that a generator gives. */
export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
