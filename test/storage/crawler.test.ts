import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  BasicCrawler,
  Configuration,
  Dataset,
  KeyValueStore,
  log,
  RequestQueue,
} from '@crawlee/cheerio';
import { beforeAll, expect, test } from '@jest/globals';
import { DurableStorageClient } from '../../src/storage/client.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

beforeAll(() => log.setLevel(log.LEVELS.OFF));

const addresses = Array.from({ length: 60 }, (_, index) => `https://album.test/${index}`);

function configured(client: DurableStorageClient, purgeOnStart = false): Configuration {
  const config = new Configuration({ purgeOnStart });
  config.useStorageClient(client);
  return config;
}

test('a crawler saves files and rows, adds requests, retries, and every request ends handled once', () =>
  withTemporaryFolder(async (folder) => {
    const client = DurableStorageClient.open(folder);
    const config = configured(client);
    const visits = new Map<string, number>();
    const crawler = new BasicCrawler(
      {
        maxConcurrency: 8,
        maxRequestRetries: 1,
        async requestHandler({ request: { url } }) {
          visits.set(url, (visits.get(url) ?? 0) + 1);
          if (url.endsWith('bad')) throw new Error('This one never works.');
          if (url.endsWith('/1')) await crawler.addRequests(['https://album.test/late']);
          const photos = await KeyValueStore.open('photos', { config });
          const bytes = Readable.from([Buffer.from('bytes of '), Buffer.from(url)]);
          const key = `${url.split('/').at(-1)}.jpg`;
          await photos.setValue(key, bytes, { contentType: 'image/jpeg' });
          await (await Dataset.open('photos', { config })).pushData({ url });
        },
      },
      config,
    );
    await crawler.run(['https://album.test/bad', ...addresses]);

    const queue = await RequestQueue.open(undefined, { config });
    expect(await queue.getInfo()).toMatchObject({
      totalRequestCount: 62,
      handledRequestCount: 62,
      pendingRequestCount: 0,
    });
    expect(visits.get('https://album.test/bad')).toBe(2);
    expect([...visits.values()].filter((count) => count !== 1)).toEqual([2]);
    client.close();

    const reopened = DurableStorageClient.open(folder);
    expect((await reopened.dataset('photos').get())?.itemCount).toBe(61);
    expect((await reopened.keyValueStore('photos').listKeys()).count).toBe(61);
    const record = await reopened.keyValueStore('photos').getRecord('late.jpg');
    expect(String(record?.value)).toBe('bytes of https://album.test/late');
    expect(readdirSync(join(folder, 'key_value_stores', 'photos'))).toHaveLength(61);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
    reopened.close();
  }));

test('a crawler goes on at once where another was stopped with requests in progress', () =>
  withTemporaryFolder(async (folder) => {
    const first = DurableStorageClient.open(folder);
    await first.requestQueues().getOrCreate('default');
    const queue = await RequestQueue.open(undefined, { config: configured(first) });
    await queue.addRequests(addresses);
    for (let fetched = 0; fetched < 10; fetched++) {
      const request = await queue.fetchNextRequest();
      if (request && fetched % 2 === 0) await queue.markRequestHandled(request);
    }
    // Not closed: as after a kill.

    const second = DurableStorageClient.open(folder);
    const visited: string[] = [];
    const config = configured(second);
    const crawler = new BasicCrawler(
      {
        maxConcurrency: 1,
        // A crawler that was handed no queue opens none before requests are added.
        requestQueue: await RequestQueue.open(undefined, { config }),
        requestHandler: async ({ request }) => void visited.push(request.url),
      },
      config,
    );
    await crawler.run();
    const handledBefore = [0, 2, 4, 6, 8];
    expect(visited).toEqual(addresses.filter((_, index) => !handledBefore.includes(index)));
    second.close();
    first.close();
  }));

test('a crawler set to purge at its start empties the default stores only', () =>
  withTemporaryFolder(async (folder) => {
    const client = DurableStorageClient.open(folder);
    for (const name of ['default', 'kept']) {
      await client.requestQueues().getOrCreate(name);
      const request = { url: 'https://album.test/', uniqueKey: 'one' };
      await client.requestQueue(name).addRequest(request);
      await client.datasets().getOrCreate(name);
      await client.dataset(name).pushItems({ name });
      await client.keyValueStores().getOrCreate(name);
      await client.keyValueStore(name).setRecord({ key: 'INPUT', value: 'input' });
      await client.keyValueStore(name).setRecord({ key: 'other', value: Buffer.from('bytes') });
    }
    await Dataset.open(undefined, { config: configured(client, true) });

    const contents = async (name: string) => ({
      requests: (await client.requestQueue(name).get())?.totalRequestCount,
      items: (await client.dataset(name).get())?.itemCount,
      keys: (await client.keyValueStore(name).listKeys()).items.map(({ key }) => key),
      files: readdirSync(join(folder, 'key_value_stores', name)),
    });
    expect(await contents('default')).toEqual({
      requests: 0,
      items: 0,
      keys: ['INPUT'],
      files: [],
    });
    expect(await contents('kept')).toEqual({
      requests: 1,
      items: 1,
      keys: ['INPUT', 'other'],
      files: ['other~.bin'],
    });
    client.close();
  }));
