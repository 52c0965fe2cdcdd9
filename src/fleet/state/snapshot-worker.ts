// The thread that takes a snapshot, which would hold up the crawl for seconds.
import { parentPort, workerData } from 'node:worker_threads';
import { serializedResult } from '../../originals/thread-messages.js';
import { packState } from './snapshot-file.js';
import type { SnapshotOrder } from './take-snapshot.js';

const { storage, file } = workerData as SnapshotOrder;
void serializedResult(() => packState(storage, file)).then((result) =>
  parentPort?.postMessage(result),
);
