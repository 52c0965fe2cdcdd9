import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { DiskError } from '../../src/errors.js';
import { DurableStorageClient } from '../../src/storage/client.js';
import { Database } from '../../src/storage/database.js';
import { canMountDisks, withSmallDisk } from '../helpers/small-disk.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const mayMount = await canMountDisks();

const photo = Buffer.alloc(60_000, 7);
const keys = Array.from({ length: 100 }, (_, index) => `${index}.jpg`);

(mayMount ? test : test.skip)(
  'on a full disk nothing half-written counts, and the same storage goes on once there is room',
  () =>
    withSmallDisk(1, async (disk) => {
      const ballast = join(disk, 'ballast');
      writeFileSync(ballast, Buffer.alloc(500_000));
      const client = DurableStorageClient.open(disk);
      await client.keyValueStores().getOrCreate('photos');
      const store = client.keyValueStore('photos');
      const save = (key: string) =>
        store.setRecord({ key, value: Readable.from([photo]), contentType: 'image/jpeg' });

      let saved = 0;
      const fill = async () => {
        for (const key of keys) {
          await save(key);
          saved++;
        }
      };
      const failure = await fill().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(DiskError);
      expect(String(failure)).toMatch(/ENOSPC.*make room/);
      expect((await store.listKeys()).count).toBe(saved);
      const files = readdirSync(join(disk, 'key_value_stores', 'photos'));
      expect(files).toHaveLength(saved);
      for (const file of files)
        expect(statSync(join(disk, 'key_value_stores', 'photos', file)).size).toBe(photo.length);
      expect(readdirSync(join(disk, 'tmp'))).toEqual([]);

      rmSync(ballast);
      await save('later.jpg');
      expect(await store.recordExists('later.jpg')).toBe(true);
      client.close();
      const reopened = DurableStorageClient.open(disk);
      expect((await reopened.keyValueStore('photos').listKeys()).count).toBe(saved + 1);
      reopened.close();
    }),
);

(mayMount ? test : test.skip)(
  'a full disk refuses rows whole, keeps those before, and takes them once there is room',
  () =>
    withSmallDisk(1, async (disk) => {
      const ballast = join(disk, 'ballast');
      writeFileSync(ballast, Buffer.alloc(500_000));
      const client = DurableStorageClient.open(disk);
      await client.datasets().getOrCreate('rows');
      const rows = client.dataset('rows');
      const batch = Array.from({ length: 10 }, () => ({ text: 'x'.repeat(2000) }));
      const fill = async () => {
        for (const _ of keys) await rows.pushItems(batch);
      };
      await expect(fill()).rejects.toThrow(DiskError);
      const before = (await rows.get())?.itemCount ?? 0;
      expect(before % batch.length).toBe(0);
      expect(before).toBeGreaterThan(0);
      expect((await rows.listItems()).items).toHaveLength(before);
      rmSync(ballast);
      await rows.pushItems(batch);
      expect((await rows.get())?.itemCount).toBe(before + batch.length);
      client.close();
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
