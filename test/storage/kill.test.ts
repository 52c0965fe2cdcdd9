import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { lockFolder } from '../../src/files/folder-lock.js';
import { DurableStorageClient } from '../../src/storage/client.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { ended, linesOf, startChild } from './child-process.js';

const total = 400;

/** Does what a crawl does: claims eight requests at a time, saves file, row and request of each. */
const crawl = (folder: string) => `
  import { Readable } from 'node:stream';
  import { DurableStorageClient } from './src/storage/client.js';
  import { lockFolder } from './src/files/folder-lock.js';
  lockFolder(${JSON.stringify(folder)});
  const client = DurableStorageClient.open(${JSON.stringify(folder)});
  const queue = client.requestQueue('default');
  const save = async ({ id, uniqueKey, url }) => {
    const bytes = Buffer.alloc(30_000, uniqueKey);
    const value = Readable.from([bytes.subarray(0, 9_000), bytes.subarray(9_000)]);
    const record = { key: uniqueKey + '.bin', value, contentType: 'application/octet-stream' };
    await client.keyValueStore('files').setRecord(record);
    await client.dataset('rows').pushItems({ uniqueKey });
    const handledAt = new Date().toISOString();
    await queue.updateRequest({ id, uniqueKey, url, handledAt });
    process.stdout.write(uniqueKey + '\\n');
  };
  while (true) {
    const { items } = await queue.listAndLockHead({ limit: 8, lockSecs: 3600 });
    if (items.length === 0) break;
    await Promise.all(items.map(save));
  }
  process.exit();`;

async function fill(folder: string): Promise<void> {
  const client = DurableStorageClient.open(folder);
  await client.requestQueues().getOrCreate('default');
  await client.datasets().getOrCreate('rows');
  await client.keyValueStores().getOrCreate('files');
  const requests = Array.from({ length: total }, (_, index) => ({
    url: `https://album.test/${index}`,
    uniqueKey: `key-${index}`,
  }));
  await client.requestQueue('default').batchAddRequests(requests);
  client.close();
}

/** Holds together what the storage says with what the files are and with what the child said. */
async function check(folder: string, said: ReadonlySet<string>): Promise<void> {
  const client = DurableStorageClient.openForReading(folder);
  const { items } = await client.keyValueStore('files').listKeys({ limit: total });
  for (const { key, size } of items) {
    const bytes = readFileSync(join(folder, 'key_value_stores', 'files', key));
    expect(bytes.length).toBe(size);
    expect(bytes.equals(Buffer.alloc(30_000, key.replace('.bin', '')))).toBe(true);
  }
  const keys = new Set(items.map(({ key }) => key.replace('.bin', '')));
  const rows = new Set<unknown>();
  for await (const row of client.dataset('rows').listItems()) rows.add(row.uniqueKey);
  for (const key of rows) expect(keys).toContain(key);
  const info = await client.requestQueue('default').get();
  expect(info?.handledRequestCount).toBeLessThanOrEqual(rows.size);
  for (const key of said) expect(rows).toContain(key);
  expect(info?.handledRequestCount).toBeGreaterThanOrEqual(said.size);
  client.close();
}

test('killed again and again, it loses nothing that was saved and repeats no more than was in progress', () =>
  withTemporaryFolder(async (work) => {
    const folder = join(work, 'storage');
    await fill(folder);
    const said = new Set<string>();
    const kills = [1, 40, 90, 7, 120];
    for (const [round, lines] of [...kills, total].entries()) {
      const child = startChild(join(work, String(round)), crawl(folder));
      const end = ended(child);
      const output = linesOf(child);
      for (let read = 0; read < lines; read++) {
        const line = await output.next();
        if (line === undefined) break;
        said.add(line);
      }
      child.kill('SIGKILL');
      await end;
      await check(folder, said);
      lockFolder(folder).release();
    }
    const client = DurableStorageClient.open(folder);
    expect((await client.requestQueue('default').get())?.pendingRequestCount).toBe(0);
    const itemCount = (await client.dataset('rows').get())?.itemCount ?? 0;
    expect(itemCount).toBeGreaterThanOrEqual(total);
    expect(itemCount).toBeLessThanOrEqual(total + kills.length * 8);
    expect(readdirSync(join(folder, 'key_value_stores', 'files'))).toHaveLength(total);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
    client.close();
  }));
