import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DiskError } from '../../src/errors.js';
import { TemporaryFile } from '../../src/files/temporary-file.js';
import type { FileStore } from '../../src/storage/file-store.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

function withStore(
  work: (store: FileStore, folder: string, storage: StorageFolder) => Promise<void>,
): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    const storage = StorageFolder.open(folder);
    try {
      await work(storage.originals, folder, storage);
    } finally {
      storage.close();
    }
  });
}

const filesIn = (folder: string) => readdirSync(join(folder, 'key_value_stores', 'photos'));
const temporaryIn = (folder: string) => readdirSync(join(folder, 'tmp'));

test('a value is a plain file, byte for byte, where the store says that it is', () =>
  withStore(async (store, folder) => {
    const path = await store.put('one.jpg', Buffer.from([1, 2, 3]));
    expect(path).toBe('key_value_stores/photos/one.jpg');
    expect([...readFileSync(join(folder, path))]).toEqual([1, 2, 3]);
    expect([...((await store.get('one.jpg')) ?? [])]).toEqual([1, 2, 3]);
    expect(temporaryIn(folder)).toEqual([]);
  }));

test('a written file is taken over as it is', () =>
  withStore(async (store, folder, { temporaryFolder }) => {
    const file = new TemporaryFile(temporaryFolder);
    await file.write(Buffer.from([1, 2, 3]));
    const path = await store.put('one.jpg', await file.finish());
    expect([...readFileSync(join(folder, path))]).toEqual([1, 2, 3]);
    expect(temporaryIn(folder)).toEqual([]);
  }));

test('a later value takes the place of the former one', () =>
  withStore(async (store, folder) => {
    await store.put('one.jpg', Buffer.from('former'));
    await Promise.all(['a', 'bb', 'ccc'].map((text) => store.put('one.jpg', Buffer.from(text))));
    expect(['a', 'bb', 'ccc']).toContain(String(await store.get('one.jpg')));
    expect(filesIn(folder)).toEqual(['one.jpg']);
  }));

test('keys are listed in order, and removed; what is not there is neither found nor missed', () =>
  withStore(async (store) => {
    expect(await store.list()).toEqual([]);
    expect(await store.get('a.jpg')).toBeUndefined();
    for (const key of ['c.jpg', 'a.jpg', 'b.jpg']) await store.put(key, Buffer.from(key));
    await store.remove('b.jpg');
    await store.remove('d.jpg');
    expect(await store.list()).toEqual(['a.jpg', 'c.jpg']);
    expect(await store.get('b.jpg')).toBeUndefined();
  }));

test('opening removes what was left half-written, and changes no finished file', () =>
  withStore(async (store, folder) => {
    await store.put('one.jpg', Buffer.from('1'));
    writeFileSync(join(folder, 'tmp', randomUUID()), 'half');
    writeFileSync(join(folder, 'tmp', 'letter.txt'), 'kept');
    writeFileSync(join(folder, 'key_value_stores', 'photos', 'not ours.jpg'), 'kept');
    StorageFolder.open(folder).close();
    expect(temporaryIn(folder)).toEqual(['letter.txt']);
    expect(filesIn(folder).sort()).toEqual(['not ours.jpg', 'one.jpg']);
  }));

test('a file where the folder of a store is needed is a DiskError that names it', () =>
  withStore(async (store, folder) => {
    mkdirSync(join(folder, 'key_value_stores'));
    const place = join(folder, 'key_value_stores', 'photos');
    writeFileSync(place, 'in the way');
    const put = store.put('one.jpg', Buffer.from('1'));
    await expect(put).rejects.toThrow(DiskError);
    await expect(put).rejects.toThrow(place);
    expect(temporaryIn(folder)).toEqual([]);
  }));

test('a written file that cannot be published is removed', () =>
  withStore(async (store, folder, { temporaryFolder }) => {
    mkdirSync(join(folder, 'key_value_stores', 'photos', 'one.jpg'), { recursive: true });
    const file = await new TemporaryFile(temporaryFolder).finish();
    await expect(store.put('one.jpg', file)).rejects.toThrow();
    expect(temporaryIn(folder)).toEqual([]);
  }));
