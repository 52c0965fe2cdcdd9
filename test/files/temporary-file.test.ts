import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DiskError } from '../../src/errors.js';
import { TemporaryFile, WrittenFile } from '../../src/files/temporary-file.js';
import { DurableStorageClient } from '../../src/storage/client.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

test('what is written is in the file when it is finished, also what came before it was open', () =>
  withTemporaryFolder(async (folder) => {
    const file = new TemporaryFile(folder);
    await file.write(Buffer.from('one '));
    file.write(Buffer.from('two'));
    const { path, size } = await file.finish();
    expect(readFileSync(path, 'utf8')).toBe('one two');
    expect(size).toBe(7);
  }));

test('a file that is discarded leaves nothing, at whatever moment', () =>
  withTemporaryFolder(async (folder) => {
    const [unopened, written, finished] = [0, 1, 2].map(() => new TemporaryFile(folder));
    await unopened?.discard();
    await written?.write(Buffer.from('one'));
    await written?.discard();
    await finished?.finish();
    await finished?.discard();
    expect(readdirSync(folder)).toEqual([]);
  }));

test('nothing is written once a file is over, whoever has the number of its descriptor', () =>
  withTemporaryFolder(async (folder) => {
    const discarded = new TemporaryFile(folder);
    await discarded.write(Buffer.from('one'));
    await discarded.discard();
    const next = new TemporaryFile(folder);
    await next.write(Buffer.from('one'));
    expect(() => discarded.write(Buffer.from('two'))).toThrow('finished or discarded');
    const { path } = await next.finish();
    expect(() => next.write(Buffer.from('two'))).toThrow('finished or discarded');
    expect(readFileSync(path, 'utf8')).toBe('one');
  }));

test('a folder that is not there is an error of the file, for whoever writes or finishes it', () =>
  withTemporaryFolder(async (folder) => {
    const missing = join(folder, 'missing');
    await expect(new TemporaryFile(missing).write(Buffer.from('one'))).rejects.toThrow('ENOENT');
    await expect(new TemporaryFile(missing).finish()).rejects.toThrow('ENOENT');
  }));

test('what a person can mend about the disk is a DiskError', async () => {
  await expect(new TemporaryFile('/dev/null').finish()).rejects.toBeInstanceOf(DiskError);
});

test('a written file becomes a record as it is, and is no longer where it was written', () =>
  withTemporaryFolder(async (folder) => {
    const client = DurableStorageClient.open(folder);
    await client.keyValueStores().getOrCreate('photos');
    const store = client.keyValueStore('photos');
    const file = new TemporaryFile(client.temporaryFolder);
    await file.write(Buffer.from([1, 2, 3]));
    const value = await file.finish();
    await store.setRecord({ key: 'one.jpg', value, contentType: 'image/jpeg' });
    expect([...readFileSync(join(folder, 'key_value_stores', 'photos', 'one.jpg'))]).toEqual([
      1, 2, 3,
    ]);
    expect(readdirSync(client.temporaryFolder)).toEqual([]);
    expect((await store.listKeys()).items).toEqual([{ key: 'one.jpg', size: 3 }]);
    client.close();
  }));

test('a written file that cannot be published is removed, and no record names it', () =>
  withTemporaryFolder(async (folder) => {
    const client = DurableStorageClient.open(folder);
    await client.keyValueStores().getOrCreate('photos');
    const store = client.keyValueStore('photos');
    mkdirSync(join(folder, 'key_value_stores', 'photos', 'one.jpg'), { recursive: true });
    const file = new TemporaryFile(client.temporaryFolder);
    const value = await file.finish();
    expect(value).toBeInstanceOf(WrittenFile);
    const set = store.setRecord({ key: 'one.jpg', value, contentType: 'image/jpeg' });
    await expect(set).rejects.toThrow();
    expect(readdirSync(client.temporaryFolder)).toEqual([]);
    expect(await store.recordExists('one.jpg')).toBe(false);
    client.close();
  }));
