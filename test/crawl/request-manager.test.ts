import { AsyncLocalStorage } from 'node:async_hooks';
import type { Request } from '@crawlee/cheerio';
import { describe, expect, test } from '@jest/globals';
import { RenewedPages } from '../../src/crawl/renewed-pages.js';
import { RequestManager } from '../../src/crawl/request-manager.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

describe('the request manager', () => {
  const address = (name: string) => `https://album.example/${name}`;
  const request = (name: string) => ({ url: address(name), uniqueKey: name, label: 'IMAGE' });

  /** Opens a storage folder as a run does, and the manager of its queue. */
  async function opened(folder: string) {
    const storage = StorageFolder.open(folder);
    return { storage, manager: await RequestManager.open(storage.requests) };
  }

  async function fetched(manager: RequestManager): Promise<string[]> {
    const names: string[] = [];
    for await (const { uniqueKey } of manager) names.push(uniqueKey);
    return names;
  }

  test('an empty queue is empty and finished, and hands out nothing', () =>
    withTemporaryFolder(async (folder) => {
      const { storage, manager } = await opened(folder);
      expect(await manager.isEmpty()).toBe(true);
      expect(await manager.isFinished()).toBe(true);
      expect(await manager.fetchNextRequest()).toBeNull();
      storage.close();
    }));

  test('requests come in their order, each once, with what they carry', () =>
    withTemporaryFolder(async (folder) => {
      const { storage, manager } = await opened(folder);
      const names = Array.from({ length: 100 }, (_, index) => `photo ${index}`);
      await manager.addRequestsBatched(names.map(request));
      await manager.addRequestsBatched(names.map(request));
      const first = await manager.fetchNextRequest();
      expect(first).toMatchObject({ url: address('photo 0'), label: 'IMAGE', method: 'GET' });
      expect(await fetched(manager)).toEqual(names.slice(1));
      storage.close();
    }));

  test('what is put in front comes before what was claimed already', () =>
    withTemporaryFolder(async (folder) => {
      const { storage, manager } = await opened(folder);
      await manager.addRequestsBatched(['a', 'b', 'c'].map(request));
      expect((await manager.fetchNextRequest())?.uniqueKey).toBe('a');
      await manager.addRequest(request('page 1'), { forefront: true });
      await manager.addRequest(request('page 2'), { forefront: true });
      expect(await fetched(manager)).toEqual(['page 2', 'page 1', 'b', 'c']);
      storage.close();
    }));

  test('it says so when requests were added, and are there to be handed out', () =>
    withTemporaryFolder(async (folder) => {
      const { storage, manager } = await opened(folder);
      const found: boolean[] = [];
      manager.onAdded(() => void manager.isEmpty().then((isEmpty) => found.push(!isEmpty)));
      await manager.addRequestsBatched(['a', 'b'].map(request));
      await manager.addRequest(request('c'));
      expect(found).toEqual([true, true]);
      storage.close();
    }));

  test('what it calls then begins outside of the handler that adds them', () =>
    withTemporaryFolder(async (folder) => {
      const { storage, manager } = await opened(folder);
      const context = new AsyncLocalStorage<string>();
      const seen: (string | undefined)[] = [];
      manager.onAdded(() => seen.push(context.getStore()));
      await context.run('the handler of a page', () => manager.addRequest(request('a')));
      expect(seen).toEqual([undefined]);
      storage.close();
    }));

  test('it is finished when the last request in progress is handled, not before', () =>
    withTemporaryFolder(async (folder) => {
      const { storage, manager } = await opened(folder);
      await manager.addRequest(request('a'));
      const taken = await manager.fetchNextRequest();
      expect(await manager.isEmpty()).toBe(true);
      expect(await manager.isFinished()).toBe(false);
      if (taken !== null) await manager.markRequestHandled(taken);
      expect(await manager.isFinished()).toBe(true);
      expect([await manager.handledCount(), manager.getTotalCount()]).toEqual([1, 1]);
      expect(manager.getPendingCount()).toBe(0);
      storage.close();
    }));

  test('a reclaimed request comes again, in front or at the end', () =>
    withTemporaryFolder(async (folder) => {
      const { storage, manager } = await opened(folder);
      await manager.addRequestsBatched(['a', 'b', 'c'].map(request));
      const a = await manager.fetchNextRequest();
      const b = await manager.fetchNextRequest();
      if (a !== null) await manager.reclaimRequest(a);
      if (b !== null) await manager.reclaimRequest(b, { forefront: true });
      expect(await fetched(manager)).toEqual(['b', 'c', 'a']);
      storage.close();
    }));

  test('what the site said of a request is not kept with it', () =>
    withTemporaryFolder(async (folder) => {
      const { storage, manager } = await opened(folder);
      await manager.addRequest(request('a'));
      const taken = await manager.fetchNextRequest();
      taken?.pushErrorMessage(new Error('it says secret'));
      if (taken !== null) taken.loadedUrl = 'https://album.test/?session=secret';
      if (taken !== null) await manager.reclaimRequest(taken);
      const again = await manager.fetchNextRequest();
      expect(again?.uniqueKey).toBe('a');
      expect(JSON.stringify(again)).not.toContain('secret');
      storage.close();
    }));

  test('what is handled stays so in the next run, and what was in progress comes again in its order', () =>
    withTemporaryFolder(async (folder) => {
      const before = await opened(folder);
      await before.manager.addRequestsBatched(['a', 'b', 'c', 'd'].map(request));
      const a = await before.manager.fetchNextRequest();
      if (a !== null) await before.manager.markRequestHandled(a);
      await before.manager.fetchNextRequest();
      before.storage.close();

      const { storage, manager } = await opened(folder);
      expect(manager.getPendingCount()).toBe(3);
      expect(await manager.addRequest(request('a'))).toMatchObject({ wasAlreadyHandled: true });
      expect(await fetched(manager)).toEqual(['b', 'c', 'd']);
      storage.close();
    }));

  test('a limit of new requests is refused, not ignored', () =>
    withTemporaryFolder(async (folder) => {
      const { storage, manager } = await opened(folder);
      await expect(
        manager.addRequestsBatched([request('a')], { maxNewRequests: 1 }),
      ).rejects.toThrow('no limit of new requests');
      storage.close();
    }));

  test('a request that its handler marks handled stays so, and counts once', () =>
    withTemporaryFolder(async (folder) => {
      const { storage, manager } = await opened(folder);
      await manager.addRequestsBatched(['a', 'b'].map(request));
      const first = (await manager.fetchNextRequest()) as Request;

      await storage.database.groupCommit(() => manager.markHandledWithin(first));
      storage.database.close();
      await manager.markRequestHandled(first);

      expect(await manager.handledCount()).toBe(1);
      const next = await opened(folder);
      expect(await fetched(next.manager)).toEqual(['b']);
      next.storage.close();
    }));
});

describe('pages that are renewed', () => {
  /** Pages whose readings are counted. */
  function counted(life?: number) {
    const read: number[] = [];
    const pages = new RenewedPages(async (page) => {
      read.push(page);
      return new Set([`photo ${read.length}`]);
    }, life);
    return { pages, read };
  }

  test('a page is read again once for all that ask for it', async () => {
    const { pages, read } = counted();
    const both = await Promise.all([pages.read(1), pages.read(1)]);
    both.push(await pages.read(1));
    expect(both.map((keys) => [...keys])).toEqual([['photo 1'], ['photo 1'], ['photo 1']]);
    await pages.read(2);
    expect(read).toEqual([1, 2]);
  });

  test('once more after a photo of the page was saved, not while it is being read', async () => {
    const { pages, read } = counted();
    const first = pages.read(1);
    pages.saved(1);
    await Promise.all([first, pages.read(1)]);
    pages.saved(2);
    await pages.read(1);
    expect(read).toEqual([1]);
    pages.saved(1);
    await pages.read(1);
    expect(read).toEqual([1, 1]);
  });

  test('once more when what it says may have run out again', async () => {
    const { pages, read } = counted(0);
    await pages.read(1);
    await pages.read(1);
    expect(read).toEqual([1, 1]);
  });
});
