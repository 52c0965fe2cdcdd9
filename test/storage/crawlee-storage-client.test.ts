import { Configuration, Dataset, KeyValueStore, RequestQueue } from '@crawlee/cheerio';
import { expect, test } from '@jest/globals';
import { CrawleeStorageClient } from '../../src/storage/crawlee-storage-client.js';

const config = () => {
  const configuration = new Configuration({ purgeOnStart: false });
  configuration.useStorageClient(new CrawleeStorageClient());
  return { config: configuration };
};

test('Crawlee can open the one store that it opens in a run, and can keep nothing in it', async () => {
  const store = await KeyValueStore.open(undefined, config());
  await expect(store.setValue('state', { pages: 1 })).rejects.toThrow('keyValueStore().setRecord');
  await expect(store.getValue('state')).rejects.toThrow('keyValueStore().getRecord');
});

test('every other store is refused by name', async () => {
  await expect(Dataset.open(undefined, config())).rejects.toThrow('called dataset of its storage');
  await expect(RequestQueue.open(undefined, config())).rejects.toThrow('called requestQueue of');
});
