import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkStore, openStore } from '../../../src/fleet/store/open-store.js';
import { withTemporaryFolder } from '../../helpers/temporary-folder.js';
import { problemOf } from './store-problem.js';
import { withEnvironment } from './swift-store.js';

test('a location is an address of S3 or a folder', async () => {
  expect((await openStore('./albums')).name).toBe(join(process.cwd(), 'albums'));
  for (const location of [
    's3://',
    's3:///x',
    's3://b/a b',
    's3://b/../c',
    'http://host/b',
    's3://b//',
  ]) {
    await expect(openStore(location)).rejects.toThrow(/FLEET_STORE is .*; it takes s3:/);
  }
  await withEnvironment({ AWS_REGION: 'us-east-1' }, async () => {
    expect((await openStore('s3://albums')).name).toBe('s3://albums');
  });
});

test('a folder that cannot be written is reported at the start', () =>
  withTemporaryFolder(async (folder) => {
    writeFileSync(join(folder, 'file'), '');
    expect(await problemOf(join(folder, 'file', 'store'))).toMatch(
      /There is a file where a folder is needed/,
    );
    expect(await problemOf('/proc/store')).toMatch(/^Cannot use \/proc\/store/);
    expect(await problemOf(join(folder, 'store'))).toBe('none');
  }));

test('a store that does not check what it is sent is refused', () =>
  withTemporaryFolder(async (folder) => {
    const store = await openStore(folder);
    store.putFile = (key, { path }) => store.putBytes(key, readFileSync(path));
    await expect(checkStore(store)).rejects.toThrow('does not check the SHA-256');
    expect(await store.list('check/')).toEqual([]);
  }));
