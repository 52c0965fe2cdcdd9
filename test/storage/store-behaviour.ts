import type { StorageClient } from '@crawlee/types';
import { describe, expect, test } from '@jest/globals';
import { type BackendName, withBackend } from './backends.js';

/** What every store has to do, of whichever kind. */
export function describeStores(backend: BackendName): void {
  const run = (work: (client: StorageClient) => Promise<void>) => () => withBackend(backend, work);

  describe.each([
    ['datasets', 'dataset'],
    ['keyValueStores', 'keyValueStore'],
    ['requestQueues', 'requestQueue'],
  ] as const)('%s', (collection, single) => {
    test(
      'there are none at first, and none is made by asking for it',
      run(async (client) => {
        expect(await client[single]('one').get()).toBeUndefined();
        expect(await client[collection]().list()).toMatchObject({ total: 0, count: 0, items: [] });
      }),
    );

    test(
      'one is made once, and found by name in any case of letters, and by id',
      run(async (client) => {
        const made = await client[collection]().getOrCreate('One');
        expect(made).toMatchObject({ id: expect.any(String), name: 'One' });
        for (const time of ['createdAt', 'modifiedAt', 'accessedAt'] as const)
          expect(made[time]).toBeInstanceOf(Date);
        expect((await client[collection]().getOrCreate('oNE')).id).toBe(made.id);
        expect((await client[collection]().getOrCreate(made.id)).id).toBe(made.id);
        expect((await client[single]('one').get())?.id).toBe(made.id);
        expect((await client[single](made.id).get())?.name).toBe('One');
      }),
    );

    test(
      'all are listed, the oldest first, on one page',
      run(async (client) => {
        for (const name of ['b', 'a', 'c']) await client[collection]().getOrCreate(name);
        const list = await client[collection]().list();
        expect(list).toMatchObject({ total: 3, count: 3, offset: 0, limit: 3, desc: false });
        expect(list.items.map(({ name }) => name)).toEqual(['b', 'a', 'c']);
      }),
    );

    test(
      'one that is deleted is gone, and deleting it again does nothing',
      run(async (client) => {
        const { id } = await client[collection]().getOrCreate('one');
        await client[single](id).delete();
        await client[single](id).delete();
        await client[single]('never there').delete();
        expect(await client[single](id).get()).toBeUndefined();
        expect((await client[collection]().list()).total).toBe(0);
        expect((await client[collection]().getOrCreate('one')).id).not.toBe(id);
      }),
    );

    test(
      'renaming refuses a name that is taken and a store that is not there',
      run(async (client) => {
        await client[collection]().getOrCreate('one');
        await client[collection]().getOrCreate('two');
        const rename = (name: string) => client[single]('one').update({ name });
        await expect(rename('TWO')).rejects.toThrow('already exists');
        await expect(client[single]('three').update({ name: 'four' })).rejects.toThrow(
          'does not exist',
        );
        expect(await client[single]('one').update({})).toMatchObject({ name: 'one' });
      }),
    );
  });

  test(
    'stores without a name are different ones',
    run(async (client) => {
      const ids = await Promise.all([1, 2].map(async () => client.datasets().getOrCreate()));
      expect(new Set(ids.map(({ id }) => id)).size).toBe(2);
      expect(ids[0]?.name).toBeUndefined();
    }),
  );

  test(
    'a method of the client itself that has nothing to do does it',
    run(async (client) => {
      await client.purge?.();
      await client.setStatusMessage?.('Working.', { isStatusMessageTerminal: true });
      await client.teardown?.();
    }),
  );
}
