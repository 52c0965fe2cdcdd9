import { expect, test } from '@jest/globals';
import { DurableStorageClient } from '../../src/storage/client.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

test('a store that was found before its renaming is known by its new name alone', () =>
  withTemporaryFolder(async (folder) => {
    const client = DurableStorageClient.open(folder);
    const { id } = await client.datasets().getOrCreate('before');
    expect(await client.dataset('before').get()).toMatchObject({ id });
    await client.dataset(id).update({ name: 'after' });
    expect(await client.dataset(id).get()).toMatchObject({ id, name: 'after' });
    expect(await client.dataset('before').get()).toBeUndefined();
    expect(await client.dataset('after').get()).toMatchObject({ id });
    client.close();
  }));
