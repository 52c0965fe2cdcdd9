import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable, Transform } from 'node:stream';
import { expect, test } from '@jest/globals';
import { DiskError } from '../../src/errors.js';
import { DurableStorageClient } from '../../src/storage/client.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const contentType = 'image/jpeg';

async function withStore(
  work: (store: ReturnType<DurableStorageClient['keyValueStore']>, folder: string) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const client = DurableStorageClient.open(folder);
    await client.keyValueStores().getOrCreate('photos');
    await work(client.keyValueStore('photos'), folder);
    client.close();
  });
}

const filesIn = (folder: string) => readdirSync(join(folder, 'key_value_stores', 'photos'));
const temporaryIn = (folder: string) => readdirSync(join(folder, 'tmp'));

test.each([
  ['a buffer', () => Buffer.from([1, 2, 3])],
  ['an array buffer', () => new Uint8Array([1, 2, 3]).buffer],
  ['part of a typed array', () => new Uint8Array([0, 1, 2, 3, 4]).subarray(1, 4)],
  ['a stream', () => Readable.from([Buffer.from([1]), Buffer.from([2, 3])])],
])('%s becomes a plain file, byte for byte', (_, value) =>
  withStore(async (store, folder) => {
    await store.setRecord({ key: 'one.jpg', value: value(), contentType });
    const file = join(folder, 'key_value_stores', 'photos', 'one.jpg');
    expect([...readFileSync(file)]).toEqual([1, 2, 3]);
    expect(temporaryIn(folder)).toEqual([]);
    expect((await store.listKeys()).items).toEqual([{ key: 'one.jpg', size: 3 }]);
  }),
);

test('a stream that is refused on its way leaves nothing, and its own error comes out', () =>
  withStore(async (store, folder) => {
    const refusal = new Error('This is no image.');
    const check = new Transform({
      transform: (chunk, _, done) => done(null, chunk),
      flush: (done) => done(refusal),
    });
    const source = new PassThrough();
    source.pipe(check);
    const saved = store.setRecord({ key: 'one.jpg', value: check, contentType });
    source.end(Buffer.alloc(200_000));
    await expect(saved).rejects.toBe(refusal);
    expect(await store.recordExists('one.jpg')).toBe(false);
    expect(temporaryIn(folder)).toEqual([]);
    expect(() => filesIn(folder)).toThrow('ENOENT');
  }));

test('an error of the source is never taken for one of the disk', () =>
  withStore(async (store) => {
    const error = Object.assign(new Error('The disk of the other side is full.'), {
      code: 'ENOSPC',
    });
    const value = new Readable({ read: () => value.destroy(error) });
    const saved = store.setRecord({ key: 'one.jpg', value, contentType });
    await expect(saved).rejects.toBe(error);
  }));

test('what was there stays whole until its replacement is, and when that fails', () =>
  withStore(async (store) => {
    await store.setRecord({ key: 'one.jpg', value: Buffer.from('former'), contentType });
    const source = new PassThrough();
    const saving = store.setRecord({ key: 'one.jpg', value: source, contentType });
    source.write('half of the ');
    expect(String((await store.getRecord('one.jpg'))?.value)).toBe('former');
    source.destroy(new Error('The line broke.'));
    await expect(saving).rejects.toThrow('The line broke.');
    expect(String((await store.getRecord('one.jpg'))?.value)).toBe('former');
    await store.setRecord({ key: 'one.jpg', value: Buffer.from('new'), contentType });
    expect(String((await store.getRecord('one.jpg'))?.value)).toBe('new');
  }));

test('a value that moves to another file or into the database leaves no file behind', () =>
  withStore(async (store, folder) => {
    await store.setRecord({ key: 'one', value: Buffer.from('1'), contentType });
    expect(filesIn(folder)).toEqual(['one~.jpg']);
    await store.setRecord({ key: 'one', value: Buffer.from('2'), contentType: 'image/png' });
    expect(filesIn(folder)).toEqual(['one~.png']);
    await store.setRecord({ key: 'one', value: 'text' });
    expect(filesIn(folder)).toEqual([]);
    await store.setRecord({ key: 'one', value: Buffer.from('3'), contentType });
    await store.deleteRecord('one');
    expect(filesIn(folder)).toEqual([]);
  }));

test('writers and removers of one key at once leave a record and a file that agree', () =>
  withStore(async (store, folder) => {
    for (let round = 0; round < 20; round++) {
      const texts = ['a', 'bb', 'ccc', 'dddd'];
      await Promise.all([
        ...texts.map((text, index) =>
          store.setRecord({
            key: 'one',
            value: Readable.from([Buffer.from(text)]),
            contentType: index % 2 ? 'image/png' : contentType,
          }),
        ),
        store.deleteRecord('one'),
      ]);
      const [item] = (await store.listKeys()).items;
      const record = await store.getRecord('one');
      expect(filesIn(folder)).toHaveLength(item ? 1 : 0);
      expect(record?.value.length).toBe(item?.size);
    }
  }));

test('a store removed while a value is written keeps neither file nor record', () =>
  withStore(async (store, folder) => {
    const source = new PassThrough();
    const saving = store.setRecord({ key: 'one.jpg', value: source, contentType });
    source.write('half');
    await store.delete();
    source.end();
    await expect(saving).rejects.toThrow('does not exist');
    expect(temporaryIn(folder)).toEqual([]);
    expect(() => filesIn(folder)).toThrow('ENOENT');
  }));

test('opening removes what was left half-written, and looks at no finished file', () =>
  withStore(async (store, folder) => {
    await store.setRecord({ key: 'one.jpg', value: Buffer.from('1'), contentType });
    writeFileSync(join(folder, 'tmp', 'leftover'), 'half');
    writeFileSync(join(folder, 'key_value_stores', 'photos', 'not ours.jpg'), 'kept');
    DurableStorageClient.open(folder).close();
    expect(temporaryIn(folder)).toEqual([]);
    expect(filesIn(folder).sort()).toEqual(['not ours.jpg', 'one.jpg']);
  }));

test('a store that takes the former name of another has a folder of its own', () =>
  withStore(async (store, folder) => {
    const id = (await store.get())?.id as string;
    await store.setRecord({ key: 'one.jpg', value: Buffer.from('1'), contentType });
    await store.update({ name: 'renamed' });
    const client = DurableStorageClient.open(folder);
    await client.keyValueStores().getOrCreate('photos');
    const second = client.keyValueStore('photos');
    await second.setRecord({ key: 'one.jpg', value: Buffer.from('2'), contentType });
    expect(String((await client.keyValueStore(id).getRecord('one.jpg'))?.value)).toBe('1');
    expect(String((await second.getRecord('one.jpg'))?.value)).toBe('2');
    client.close();
  }));

test('a file where the folder of a store is needed is a DiskError that names it', () =>
  withStore(async (store, folder) => {
    mkdirSync(join(folder, 'key_value_stores'));
    const place = join(folder, 'key_value_stores', 'photos');
    writeFileSync(place, 'in the way');
    const saved = store.setRecord({ key: 'one.jpg', value: Buffer.from('1'), contentType });
    await expect(saved).rejects.toThrow(DiskError);
    await expect(saved).rejects.toThrow(place);
    expect(await store.recordExists('one.jpg')).toBe(false);
    expect(temporaryIn(folder)).toEqual([]);
  }));
