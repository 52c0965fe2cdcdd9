import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DurableStorageClient } from '../../src/storage/client.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const request = { url: 'https://album.test/', uniqueKey: 'one' };

test('what was opened for reading refuses every change, and leaves nothing behind', () =>
  withTemporaryFolder(async (folder) => {
    const writer = DurableStorageClient.open(folder);
    await writer.datasets().getOrCreate('rows');
    await writer.keyValueStores().getOrCreate('records');
    await writer.keyValueStore('records').setRecord({ key: 'a.bin', value: Buffer.from('a') });
    await writer.requestQueues().getOrCreate('queue');
    const { requestId } = await writer.requestQueue('queue').addRequest(request);

    const reader = DurableStorageClient.openForReading(folder);
    const queue = reader.requestQueue('queue');
    const store = reader.keyValueStore('records');
    for (const change of [
      () => reader.datasets().getOrCreate('new'),
      () => reader.dataset('rows').pushItems({ a: 1 }),
      () => reader.dataset('rows').update({ name: 'new' }),
      () => reader.dataset('rows').delete(),
      () => store.setRecord({ key: 'b', value: 'text' }),
      () => store.setRecord({ key: 'b.bin', value: Buffer.from('b') }),
      () => store.deleteRecord('a.bin'),
      () => store.delete(),
      () => queue.addRequest(request),
      () => queue.listAndLockHead({ lockSecs: 1 }),
      () => queue.updateRequest({ ...request, id: requestId }),
      () => queue.deleteRequest(requestId),
    ])
      await expect(change()).rejects.toThrow('was opened for reading only');
    expect(String((await store.getRecord('a.bin'))?.value)).toBe('a');
    expect((await queue.listHead()).items).toHaveLength(1);
    expect(readdirSync(`${folder}/tmp`)).toEqual([]);
    reader.close();
    writer.close();
  }));

test('a reader takes nothing back from the writer, and sees each of its changes', () =>
  withTemporaryFolder(async (folder) => {
    const writer = DurableStorageClient.open(folder);
    await writer.requestQueues().getOrCreate('queue');
    const queue = writer.requestQueue('queue');
    await queue.addRequest(request);
    await queue.listAndLockHead({ lockSecs: 60 });
    const reader = DurableStorageClient.openForReading(folder);
    const seen = reader.requestQueue('queue');
    expect((await seen.get())?.pendingRequestCount).toBe(1);
    expect((await queue.listAndLockHead({ lockSecs: 60 })).items).toEqual([]);
    const [item] = (await queue.listHead()).items;
    const handledAt = '2026-01-01T00:00:00.000Z';
    await queue.updateRequest({ ...request, id: item?.id ?? '', handledAt });
    expect((await seen.get())?.handledRequestCount).toBe(1);
    await writer.teardown();
    await queue.deleteRequest(item?.id ?? '');
    expect((await seen.get())?.totalRequestCount).toBe(0);
    reader.close();
    writer.close();
  }));

test('what was closed can be read, and opened again', () =>
  withTemporaryFolder(async (folder) => {
    DurableStorageClient.open(folder).close();
    const reader = DurableStorageClient.openForReading(folder);
    expect((await reader.datasets().list()).total).toBe(0);
    reader.close();
    DurableStorageClient.open(folder).close();
  }));
