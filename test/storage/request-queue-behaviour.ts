import type { RequestSchema } from '@crawlee/types';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type BackendName, stopClock, withBackend } from './backends.js';
import { done, handle, head, idOf, lock, request, withQueue } from './queue-steps.js';

/** What a request queue has to do. */
export function describeRequestQueue(backend: BackendName): void {
  describe('a request queue', () => {
    let clock: ReturnType<typeof stopClock>;
    beforeEach(() => {
      clock = stopClock();
    });
    afterEach(() => clock.restart());

    test(
      'is empty at first',
      withQueue(backend, [], async (queue) => {
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
      withQueue(backend, [], async (queue) => {
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
      withQueue(backend, [], async (queue) => {
        const added = { ...request('one'), loadedUrl: null } as unknown as RequestSchema;
        const { requestId } = await queue.addRequest(added);
        expect(await queue.getRequest(requestId)).toEqual({ ...request('one'), id: requestId });
      }),
    );

    test(
      'does not know an unknown id, and deleting it does nothing',
      withQueue(backend, ['one'], async (queue) => {
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
      withQueue(backend, [], async (queue) => {
        const refused = bad as RequestSchema;
        await expect(queue.addRequest(refused)).rejects.toThrow();
        await expect(queue.batchAddRequests([refused])).rejects.toThrow();
        await expect(queue.updateRequest({ id: '', ...refused })).rejects.toThrow();
        expect((await queue.get())?.totalRequestCount).toBe(0);
      })(),
    );

    test(
      'a request that is there already stays as it is, pending or handled',
      withQueue(backend, ['one', 'two'], async (queue) => {
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
      withQueue(backend, [], async (queue) => {
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
      withQueue(backend, ['known', 'handled'], async (queue) => {
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
      'what is handled is never handed out again, and its lock is over',
      withQueue(backend, ['a', 'b'], async (queue) => {
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
      withQueue(backend, ['a', 'b', 'c'], async (queue) => {
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
      'a handled request that is made pending again is free at once',
      withQueue(backend, ['a', 'b'], async (queue) => {
        await lock(queue);
        await handle(queue, 'a');
        const id = await idOf(queue, 'a');
        expect(await queue.updateRequest({ ...request('a'), id })).toMatchObject({
          wasAlreadyHandled: true,
        });
        clock.advance(1);
        expect(await lock(queue)).toEqual(['a']);
      }),
    );

    test(
      'updating a request that is not there adds it',
      withQueue(backend, [], async (queue) => {
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
      withQueue(backend, ['a', 'b', 'c'], async (queue) => {
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
      withQueue(backend, [], async (queue) => {
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

    test('that does not exist refuses everything', () =>
      withBackend(backend, async (client) => {
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
      }));
  });
}
