import type { StorageClient } from '@crawlee/types';
import { describe, expect, test } from '@jest/globals';
import { type BackendName, withBackend } from './backends.js';

/** What a dataset has to do. */
export function describeDataset(backend: BackendName): void {
  const run = (work: (client: StorageClient) => Promise<void>) => () => withBackend(backend, work);

  describe('a dataset', () => {
    const withItems = (count: number, work: (dataset: Dataset) => Promise<void>) =>
      run(async (client) => {
        await client.datasets().getOrCreate('rows');
        const dataset = client.dataset('rows') as Dataset;
        const items = Array.from({ length: count }, (_, n) => ({ n }));
        if (count > 0) await dataset.pushItems(items);
        await work(dataset);
      });
    type Dataset = Required<ReturnType<StorageClient['dataset']>>;
    const numbers = (items: { n?: number }[]) => items.map(({ n }) => n);

    test(
      'takes objects and JSON texts, one or several',
      withItems(0, async (dataset) => {
        await dataset.pushItems({ n: 0 });
        await dataset.pushItems([{ n: 1 }, { n: 2 }]);
        await dataset.pushItems('{ "n": 3 }');
        await dataset.pushItems('[{ "n": 4 }, { "n": 5 }]');
        await dataset.pushItems(['{ "n": 6 }', '{ "n": 7 }']);
        await dataset.pushItems([]);
        expect(numbers((await dataset.listItems()).items)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
        expect((await dataset.get())?.itemCount).toBe(8);
      }),
    );

    test.each([
      ['an array in an array', [[{ n: 1 }]]],
      ['a JSON text of a number', '7'],
      ['a text that is no JSON', 'seven'],
      ['null', null],
    ])('refuses %s', (_, items) =>
      withItems(1, async (dataset) => {
        await expect(dataset.pushItems(items as unknown as string)).rejects.toThrow();
        expect((await dataset.get())?.itemCount).toBe(1);
      })(),
    );

    test(
      'keeps what it is given, in every character and depth',
      withItems(0, async (dataset) => {
        const item = {
          text: 'a\0b"\\ \u{1f600} \ud800',
          list: [1, [null, { x: true }]],
          zero: -1.5e-9,
        };
        await dataset.pushItems(item);
        expect((await dataset.listItems()).items).toEqual([item]);
      }),
    );

    test.each([
      [{}, [0, 1, 2, 3, 4]],
      [{ offset: 3 }, [3, 4]],
      [{ limit: 2 }, [0, 1]],
      [{ offset: 1, limit: 2 }, [1, 2]],
      [{ offset: 4, limit: 9 }, [4]],
      [{ offset: 5 }, []],
      [{ offset: 99, limit: 1 }, []],
      [{ limit: 0 }, []],
      [{ desc: true }, [4, 3, 2, 1, 0]],
      [{ desc: true, limit: 2 }, [4, 3]],
      [{ desc: true, offset: 1, limit: 2 }, [3, 2]],
    ])('lists the page %j', (options, expected) =>
      withItems(5, async (dataset) => {
        const page = await dataset.listItems(options);
        expect(numbers(page.items)).toEqual(expected);
        expect(page).toMatchObject({
          total: 5,
          count: expected.length,
          offset: 'offset' in options ? options.offset : 0,
          limit: 'limit' in options ? options.limit : 999_999_999_999,
          desc: 'desc' in options,
        });
        const entries = await dataset.listEntries(options);
        const first = 'offset' in options ? (options.offset as number) : 0;
        expect(entries.items).toEqual(expected.map((n, index) => [first + index, { n }]));
      })(),
    );

    test.each([[{}], [{ offset: 1700, limit: 500 }], [{ limit: 1500 }], [{ offset: 2500 }]])(
      'iterates over all pages of %j',
      (options) =>
        withItems(2500, async (dataset) => {
          const iterated = [];
          for await (const item of dataset.listItems(options)) iterated.push(item);
          expect(iterated).toEqual((await dataset.listItems(options)).items);
          const entries = [];
          for await (const entry of dataset.listEntries(options)) entries.push(entry);
          expect(entries).toEqual((await dataset.listEntries(options)).items);
        })(),
    );

    test(
      'is empty at first',
      withItems(0, async (dataset) => {
        expect(await dataset.listItems()).toMatchObject({ total: 0, count: 0, items: [] });
        for await (const item of dataset.listItems()) throw new Error(`There is ${item}.`);
      }),
    );

    test(
      'that does not exist has no items, and takes none',
      run(async (client) => {
        const dataset = client.dataset('none');
        await expect(dataset.pushItems({ n: 1 })).rejects.toThrow('does not exist');
        await expect(dataset.listItems()).rejects.toThrow('does not exist');
      }),
    );
  });
}
