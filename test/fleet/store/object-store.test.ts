import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import type { ObjectStore } from '../../../src/fleet/store/object-store.js';
import { checkStore, openStore } from '../../../src/fleet/store/open-store.js';
import { swiftTest } from '../../helpers/swift-test.js';
import { withTemporaryFolder } from '../../helpers/temporary-folder.js';
import { withSwiftStore } from './swift-store.js';

/** The kinds of store, which all behave in the same way. */
const kinds = {
  'a folder': {
    test,
    withStore: (work: (store: ObjectStore) => Promise<void>) =>
      withTemporaryFolder(async (folder) => work(await openStore(join(folder, 'store')))),
  },
  S3: {
    test: swiftTest,
    withStore: (work: (store: ObjectStore) => Promise<void>) =>
      withSwiftStore(({ store }) => work(store)),
  },
};

const read = async (store: ObjectStore, key: string) => {
  const found = await store.open(key);
  return found && buffer(found);
};
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

for (const [name, kind] of Object.entries(kinds)) {
  kind.test(`${name} gives back what was stored, lists it, and forgets it`, () =>
    kind.withStore(async (store) => {
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
    }),
  );

  kind.test(`${name} takes a file, and refuses one that does not have its SHA-256`, () =>
    kind.withStore((store) =>
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
    ),
  );

  kind.test(`${name} stores nothing once its signal is aborted`, () =>
    kind.withStore(async (store) => {
      const signal = AbortSignal.abort(new Error('the lock was lost'));
      await expect(store.putBytes('key', Buffer.from('x'), signal)).rejects.toThrow(
        'the lock was lost',
      );
      expect(await store.has('key')).toBe(false);
    }),
  );

  kind.test(`${name} passes the check at the start, and keeps nothing of it`, () =>
    kind.withStore(async (store) => {
      await checkStore(store);
      expect(await store.list('')).toEqual([]);
    }),
  );
}

test('a folder is left without half-written files', () =>
  withTemporaryFolder(async (folder) => {
    const store = await openStore(folder);
    const path = join(folder, 'file');
    writeFileSync(path, 'bytes');
    await expect(store.putFile('key', { path, bytes: 5, sha256: '' })).rejects.toThrow('SHA-256');
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  }));

swiftTest('S3 takes a large file in parts, and no part of one that has changed', () =>
  withSwiftStore(({ store }) =>
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
  ),
);
