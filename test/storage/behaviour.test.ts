import { describe } from '@jest/globals';
import { type BackendName, backends } from './backends.js';
import { describeDataset } from './dataset-behaviour.js';
import { describeKeyValueStore } from './key-value-store-behaviour.js';
import { describeRequestLocks } from './request-lock-behaviour.js';
import { describeRequestQueue } from './request-queue-behaviour.js';
import { describeStores } from './store-behaviour.js';

/**
 * What a storage for Crawlee has to do, in every method and its empty cases, over Crawlee's own
 * MemoryStorage and over ours. Where the two differ: deviations.test.ts.
 */
describe.each(Object.keys(backends) as BackendName[])('%s', (backend) => {
  describeStores(backend);
  describeDataset(backend);
  describeKeyValueStore(backend);
  describeRequestQueue(backend);
  describeRequestLocks(backend);
});
