import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import type { ObjectStore } from '../../../src/fleet/store/object-store.js';
import { checkStore, openStore } from '../../../src/fleet/store/open-store.js';
import { describeSwift } from '../../helpers/swift-test.js';
import { withTemporaryFolder } from '../../helpers/temporary-folder.js';
import { problemOf } from './store-problem.js';
import { createBucket, withEnvironment, withSwiftStore } from './swift-store.js';

type WithStore = (work: (store: ObjectStore) => Promise<void>) => Promise<void>;

const read = async (store: ObjectStore, key: string) => {
  const found = await store.open(key);
  return found && buffer(found);
};
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** What each kind of store does in the same way. */
function behavesAsStore(withStore: WithStore): void {
  test('gives back what was stored, lists it, and forgets it', () =>
    withStore(async (store) => {
      await store.putBytes('one/b', Buffer.from('first'));
      await store.putBytes('one/b', Buffer.from('second'));
      await store.putBytes('one/a/deep', Buffer.alloc(0));
      await store.putBytes('one-more/c', Buffer.from('c'));
      expect(await read(store, 'one/b')).toEqual(Buffer.from('second'));
      expect(await read(store, 'one/a/deep')).toEqual(Buffer.alloc(0));
      expect(await read(store, 'one/none')).toBeUndefined();
      expect([await store.has('one/b'), await store.has('one/none')]).toEqual([true, false]);
      expect(await store.list('one/')).toEqual(['one/a/deep', 'one/b']);
      expect(await store.list('none/')).toEqual([]);
      await store.remove('one/b');
      await store.remove('one/none');
      expect(await store.list('one/')).toEqual(['one/a/deep']);
    }));

  test('takes a file, and refuses one that does not have its SHA-256', () =>
    withStore((store) =>
      withTemporaryFolder(async (folder) => {
        const bytes = randomBytes(300_000);
        const path = join(folder, 'file');
        writeFileSync(path, bytes);
        await store.putFile('file', { path, bytes: bytes.length, sha256: sha256(bytes) });
        expect((await read(store, 'file'))?.equals(bytes)).toBe(true);
        const wrong = { path, bytes: bytes.length, sha256: sha256(Buffer.from('other')) };
        await expect(store.putFile('wrong', wrong)).rejects.toThrow(/SHA-?256/);
        expect(await store.list('')).toEqual(['file']);
      }),
    ));

  test('stores nothing once its signal is aborted', () =>
    withStore(async (store) => {
      const signal = AbortSignal.abort(new Error('the lock was lost'));
      await expect(store.putBytes('key', Buffer.from('x'), signal)).rejects.toThrow(
        'the lock was lost',
      );
      expect(await store.has('key')).toBe(false);
    }));

  test('passes the check at the start, and keeps nothing of it', () =>
    withStore(async (store) => {
      await checkStore(store);
      expect(await store.list('')).toEqual([]);
    }));
}

describe('a store in a folder', () => {
  behavesAsStore((work) =>
    withTemporaryFolder(async (folder) => work(await openStore(join(folder, 'store')))),
  );

  test('is left without half-written files', () =>
    withTemporaryFolder(async (folder) => {
      const store = await openStore(folder);
      const path = join(folder, 'file');
      writeFileSync(path, 'bytes');
      await expect(store.putFile('key', { path, bytes: 5, sha256: '' })).rejects.toThrow('SHA-256');
      expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
    }));
});

describeSwift('a store in S3', (swift) => {
  const withStore: WithStore = (work) => withSwiftStore(swift(), ({ store }) => work(store));
  behavesAsStore(withStore);

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
