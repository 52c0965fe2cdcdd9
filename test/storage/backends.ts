import { MemoryStorage } from '@crawlee/memory-storage';
import type { StorageClient } from '@crawlee/types';
import { jest } from '@jest/globals';
import { DurableStorageClient } from '../../src/storage/client.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

export type BackendName = 'MemoryStorage' | 'DurableStorageClient';

export const backends: Record<BackendName, (folder: string) => StorageClient> = {
  MemoryStorage: (folder) =>
    new MemoryStorage({ localDataDirectory: folder, persistStorage: false, writeMetadata: false }),
  DurableStorageClient: (folder) => DurableStorageClient.open(folder),
};

/** Runs the work with an empty storage of that kind, closed and gone afterwards. */
export async function withBackend(
  name: BackendName,
  work: (client: StorageClient) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const client = backends[name](folder);
    try {
      await work(client);
    } finally {
      if (client instanceof DurableStorageClient) client.close();
    }
  });
}

/**
 * Stops the clock, and only the clock: timers, files and streams go on. `advance` takes seconds.
 * Both backends read the time from `Date`, the only clock that MemoryStorage can be given.
 */
export function stopClock(): { advance(seconds: number): void; now(): number; restart(): void } {
  jest.useFakeTimers({
    now: Date.UTC(2026, 0, 1),
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
  return {
    advance: (seconds) => jest.setSystemTime(Date.now() + seconds * 1000),
    now: () => Date.now(),
    restart: () => {
      jest.useRealTimers();
    },
  };
}
