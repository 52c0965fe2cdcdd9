import { expect, test } from '@jest/globals';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import type { QueuedRequest, RequestQueue } from '../../src/storage/stores.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

/** Opens the queue of a folder, hands it over, and closes it. */
async function withQueueIn<Result>(
  folder: string,
  work: (queue: RequestQueue) => Promise<Result>,
): Promise<Result> {
  const storage = StorageFolder.open(folder);
  try {
    return await work(storage.requests);
  } finally {
    storage.close();
  }
}

const withQueue = (work: (queue: RequestQueue) => Promise<void>) =>
  withTemporaryFolder((folder) => withQueueIn(folder, work));

const request = (uniqueKey: string): QueuedRequest => ({
  uniqueKey,
  content: JSON.stringify({ url: `https://album.test/${uniqueKey}`, uniqueKey }),
});
const requests = (keys: string) => [...keys].map(request);

async function fetched(queue: RequestQueue, limit = 100): Promise<string> {
  return (await queue.fetchNext(limit)).map(({ uniqueKey }) => uniqueKey).join('');
}

test('an empty queue is finished, and hands out nothing', () =>
  withQueue(async (queue) => {
    expect(await queue.isFinished()).toBe(true);
    expect(await queue.count()).toEqual({ total: 0, handled: 0 });
    expect(await queue.fetchNext(10)).toEqual([]);
    expect(await queue.add([], 'end')).toEqual([]);
  }));

test('requests come once, in their order, with their content', () =>
  withQueue(async (queue) => {
    await queue.add(requests('abc'), 'end');
    await queue.add(requests('d'), 'end');
    expect(await queue.fetchNext(1)).toEqual(requests('a'));
    expect(await fetched(queue, 2)).toBe('bc');
    expect(await fetched(queue)).toBe('d');
    expect(await fetched(queue)).toBe('');
  }));

test('what is put in front comes first, the last one foremost', () =>
  withQueue(async (queue) => {
    await queue.add(requests('ab'), 'end');
    await queue.add(requests('cd'), 'front');
    await queue.add(requests('e'), 'front');
    expect(await fetched(queue)).toBe('edcab');
  }));

test('a request is added once, and the queue says what it was', () =>
  withQueue(async (queue) => {
    expect(await queue.add(requests('aba'), 'end')).toEqual(['absent', 'absent', 'pending']);
    await queue.fetchNext(1);
    await queue.markHandled('a');
    expect(await queue.add(requests('abc'), 'front')).toEqual(['handled', 'pending', 'absent']);
    expect(await queue.count()).toEqual({ total: 3, handled: 1 });
    expect(await fetched(queue)).toBe('cb');
  }));

test('it is finished when nothing is pending or in progress', () =>
  withQueue(async (queue) => {
    await queue.add(requests('ab'), 'end');
    await queue.fetchNext(2);
    await queue.markHandled('a');
    expect(await queue.isFinished()).toBe(false);
    await queue.markHandled('b');
    expect(await queue.isFinished()).toBe(true);
  }));

test('a reclaimed request comes again with its new content, in front or at the end', () =>
  withQueue(async (queue) => {
    await queue.add(requests('abcd'), 'end');
    await queue.fetchNext(3);
    await queue.reclaim({ uniqueKey: 'a', content: 'changed' }, 'end');
    await queue.reclaim(request('b'), 'front');
    expect(await fetched(queue, 2)).toBe('bd');
    expect(await queue.fetchNext(10)).toEqual([{ uniqueKey: 'a', content: 'changed' }]);
  }));

test('after a new opening what was in progress is pending again, in its place, and nothing else is', () =>
  withTemporaryFolder(async (folder) => {
    await withQueueIn(folder, async (queue) => {
      await queue.add(requests('abcde'), 'end');
      expect(await fetched(queue, 3)).toBe('abc');
      await queue.markHandled('b');
    });
    await withQueueIn(folder, async (queue) => {
      expect(await queue.count()).toEqual({ total: 5, handled: 1 });
      expect(await fetched(queue)).toBe('acde');
    });
  }));

test('pending requests that are dropped may be added anew, those handled stay', () =>
  withTemporaryFolder(async (folder) => {
    await withQueueIn(folder, async (queue) => {
      await queue.add(requests('abc'), 'end');
      await queue.fetchNext(2);
      await queue.markHandled('a');
    });
    await withQueueIn(folder, async (queue) => {
      await queue.dropPending();
      expect(await queue.isFinished()).toBe(true);
      expect(await queue.add(requests('cba'), 'end')).toEqual(['absent', 'absent', 'handled']);
      expect(await fetched(queue)).toBe('cb');
    });
  }));
