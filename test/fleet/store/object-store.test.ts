import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import type { ObjectStore } from '../../../src/fleet/store/object-store.js';
import { checkStore, openStore } from '../../../src/fleet/store/open-store.js';
import { describeSwift } from '../../helpers/swift-test.js';
import { withTemporaryFolder } from '../../helpers/temporary-folder.js';
import { withSwiftStore } from './swift-store.js';

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

  test('takes a large file in parts, and no part of one that has changed', () =>
    withStore((store) =>
      withTemporaryFolder(async (folder) => {
        const path = join(folder, 'film');
        const megabyte = randomBytes(2 ** 20);
        const size = 105;
        const hash = createHash('sha256');
        for (let part = 0; part < size; part += 1) {
          appendFileSync(path, megabyte);
          hash.update(megabyte);
        }
        const film = { path, bytes: size * 2 ** 20, sha256: hash.digest('hex') };
        await store.putFile('film', film);
        const found = createHash('sha256');
        for await (const chunk of (await store.open('film')) ?? []) found.update(chunk);
        expect(found.digest('hex')).toBe(film.sha256);
        appendFileSync(path, 'x');
        await expect(store.putFile('changed', film)).rejects.toThrow('no longer has the SHA-256');
        expect(await store.list('')).toEqual(['film']);
      }),
    ));
});
