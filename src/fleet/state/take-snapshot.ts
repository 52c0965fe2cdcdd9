import { Worker } from 'node:worker_threads';
import { packageFile } from '../../files/package-folder.js';
import { deserializedResult, type Serialized } from '../../originals/thread-messages.js';

// A thread cannot run TypeScript: tests, which run src as it is, start the built file too.
const workerScript = packageFile('dist/snapshot-worker.js');

/** What the thread that takes a snapshot is told. */
export interface SnapshotOrder {
  /** The storage folder. */
  storage: string;
  /** Path of the snapshot, where nothing is yet. */
  file: string;
}

/**
 * Takes a snapshot of a storage folder in a thread of its own; see `packState`.
 *
 * @throws DiskError, StorageBusyError, StorageDamagedError
 */
export async function takeSnapshot(order: SnapshotOrder): Promise<void> {
  // The environment is kept from the thread, since it may hold secrets.
  const worker = new Worker(workerScript, { env: {}, workerData: order });
  const result = await new Promise<Serialized<void>>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread for snapshots ended (${code})`)));
  });
  deserializedResult(result);
}
