import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DiskError } from '../../src/errors.js';
import { Database } from '../../src/storage/database.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { canMountDisks, withSmallDisk } from '../helpers/small-disk.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const mayMount = await canMountDisks();

const photo = Buffer.alloc(60_000, 7);
const keys = Array.from({ length: 100 }, (_, index) => `${index}.jpg`);

(mayMount ? test : test.skip)(
  'on a full disk nothing half-written counts, and the same storage is used again once there is room',
  () =>
    withSmallDisk(1, async (disk) => {
      const ballast = join(disk, 'ballast');
      writeFileSync(ballast, Buffer.alloc(500_000));
      const storage = StorageFolder.open(disk);
      const store = storage.originals;

      const fill = async () => {
        for (const key of keys) await store.put(key, photo);
      };
      const failure = await fill().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(DiskError);
      expect(String(failure)).toMatch(/ENOSPC.*make room/);
      const files = readdirSync(join(disk, 'key_value_stores', 'photos'));
      expect(files.length).toBeGreaterThan(0);
      for (const file of files)
        expect(statSync(join(disk, 'key_value_stores', 'photos', file)).size).toBe(photo.length);
      expect(readdirSync(join(disk, 'tmp'))).toEqual([]);

      rmSync(ballast);
      await store.put('later.jpg', photo);
      storage.close();
      const reopened = StorageFolder.open(disk);
      expect(await reopened.originals.list()).toHaveLength(files.length + 1);
      reopened.close();
    }),
);

(mayMount ? test : test.skip)(
  'a full disk refuses requests whole, keeps those before, and takes them once there is room',
  () =>
    withSmallDisk(1, async (disk) => {
      const ballast = join(disk, 'ballast');
      writeFileSync(ballast, Buffer.alloc(500_000));
      const storage = StorageFolder.open(disk);
      const batch = (number: number) =>
        Array.from({ length: 10 }, (_, index) => ({
          uniqueKey: `${number} ${index}`,
          content: 'x'.repeat(2000),
        }));
      const fill = async () => {
        for (const number of keys.keys()) await storage.requests.add(batch(number), 'end');
      };
      await expect(fill()).rejects.toThrow(DiskError);
      const { total } = await storage.requests.count();
      expect(total % 10).toBe(0);
      expect(total).toBeGreaterThan(0);
      expect(await storage.requests.fetchNext(1000)).toHaveLength(total);
      rmSync(ballast);
      await storage.requests.add(batch(1000), 'end');
      expect(await storage.requests.count()).toEqual({ total: total + 10, handled: 0 });
      storage.close();
    }),
);

test('a database that may not grow any more is a DiskError, and its transaction is undone', () =>
  withTemporaryFolder((folder) => {
    const database = new Database(join(folder, 'small.sqlite'), 'write');
    database.script('CREATE TABLE rows (text TEXT); PRAGMA max_page_count = 5');
    const insert = () => database.run('INSERT INTO rows VALUES (?)', 'x'.repeat(2000));
    insert();
    const fill = () =>
      database.transaction(() => {
        for (const _ of keys) insert();
      });
    expect(fill).toThrow(DiskError);
    expect(fill).toThrow('The disk is full');
    expect(database.row('SELECT count(*) FROM rows')).toEqual([1]);
    database.transaction(insert);
    database.close();
  }));
