import type { RequestQueueClient, RequestSchema, StorageClient } from '@crawlee/types';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type BackendName, stopClock, withBackend } from './backends.js';

/** What a request queue has to do. */
export function describeRequestQueue(backend: BackendName): void {
  const run = (work: (client: StorageClient) => Promise<void>) => () => withBackend(backend, work);

  describe('a request queue', () => {
    let clock: ReturnType<typeof stopClock>;
    beforeEach(() => {
      clock = stopClock();
    });
    afterEach(() => clock.restart());

    const request = (name: string): RequestSchema => ({
      url: `https://album.test/${name}`,
      uniqueKey: name,
    });
    const done = { handledAt: '2026-01-01T00:00:00.000Z' };
    const withQueue = (names: string[], work: (queue: RequestQueueClient) => Promise<void>) =>
      run(async (client) => {
        await client.requestQueues().getOrCreate('queue');
        const queue = client.requestQueue('queue');
        for (const name of names) await queue.addRequest(request(name));
        await work(queue);
      });
    const idOf = async (queue: RequestQueueClient, name: string) =>
      (await queue.addRequest(request(name))).requestId;
    const lock = async (queue: RequestQueueClient, limit = 25, lockSecs = 60) =>
      (await queue.listAndLockHead({ limit, lockSecs })).items.map(({ uniqueKey }) => uniqueKey);
    const head = async (queue: RequestQueueClient) =>
      (await queue.listHead()).items.map(({ uniqueKey }) => uniqueKey);
    const handle = async (queue: RequestQueueClient, name: string) =>
      queue.updateRequest({ ...request(name), id: await idOf(queue, name), ...done });

    test(
      'is empty at first',
      withQueue([], async (queue) => {
        expect(await queue.get()).toMatchObject({
          name: 'queue',
          hadMultipleClients: false,
          totalRequestCount: 0,
          handledRequestCount: 0,
          pendingRequestCount: 0,
        });
        expect(await queue.listHead()).toMatchObject({ limit: 100, items: [] });
        expect(await queue.listAndLockHead({ lockSecs: 5 })).toMatchObject({
          limit: 25,
          lockSecs: 5,
          queueModifiedAt: expect.any(Date),
          items: [],
        });
      }),
    );

    test(
      "adds a request under Crawlee's own id, and gives it back",
      withQueue([], async (queue) => {
        const added = {
          ...request('one'),
          method: 'POST' as const,
          payload: 'a\0b \u{1f600}',
          retryCount: 2,
          headers: { accept: '*/*' },
          userData: { label: 'IMAGE', deep: [{ a: null }] },
          errorMessages: [],
        };
        const info = await queue.addRequest(added);
        expect(info).toEqual({
          requestId: 'dpLDrTVAu4A8Ags',
          wasAlreadyPresent: false,
          wasAlreadyHandled: false,
        });
        expect(await queue.getRequest(info.requestId)).toEqual({ ...added, id: info.requestId });
        expect((await queue.listHead()).items).toMatchObject([
          { id: info.requestId, uniqueKey: 'one', url: added.url, method: 'POST', retryCount: 2 },
        ]);
      }),
    );

    test(
      'leaves out fields that are null, which Crawlee would refuse',
      withQueue([], async (queue) => {
        const added = { ...request('one'), loadedUrl: null } as unknown as RequestSchema;
        const { requestId } = await queue.addRequest(added);
        expect(await queue.getRequest(requestId)).toEqual({ ...request('one'), id: requestId });
      }),
    );

    test(
      'does not know an unknown id, and deleting it does nothing',
      withQueue(['one'], async (queue) => {
        expect(await queue.getRequest('unknown')).toBeUndefined();
        await queue.deleteRequest('unknown');
        expect((await queue.get())?.totalRequestCount).toBe(1);
      }),
    );

    test.each([
      ['no url', { uniqueKey: 'one' }],
      ['a url that is none', { uniqueKey: 'one', url: 'one' }],
      ['a url of a file', { uniqueKey: 'one', url: 'file:///etc/passwd' }],
      ['no unique key', { url: 'https://album.test/' }],
      ['a foreign id', { ...request('one'), id: 'another' }],
    ])('refuses a request with %s', (_, bad) =>
      withQueue([], async (queue) => {
        const refused = bad as RequestSchema;
        await expect(queue.addRequest(refused)).rejects.toThrow();
        await expect(queue.batchAddRequests([refused])).rejects.toThrow();
        await expect(queue.updateRequest({ id: '', ...refused })).rejects.toThrow();
        expect((await queue.get())?.totalRequestCount).toBe(0);
      })(),
    );

    test(
      'a request that is there already stays as it is, pending or handled',
      withQueue(['one', 'two'], async (queue) => {
        const again = { ...request('one'), userData: { changed: true } };
        const { requestId, ...info } = await queue.addRequest(again, { forefront: true });
        expect(info).toEqual({ wasAlreadyPresent: true, wasAlreadyHandled: false });
        expect(await queue.getRequest(requestId)).not.toHaveProperty('userData');
        await handle(queue, 'one');
        expect(await queue.addRequest(again)).toEqual({
          requestId,
          wasAlreadyPresent: true,
          wasAlreadyHandled: true,
        });
        expect(await lock(queue)).toEqual(['two']);
      }),
    );

    test(
      'a request that is handled when it is added is never handed out',
      withQueue([], async (queue) => {
        expect(await queue.addRequest({ ...request('one'), ...done })).toMatchObject({
          wasAlreadyPresent: false,
          wasAlreadyHandled: false,
        });
        expect(await head(queue)).toEqual([]);
        expect(await queue.get()).toMatchObject({ handledRequestCount: 1, pendingRequestCount: 0 });
        expect(await queue.addRequest(request('one'))).toMatchObject({ wasAlreadyHandled: true });
      }),
    );

    test(
      'a batch tells new, doubled, known and handled ones apart',
      withQueue(['known', 'handled'], async (queue) => {
        await handle(queue, 'handled');
        const names = ['new', 'known', 'new', 'handled'];
        const result = await queue.batchAddRequests(names.map(request));
        expect(result.unprocessedRequests).toEqual([]);
        const states = result.processedRequests.map((processed) => [
          processed.uniqueKey,
          processed.wasAlreadyPresent,
          processed.wasAlreadyHandled,
        ]);
        expect(states).toEqual([
          ['new', false, false],
          ['known', true, false],
          ['new', true, false],
          ['handled', true, true],
        ]);
        expect(await queue.get()).toMatchObject({ totalRequestCount: 3, handledRequestCount: 1 });
        expect(await queue.batchAddRequests([])).toEqual({
          processedRequests: [],
          unprocessedRequests: [],
        });
      }),
    );

    test(
      'hands out in the order of adding, what is put in front first, the last of those foremost',
      withQueue(['a', 'b'], async (queue) => {
        await queue.addRequest(request('c'), { forefront: true });
        await queue.batchAddRequests([request('d'), request('e')]);
        await queue.batchAddRequests([request('f'), request('g')], { forefront: true });
        const order = ['g', 'f', 'c', 'a', 'b', 'd', 'e'];
        expect(await head(queue)).toEqual(order);
        expect(await lock(queue, 2)).toEqual(order.slice(0, 2));
        expect(await lock(queue)).toEqual(order.slice(2));
      }),
    );

    test(
      'gives no more than the limit, nor what is locked',
      withQueue(['a', 'b', 'c', 'd'], async (queue) => {
        expect((await queue.listHead({ limit: 2 })).items).toHaveLength(2);
        expect(await lock(queue, 1)).toEqual(['a']);
        expect(await lock(queue, 2)).toEqual(['b', 'c']);
        expect(await lock(queue)).toEqual(['d']);
        expect(await lock(queue)).toEqual([]);
        expect(await head(queue)).toEqual(['a', 'b', 'c', 'd']);
      }),
    );

    test(
      'what many ask for at once goes to one of them',
      withQueue(
        Array.from({ length: 40 }, (_, index) => String(index)),
        async (queue) => {
          const given = await Promise.all(Array.from({ length: 10 }, () => lock(queue, 5)));
          expect(new Set(given.flat()).size).toBe(40);
          expect(given.flat()).toHaveLength(40);
        },
      ),
    );

    test(
      'a lock ends when its time is over, and no sooner',
      withQueue(['a', 'b'], async (queue) => {
        expect(await lock(queue, 1, 10)).toEqual(['a']);
        clock.advance(9.999);
        expect(await lock(queue, 1, 10)).toEqual(['b']);
        clock.advance(0.002);
        expect(await lock(queue)).toEqual(['a']);
      }),
    );

    test(
      'a lock that is prolonged holds longer',
      withQueue(['a'], async (queue) => {
        const id = await idOf(queue, 'a');
        await lock(queue, 1, 10);
        const { lockExpiresAt } = await queue.prolongRequestLock(id, { lockSecs: 20 });
        expect(lockExpiresAt).toBeInstanceOf(Date);
        clock.advance(15);
        expect(await lock(queue)).toEqual([]);
        clock.advance((lockExpiresAt.getTime() - clock.now()) / 1000 + 0.001);
        expect(await lock(queue)).toEqual(['a']);
      }),
    );

    test(
      'a lock that is deleted frees its request, at its place or in front',
      withQueue(['a', 'b', 'c'], async (queue) => {
        await lock(queue);
        await queue.deleteRequestLock(await idOf(queue, 'b'));
        await queue.deleteRequestLock(await idOf(queue, 'a'));
        expect(await lock(queue)).toEqual(['a', 'b']);
        clock.advance(1);
        await queue.deleteRequestLock(await idOf(queue, 'a'));
        await queue.deleteRequestLock(await idOf(queue, 'c'), { forefront: true });
        clock.advance(1);
        expect(await lock(queue)).toEqual(['c', 'a']);
      }),
    );

    test(
      'a lock can be prolonged into a place in front',
      withQueue(['a', 'b', 'c'], async (queue) => {
        await lock(queue, 3, 10);
        await queue.prolongRequestLock(await idOf(queue, 'c'), { lockSecs: 1, forefront: true });
        clock.advance(60);
        expect(await lock(queue)).toEqual(['c', 'a', 'b']);
      }),
    );

    test(
      'locks of what is unknown, handled or not locked cannot be deleted, nor those prolonged that are unknown or handled',
      withQueue(['a', 'b'], async (queue) => {
        await handle(queue, 'a');
        const options = { lockSecs: 5 };
        const [a, b] = [await idOf(queue, 'a'), await idOf(queue, 'b')];
        await expect(queue.prolongRequestLock('unknown', options)).rejects.toThrow('not found');
        await expect(queue.prolongRequestLock(a, options)).rejects.toThrow('already been handled');
        await expect(queue.deleteRequestLock('unknown')).rejects.toThrow('not found');
        await expect(queue.deleteRequestLock(a)).rejects.toThrow();
        clock.advance(1);
        await expect(queue.deleteRequestLock(b)).rejects.toThrow('is not locked');
      }),
    );

    test(
      'what is handled is never handed out again, and its lock is over',
      withQueue(['a', 'b'], async (queue) => {
        await lock(queue, 1, 10);
        const id = await idOf(queue, 'a');
        const update = { ...request('a'), id, ...done, userData: { sha256: '…' } };
        expect(await queue.updateRequest(update)).toEqual({
          requestId: id,
          wasAlreadyPresent: true,
          wasAlreadyHandled: false,
        });
        expect(await queue.updateRequest(update)).toMatchObject({ wasAlreadyHandled: true });
        clock.advance(60);
        expect(await lock(queue)).toEqual(['b']);
        expect(await queue.getRequest(id)).toEqual(update);
        expect(await queue.get()).toMatchObject({
          totalRequestCount: 2,
          handledRequestCount: 1,
          pendingRequestCount: 1,
        });
      }),
    );

    test(
      'a request that is reclaimed comes again, changed, in front if so wished',
      withQueue(['a', 'b', 'c'], async (queue) => {
        await lock(queue, 2);
        const reclaim = async (name: string) => {
          const id = await idOf(queue, name);
          clock.advance(1);
          await queue.updateRequest({ ...request(name), id, retryCount: 1 }, { forefront: true });
          // As Crawlee does, whose MemoryStorage has already unlocked it.
          await queue.deleteRequestLock(id, { forefront: true }).catch(() => undefined);
        };
        await reclaim('b');
        await reclaim('a');
        clock.advance(1);
        expect(await lock(queue)).toEqual(['a', 'b', 'c']);
        expect(await queue.getRequest(await idOf(queue, 'a'))).toMatchObject({ retryCount: 1 });
        expect(await queue.get()).toMatchObject({ pendingRequestCount: 3 });
      }),
    );

    test(
      'updating a request that is not there adds it',
      withQueue([], async (queue) => {
        const id = 'dpLDrTVAu4A8Ags';
        expect(await queue.updateRequest({ ...request('one'), id })).toEqual({
          requestId: id,
          wasAlreadyPresent: false,
          wasAlreadyHandled: false,
        });
        expect(await lock(queue)).toEqual(['one']);
      }),
    );

    test(
      'a deleted request is forgotten, and can be added anew',
      withQueue(['a', 'b', 'c'], async (queue) => {
        await handle(queue, 'c');
        await queue.deleteRequest(await idOf(queue, 'a'));
        await queue.deleteRequest(await idOf(queue, 'c'));
        expect(await queue.get()).toMatchObject({
          totalRequestCount: 1,
          handledRequestCount: 0,
          pendingRequestCount: 1,
        });
        expect(await queue.addRequest(request('a'))).toMatchObject({ wasAlreadyPresent: false });
        expect(await lock(queue)).toEqual(['b', 'a']);
      }),
    );

    test(
      'changes its time of change with every change',
      withQueue([], async (queue) => {
        clock.advance(100);
        await queue.addRequest(request('a'));
        expect((await queue.listHead()).queueModifiedAt.getTime()).toBe(clock.now());
        const changed = clock.now();
        clock.advance(100);
        const info = await queue.get();
        expect(info?.modifiedAt.getTime()).toBe(changed);
        expect(info?.accessedAt.getTime()).toBe(clock.now());
      }),
    );

    test(
      'that does not exist refuses everything',
      run(async (client) => {
        const queue = client.requestQueue('none');
        const one = { ...request('one'), id: 'dpLDrTVAu4A8Ags' };
        const options = { lockSecs: 1 };
        for (const attempt of [
          () => queue.addRequest(request('one')),
          () => queue.batchAddRequests([request('one')]),
          () => queue.updateRequest(one),
          () => queue.getRequest(one.id),
          () => queue.deleteRequest(one.id),
          () => queue.listHead(),
          () => queue.listAndLockHead(options),
          () => queue.prolongRequestLock(one.id, options),
          () => queue.deleteRequestLock(one.id),
        ])
          await expect(attempt()).rejects.toThrow('does not exist');
      }),
    );
  });
}
