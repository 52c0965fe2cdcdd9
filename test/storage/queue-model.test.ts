import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DurableStorageClient } from '../../src/storage/client.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

/** All that a queue is: an order, what is done, and who holds what until when. */
class Model {
  now = 0;
  pending: string[] = [];
  handled = new Set<string>();
  locks = new Map<string, number>();

  isLocked = (key: string) => (this.locks.get(key) ?? 0) > this.now;
  isKnown = (key: string) => this.handled.has(key) || this.pending.includes(key);

  put(key: string, front: boolean): void {
    this.pending = this.pending.filter((other) => other !== key);
    this.handled.delete(key);
    if (front) this.pending.unshift(key);
    else this.pending.push(key);
  }

  add(keys: string[], front: boolean): boolean[] {
    return keys.map((key) => {
      const isKnown = this.isKnown(key);
      if (!isKnown) this.put(key, front);
      return isKnown;
    });
  }

  claim(limit: number, seconds: number): string[] {
    const keys = this.pending.filter((key) => !this.isLocked(key)).slice(0, limit);
    for (const key of keys) this.locks.set(key, this.now + seconds);
    return keys;
  }

  prolong(key: string, seconds: number, front: boolean): boolean {
    if (!this.pending.includes(key)) return false;
    this.locks.set(key, this.now + seconds);
    if (front) this.put(key, true);
    return true;
  }

  release(key: string, front: boolean): boolean {
    if (!this.pending.includes(key) || !this.isLocked(key)) return false;
    this.locks.delete(key);
    if (front) this.put(key, true);
    return true;
  }

  handle(key: string): boolean {
    const isKnown = this.isKnown(key);
    this.remove(key);
    this.handled.add(key);
    return isKnown;
  }

  reclaim(key: string, front: boolean): boolean {
    const isKnown = this.isKnown(key);
    this.put(key, front);
    return isKnown;
  }

  remove(key: string): void {
    this.pending = this.pending.filter((other) => other !== key);
    this.handled.delete(key);
    this.locks.delete(key);
  }
}

/** The real queue, by unique keys in place of ids, in a storage that can be opened anew. */
class Real {
  #client: DurableStorageClient;
  readonly #ids = new Map<string, string>();

  private constructor(
    private readonly folder: string,
    private readonly clock: () => number,
  ) {
    this.#client = DurableStorageClient.open(folder, { clock });
  }

  static async open(folder: string, clock: () => number): Promise<Real> {
    const real = new Real(folder, clock);
    await real.#client.requestQueues().getOrCreate('queue');
    // Learns the ids, as Crawlee knows them beforehand.
    for (const key of keys) {
      const { requestId } = await real.queue.addRequest(request(key));
      real.#ids.set(key, requestId);
      await real.queue.deleteRequest(requestId);
    }
    return real;
  }

  get queue() {
    return this.#client.requestQueue('queue', { clientKey: 'one' });
  }

  id(key: string): string {
    return this.#ids.get(key) as string;
  }

  /** As after a kill if `closes` is false: the former client is left behind as it is. */
  reopen(closes: boolean): void {
    if (closes) this.#client.close();
    this.#client = DurableStorageClient.open(this.folder, { clock: this.clock });
  }

  close(): void {
    this.#client.close();
  }
}

/** Few, so that the steps of a sequence meet. */
const keys = ['a', 'b', 'c', 'd'];
const request = (key: string) => ({ url: `https://album.test/${key}`, uniqueKey: key });
const works = (attempt: Promise<unknown>) =>
  attempt.then(
    () => true,
    () => false,
  );

type Step = (model: Model, real: Real) => Promise<[expected: unknown, actual: unknown]>;

const key = fc.constantFrom(...keys);
const seconds = fc.integer({ min: 1, max: 5 });
const front = fc.boolean();

/** A step that shows in a failure's report what it is. */
function step<Values extends unknown[]>(
  name: string,
  values: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  take: (...values: Values) => Step,
): fc.Arbitrary<Step> {
  const given = fc.tuple(...values) as unknown as fc.Arbitrary<Values>;
  return given.map((values) =>
    Object.assign(take(...values), { [fc.toStringMethod]: () => `${name}(${values})` }),
  );
}

const steps = fc.oneof(
  step(
    'add',
    [fc.array(key, { maxLength: 4 }), front],
    (added, forefront) => async (model, real) => {
      const result = await real.queue.batchAddRequests(added.map(request), { forefront });
      const known = result.processedRequests.map(({ wasAlreadyPresent }) => wasAlreadyPresent);
      return [model.add(added, forefront), known];
    },
  ),
  step(
    'claim',
    [fc.integer({ min: 1, max: 4 }), seconds],
    (limit, lockSecs) => async (model, real) => {
      const { items, queueHasLockedRequests } = await real.queue.listAndLockHead({
        limit,
        lockSecs,
      });
      const claimed = model.claim(limit, lockSecs);
      const flag = model.pending.some(model.isLocked);
      return [
        [claimed, flag],
        [items.map(({ uniqueKey }) => uniqueKey), queueHasLockedRequests],
      ];
    },
  ),
  step('prolong', [key, seconds, front], (id, lockSecs, forefront) => async (model, real) => [
    model.prolong(id, lockSecs, forefront),
    await works(real.queue.prolongRequestLock(real.id(id), { lockSecs, forefront })),
  ]),
  step('release', [key, front], (id, forefront) => async (model, real) => [
    model.release(id, forefront),
    await works(real.queue.deleteRequestLock(real.id(id), { forefront })),
  ]),
  step('handle', [key], (id) => async (model, real) => {
    const update = { ...request(id), id: real.id(id), handledAt: '2026-01-01T00:00:00.000Z' };
    return [model.handle(id), (await real.queue.updateRequest(update)).wasAlreadyPresent];
  }),
  step('reclaim', [key, front], (id, forefront) => async (model, real) => {
    const update = { ...request(id), id: real.id(id) };
    const info = await real.queue.updateRequest(update, { forefront });
    return [model.reclaim(id, forefront), info.wasAlreadyPresent];
  }),
  step('remove', [key], (id) => async (model, real) => {
    model.remove(id);
    return [undefined, await real.queue.deleteRequest(real.id(id))];
  }),
  step('wait', [seconds], (passed) => async (model) => {
    model.now += passed;
    return [0, 0];
  }),
  step('reopen', [fc.boolean()], (closes) => async (model, real) => {
    model.locks.clear();
    real.reopen(closes);
    return [0, 0];
  }),
);

test('whatever is done to a queue, in whatever order and with reopenings, it stays what the model is', () =>
  fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 40 }), (sequence) =>
      withTemporaryFolder(async (folder) => {
        const model = new Model();
        const real = await Real.open(folder, () => model.now * 1000);
        for (const next of sequence) {
          const [expected, actual] = await next(model, real);
          expect(actual).toEqual(expected);
          const head = (await real.queue.listHead()).items.map(({ uniqueKey }) => uniqueKey);
          expect(head).toEqual(model.pending);
          expect(await real.queue.get()).toMatchObject({
            pendingRequestCount: model.pending.length,
            handledRequestCount: model.handled.size,
          });
        }
        real.close();
      }),
    ),
    { numRuns: 200 },
  ));
