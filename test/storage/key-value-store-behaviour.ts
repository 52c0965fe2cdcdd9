import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { StorageClient } from '@crawlee/types';
import { describe, expect, test } from '@jest/globals';
import { type BackendName, withBackend } from './backends.js';

/** What a key-value store has to do. */
export function describeKeyValueStore(backend: BackendName): void {
  const run = (work: (client: StorageClient) => Promise<void>) => () => withBackend(backend, work);

  describe('a key-value store', () => {
    type Store = Required<ReturnType<StorageClient['keyValueStore']>>;
    const withStore = (keys: string[], work: (store: Store) => Promise<void>) =>
      run(async (client) => {
        await client.keyValueStores().getOrCreate('records');
        const store = client.keyValueStore('records') as Store;
        for (const key of keys) await store.setRecord({ key, value: key });
        await work(store);
      });

    test.each([
      ['a text', 'text', undefined, 'text/plain; charset=utf-8', 'text'],
      ['an empty text', '', undefined, 'text/plain; charset=utf-8', ''],
      ['a text with a zero', 'a\0b', undefined, 'text/plain; charset=utf-8', 'a\0b'],
      ['an object', { a: [1] }, undefined, 'application/json; charset=utf-8', { a: [1] }],
      ['a number', 7, undefined, 'application/json; charset=utf-8', 7],
      ['null', null, undefined, 'application/json; charset=utf-8', null],
      ['a JSON text', '{"a":1}', 'application/json', 'application/json', { a: 1 }],
      ['XML', '<a/>', 'application/xml', 'application/xml', '<a/>'],
      [
        'bytes',
        Buffer.from([0, 255]),
        undefined,
        'application/octet-stream',
        Buffer.from([0, 255]),
      ],
      ['no bytes', Buffer.alloc(0), undefined, 'application/octet-stream', Buffer.alloc(0)],
      ['bytes of text', Buffer.from('ä'), 'text/plain', 'text/plain', 'ä'],
      ['a picture', Buffer.from('jpg'), 'image/jpeg', 'image/jpeg', Buffer.from('jpg')],
    ])('gives back %s', (_, value, given, contentType, expected) =>
      withStore([], async (store) => {
        const record = { key: 'one', value, ...(given && { contentType: given }) };
        await store.setRecord(record);
        expect(await store.recordExists('one')).toBe(true);
        expect(await store.getRecord('one')).toEqual({ key: 'one', value: expected, contentType });
        const bytes = (await store.getRecord('one', { buffer: true }))?.value;
        expect(Buffer.isBuffer(bytes)).toBe(true);
        expect((await store.listKeys()).items).toEqual([{ key: 'one', size: bytes.length }]);
      })(),
    );

    test(
      'takes a stream and gives one',
      withStore([], async (store) => {
        const chunks = Array.from({ length: 100 }, (_, index) => Buffer.from(`chunk ${index} `));
        await store.setRecord({
          key: 'one',
          value: Readable.from(chunks),
          contentType: 'image/png',
        });
        const whole = Buffer.concat(chunks);
        expect((await store.getRecord('one'))?.value).toEqual(whole);
        const stream = (await store.getRecord('one', { stream: true }))?.value;
        expect(await text(stream)).toBe(String(whole));
        await store.setRecord({
          key: 'two',
          value: Readable.from(chunks),
          contentType: 'text/plain',
        });
        expect((await store.getRecord('two'))?.value).toBe(String(whole));
        const emptied = Readable.from([]);
        await store.setRecord({ key: 'one', value: emptied, contentType: 'image/png' });
        expect((await store.getRecord('one'))?.value).toEqual(Buffer.alloc(0));
      }),
    );

    test(
      'a stream that fails changes nothing, and its error comes out',
      withStore(['one'], async (store) => {
        const failure = new Error('The line broke.');
        const value = new Readable({ read: () => value.destroy(failure) });
        await expect(store.setRecord({ key: 'one', value })).rejects.toBe(failure);
        expect((await store.getRecord('one'))?.value).toBe('one');
      }),
    );

    test(
      'a value replaces another, of whatever type',
      withStore(['one'], async (store) => {
        await store.setRecord({ key: 'one', value: Buffer.from('b'), contentType: 'image/png' });
        await store.setRecord({ key: 'one', value: { a: 1 } });
        expect((await store.getRecord('one'))?.value).toEqual({ a: 1 });
        expect((await store.listKeys()).count).toBe(1);
      }),
    );

    test(
      'a key that is not there has no record, and deleting it does nothing',
      withStore(['one'], async (store) => {
        expect(await store.getRecord('none')).toBeUndefined();
        expect(await store.recordExists('none')).toBe(false);
        await store.deleteRecord('none');
        await store.deleteRecord('one');
        await store.deleteRecord('one');
        expect(await store.recordExists('one')).toBe(false);
        expect((await store.listKeys()).items).toEqual([]);
      }),
    );

    test(
      'keys with awkward characters are kept apart',
      withStore([], async (store) => {
        const keys = ['.', '..', '../up', '/', '\\', 'a/b', 'a b', 'a%2fb', 'CON', 'con', 'A', 'a'];
        keys.push(
          'a.jpg',
          'A.JPG',
          'ä',
          'a\u0308',
          '\u{1f600}',
          'x'.repeat(300),
          "!-_.'()",
          '%',
          '~',
        );
        for (const key of keys) {
          await store.setRecord({ key, value: Buffer.from(key), contentType: 'image/jpeg' });
          await store.setRecord({ key: `${key} text`, value: key });
        }
        for (const key of keys) {
          expect(String((await store.getRecord(key))?.value)).toBe(key);
          expect((await store.getRecord(`${key} text`))?.value).toBe(key);
        }
        expect((await store.listKeys()).count).toBe(2 * keys.length);
      }),
    );

    test(
      'an empty key is refused',
      withStore([], async (store) => {
        await expect(store.setRecord({ key: '', value: 1 })).rejects.toThrow();
      }),
    );

    test.each([
      [{}, ['a1', 'a2', 'b1', 'b2', 'b3'], undefined],
      [{ limit: 2 }, ['a1', 'a2'], 'a2'],
      [{ limit: 5 }, ['a1', 'a2', 'b1', 'b2', 'b3'], undefined],
      [{ exclusiveStartKey: 'b1' }, ['b2', 'b3'], undefined],
      [{ prefix: 'b' }, ['b1', 'b2', 'b3'], undefined],
      [{ prefix: 'b', limit: 1 }, ['b1'], 'b1'],
      [{ prefix: 'b', exclusiveStartKey: 'b1', limit: 1 }, ['b2'], 'b2'],
      [{ prefix: 'c' }, [], undefined],
      [{ prefix: '' }, ['a1', 'a2', 'b1', 'b2', 'b3'], undefined],
    ])('lists the keys of the page %j', (options, keys, next) =>
      withStore(['b2', 'a1', 'b3', 'a2', 'b1'], async (store) => {
        expect(await store.listKeys(options)).toEqual({
          count: keys.length,
          limit: 'limit' in options ? options.limit : 1000,
          ...('exclusiveStartKey' in options && { exclusiveStartKey: options.exclusiveStartKey }),
          ...(next !== undefined && { nextExclusiveStartKey: next }),
          isTruncated: next !== undefined,
          items: keys.map((key) => ({ key, size: 2 })),
        });
        expect(await store.keys(options)).toMatchObject({ items: keys.map((key) => ({ key })) });
        expect(await store.values(options)).toEqual(keys);
        expect(await store.entries(options)).toEqual(keys.map((key) => [key, key]));
      })(),
    );

    test.each([
      ['b', ['b', 'b\ud7ff', 'b\u{10ffff}x']],
      ['b\ud7ff', ['b\ud7ff']],
      ['b\u{10ffff}', ['b\u{10ffff}x']],
      ['\u{10ffff}', ['\u{10ffff}']],
    ])('lists the keys that begin with %j, and no neighbours', (prefix, expected) =>
      withStore(
        ['a', 'b', 'b\ud7ff', 'b\ue000', 'b\u{10ffff}x', 'c', 'ca', '\u{10ffff}'],
        async (store) => {
          const keys = (await store.listKeys({ prefix })).items.map(({ key }) => key);
          expect(keys.filter((key) => key !== 'b\ue000').sort()).toEqual(expected);
          expect(keys.includes('b\ue000')).toBe(prefix === 'b');
        },
      )(),
    );

    test(
      'iterates over keys, values and entries of all pages',
      withStore(
        Array.from({ length: 1100 }, (_, index) => String(index).padStart(4, '0')),
        async (store) => {
          const all = async (list: AsyncIterable<unknown>) => {
            const items = [];
            for await (const item of list) items.push(item);
            return items;
          };
          expect(await all(store.keys())).toHaveLength(1100);
          expect(await all(store.listKeys() as AsyncIterable<unknown>)).toHaveLength(1100);
          expect((await all(store.values()))[1099]).toBe('1099');
          expect((await all(store.entries()))[1099]).toEqual(['1099', '1099']);
          expect(await all(store.keys({ limit: 3, exclusiveStartKey: '0997' }))).toEqual([
            '0998',
            '0999',
            '1000',
          ]);
          expect(await all(store.values({ prefix: '10', limit: 2 }))).toEqual(['1000', '1001']);
        },
      ),
    );

    test.each([[{ limit: 0 }], [{ limit: -1 }]])('refuses %j', (options) =>
      withStore([], async (store) => {
        await expect((async () => store.listKeys(options))()).rejects.toThrow();
      })(),
    );

    test(
      'that does not exist has no records, and takes none',
      run(async (client) => {
        const store = client.keyValueStore('none');
        await expect(store.setRecord({ key: 'a', value: 1 })).rejects.toThrow('does not exist');
        await expect(store.getRecord('a')).rejects.toThrow('does not exist');
        await expect(store.recordExists('a')).rejects.toThrow('does not exist');
        await expect(store.deleteRecord('a')).rejects.toThrow('does not exist');
        await expect(store.listKeys()).rejects.toThrow('does not exist');
      }),
    );
  });
}
