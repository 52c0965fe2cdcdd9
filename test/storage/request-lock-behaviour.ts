import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type BackendName, stopClock } from './backends.js';
import { handle, head, idOf, lock, request, withQueue } from './queue-steps.js';

/** In which order a request queue hands out, and what its locks do. */
export function describeRequestLocks(backend: BackendName): void {
  describe('the head of a request queue', () => {
    let clock: ReturnType<typeof stopClock>;
    beforeEach(() => {
      clock = stopClock();
    });
    afterEach(() => clock.restart());

    test(
      'hands out in the order of adding, what is put in front first, the last of those foremost',
      withQueue(backend, ['a', 'b'], async (queue) => {
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
      withQueue(backend, ['a', 'b', 'c', 'd'], async (queue) => {
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
        backend,
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
      withQueue(backend, ['a', 'b'], async (queue) => {
        expect(await lock(queue, 1, 10)).toEqual(['a']);
        clock.advance(9.999);
        expect(await lock(queue, 1, 10)).toEqual(['b']);
        clock.advance(0.002);
        expect(await lock(queue)).toEqual(['a']);
      }),
    );

    test(
      'a lock that is prolonged holds longer',
      withQueue(backend, ['a'], async (queue) => {
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
      withQueue(backend, ['a', 'b', 'c'], async (queue) => {
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
      withQueue(backend, ['a', 'b', 'c'], async (queue) => {
        await lock(queue, 3, 10);
        await queue.prolongRequestLock(await idOf(queue, 'c'), { lockSecs: 1, forefront: true });
        clock.advance(60);
        expect(await lock(queue)).toEqual(['c', 'a', 'b']);
      }),
    );

    test(
      'locks of what is unknown, handled or not locked cannot be deleted, nor those prolonged that are unknown or handled',
      withQueue(backend, ['a', 'b'], async (queue) => {
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
  });
}
