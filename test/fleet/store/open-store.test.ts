import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkStore, openStore } from '../../../src/fleet/store/open-store.js';
import { describeSwift } from '../../helpers/swift-test.js';
import { withTemporaryFolder } from '../../helpers/temporary-folder.js';
import { createBucket, withEnvironment } from './swift-store.js';

/** What a person reads at the start of a fleet, once the store was asked for a second. */
async function problemOf(location: string): Promise<string> {
  const store = await openStore(location, 1000);
  try {
    await checkStore(store);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  } finally {
    store.close();
  }
}

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

describeSwift('a store in S3', (swift) => {
  test('what is wrong with it is reported at the start, with what to do', () => {
    const { endpoint, environment } = swift();
    return withEnvironment(environment, async () => {
      await createBucket('albums');
      expect(await problemOf('s3://albums/fleet')).toBe('none');
      expect(await problemOf('s3://none')).toBe(
        `The object store s3://none at ${endpoint} cannot be used: there is no bucket none. Create it (aws s3 mb s3://none), or name another in FLEET_STORE.`,
      );
      const problemWith = (change: Record<string, string | undefined>) =>
        withEnvironment(change, () => problemOf('s3://albums'));
      expect(await problemWith({ AWS_SECRET_ACCESS_KEY: 'wrong' })).toMatch(
        /the secret key is wrong. Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/,
      );
      expect(await problemWith({ AWS_ACCESS_KEY_ID: 'nobody' })).toMatch(/cannot be used: .*Check/);
      expect(await problemWith({ AWS_REGION: undefined })).toMatch(
        /no region is set. Set AWS_REGION/,
      );
      const nothing = { AWS_ACCESS_KEY_ID: undefined, AWS_EC2_METADATA_DISABLED: 'true' };
      expect(await problemWith(nothing)).toMatch(
        /no credentials were found. Set AWS_ACCESS_KEY_ID/,
      );
      expect(await problemWith({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' })).toMatch(
        /at http:\/\/127.0.0.1:9 does not answer as it should \(.*ECONNREFUSED.*AWS_ENDPOINT_URL/,
      );
      expect(await problemWith({ AWS_ENDPOINT_URL: 'http://nowhere.invalid' })).toMatch(
        /does not answer as it should \(.*ENOTFOUND|EAI_AGAIN/,
      );
    });
  });
});
