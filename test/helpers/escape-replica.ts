import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { saveAlbum } from '../../src/cli/save-album.js';
import { RunControl } from '../../src/crawl/run-control.js';
import type { Ending } from '../../src/errors.js';
import { loadProfile } from '../../src/profile/load.js';
import type { ReplicaOptions } from '../../src/replica/options.js';
import type { Replica } from '../../src/replica/replica.js';
import { startReplica } from '../../src/replica/server.js';
import type { EscapeOrder } from '../../src/rescue/escape-album.js';
import { withTemporaryFolder } from './temporary-folder.js';

/** How a run over the replica ended, and all that it printed for the person. */
interface Escaped {
  ending: Ending;
  lines: string[];
}

/** What differs from the usual order, and whether Crawlee's own log is shown. */
export type OrderChange = Partial<EscapeOrder> & { verbose?: boolean };

/** A replica and a storage folder of one test's own. */
export interface Rescue {
  replica: Replica;
  storage: string;
  /** Runs the main job to its end; called again, it is the same command run again. */
  run(change?: OrderChange, control?: RunControl): Promise<Escaped>;
}

const profile = loadProfile('kodak-pulse');

/** The order that saves the replica's album into a folder. */
function replicaOrder(replica: Replica, storage: string): EscapeOrder {
  return {
    profile,
    identity: { profile: profile.name, url: replica.url, username: replica.username },
    credentials: { username: replica.username, password: replica.password },
    storage,
    concurrency: 8,
    maxPerMinute: undefined,
    userAgent: 'photo-escape test',
    thumbnails: 'sample',
    timing: { retryDelay: 5, idleTimeout: 2000, pause: 20 },
  };
}

/** Starts a replica (with small originals, unless told otherwise) and gives the test a rescue. */
export async function withRescue(
  options: ReplicaOptions,
  work: (rescue: Rescue) => Promise<void>,
): Promise<void> {
  const replica = await startReplica({ photoBytes: 4000, ...options });
  try {
    await withTemporaryFolder(async (folder) => {
      const storage = join(folder, 'storage');
      await work({
        replica,
        storage,
        async run(change: OrderChange = {}, control = new RunControl()) {
          const err = new PassThrough();
          const printed = text(err);
          const out = new PassThrough();
          const order = { ...replicaOrder(replica, storage), ...change };
          const terminal = { in: new PassThrough(), out, err };
          const ending = await saveAlbum(order, { terminal, control }, change.verbose);
          err.end();
          return { ending, lines: (await printed).trimEnd().split('\n') };
        },
      });
    });
  } finally {
    await replica.close();
  }
}
