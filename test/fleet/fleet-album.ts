import { join } from 'node:path';
import { FolderStore } from '../../src/fleet/store/folder-store.js';
import type { ObjectStore } from '../../src/fleet/store/object-store.js';
import {
  type AlbumEnd,
  type AlbumJob,
  type Attempt,
  type WorkOptions,
  workAlbum,
} from '../../src/fleet/work-album.js';
import type { ReplicaOptions } from '../../src/replica/options.js';
import type { Replica } from '../../src/replica/replica.js';
import { startReplica } from '../../src/replica/server.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

/** The id of the album; it has letters that a key cannot have. */
export const albumId = 'Family 1';

/** How a worker crawls in tests. */
export const workOptions: WorkOptions = {
  concurrency: 8,
  maxPerMinute: undefined,
  userAgent: 'photo-escape test',
  thumbnails: 'none',
  timing: { retryDelay: 5, idleTimeout: 30_000, pause: 20 },
};

/** A replica, and a store, to which a test saves its album. */
export interface FleetAlbum {
  replica: Replica;
  store: ObjectStore;
  /** Read anew by each attempt. */
  job: AlbumJob;
  /** A folder of the test's own. */
  folder: string;
  /** Where workers keep what is under way. */
  local: string;
  work(change?: Partial<Attempt>, options?: Partial<WorkOptions>): Promise<AlbumEnd>;
}

/** The signals of an attempt that nothing disturbs. */
function calmAttempt(attempt = 1): Attempt {
  const { signal } = new AbortController();
  return { generation: '1', attempt, lost: signal, stop: signal, onProgress: () => undefined };
}

/**
 * Starts a replica and gives the test an album to save.
 *
 * @param given the store; one in a folder without it
 */
export async function withFleetAlbum(
  options: ReplicaOptions,
  test: (album: FleetAlbum) => Promise<void>,
  given?: ObjectStore,
): Promise<void> {
  const replica = await startReplica({ photoBytes: 4000, ...options });
  try {
    await withTemporaryFolder(async (folder) => {
      const store = given ?? new FolderStore(join(folder, 'store'));
      const local = join(folder, 'local');
      const { url, username, password } = replica;
      const job = { id: albumId, profile: 'kodak-pulse', url, username };
      await test({
        ...{ replica, store, job, folder, local },
        work: (change, changed) =>
          workAlbum(
            { ...job },
            password,
            store,
            local,
            { ...calmAttempt(), ...change },
            { ...workOptions, ...changed },
          ),
      });
    });
  } finally {
    await replica.close();
  }
}

/** Keys that are put into a store, each noted once it is there, and then told. */
export function watchPuts(store: ObjectStore, onPut: (key: string) => unknown): string[] {
  const keys: string[] = [];
  for (const verb of ['putFile', 'putBytes'] as const) {
    const put = store[verb].bind(store) as (key: string, ...rest: unknown[]) => Promise<void>;
    store[verb] = async (key: string, ...rest: unknown[]) => {
      await put(key, ...rest);
      keys.push(key);
      await onPut(key);
    };
  }
  return keys;
}
