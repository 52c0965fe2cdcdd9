import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { EscapeError, StorageDamagedError } from '../../src/errors.js';
import { schemaVersion } from '../../src/storage/schema.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const databaseName = 'photo-escape.sqlite';

const requests = Array.from({ length: 300 }, (_, number) => ({
  uniqueKey: String(number),
  content: 'x'.repeat(100),
}));

/** A storage with some pages of data, closed. */
async function filledStorage(folder: string): Promise<string> {
  const storage = StorageFolder.open(folder);
  await storage.requests.add(requests, 'end');
  storage.close();
  return join(folder, databaseName);
}

function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  const hash = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(files.map((name) => [name, hash(name)]));
}

function changeInOtherProgram(path: string, statements: string): void {
  const database = new Libsql(path);
  database.exec(statements);
  database.close();
}

const damages: Record<string, (path: string) => void> = {
  'nothing but garbage': (path) => writeFileSync(path, 'garbage '.repeat(2000)),
  'cut off to nothing': (path) => truncateSync(path, 0),
  'cut off in its head': (path) => truncateSync(path, 50),
  'cut off after its first page': (path) => truncateSync(path, 4096),
  'cut off in the middle': (path) => truncateSync(path, Math.round(statSync(path).size / 2)),
  'cut off by a byte': (path) => truncateSync(path, statSync(path).size - 1),
  'overwritten from its second page on': (path) => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0x55, 4096));
  },
  'the database of another program': (path) =>
    changeInOtherProgram(path, 'PRAGMA application_id = 7'),
  'of no version': (path) => changeInOtherProgram(path, 'PRAGMA user_version = 0'),
  'of a newer version': (path) =>
    changeInOtherProgram(path, `PRAGMA user_version = ${schemaVersion + 1}`),
};

test.each(Object.keys(damages))('a database that is %s is refused and left as it is', (what) =>
  withTemporaryFolder(async (folder) => {
    const path = await filledStorage(folder);
    // On a copy, so that the connection that libsql has not closed yet changes nothing.
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    copyFileSync(path, join(copy, databaseName));
    damages[what]?.(join(copy, databaseName));
    for (const name of readdirSync(copy).filter((name) => name !== databaseName))
      writeFileSync(join(copy, name), '');
    const before = contents(copy);
    for (const open of [StorageFolder.open, StorageFolder.openForReading]) {
      expect(() => open(copy)).toThrow(StorageDamagedError);
      expect(() => open(copy)).toThrow(join(copy, databaseName));
      if (what === 'of a newer version') expect(() => open(copy)).toThrow('newer version');
    }
    expect(contents(copy)).toEqual(before);
  }),
);

test('damage that is met later is a StorageDamagedError too', () =>
  withTemporaryFolder(async (folder) => {
    const path = await filledStorage(folder);
    const bytes = readFileSync(path);
    // Half of all pages, but neither the first ones nor the last, which are read when it is opened.
    const pages = bytes.length / 4096;
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    bytes.fill(0x55, 4096 * Math.round(pages * 0.7), 4096 * Math.round(pages * 0.8));
    writeFileSync(join(copy, databaseName), bytes);
    const storage = StorageFolder.open(copy);
    await expect(storage.requests.fetchNext(300)).rejects.toThrow(StorageDamagedError);
    storage.close();
  }));

test('a storage whose process was killed opens, with all that it had committed', () =>
  withTemporaryFolder(async (folder) => {
    const storage = StorageFolder.open(folder);
    await storage.requests.add(requests.slice(0, 2), 'end');
    const killed = join(folder, 'killed');
    mkdirSync(killed);
    for (const suffix of ['', '-wal'])
      copyFileSync(join(folder, databaseName + suffix), join(killed, databaseName + suffix));
    expect(statSync(join(killed, `${databaseName}-wal`)).size).toBeGreaterThan(0);
    for (const open of [StorageFolder.openForReading, StorageFolder.open]) {
      const opened = open(killed);
      expect(await opened.requests.count()).toEqual({ total: 2, handled: 0 });
      opened.close();
    }
    storage.close();
  }));

test('a storage whose process was killed while its log was written back opens whole', () =>
  withTemporaryFolder(async (folder) => {
    const storage = StorageFolder.open(folder);
    await storage.requests.add(requests, 'end');
    const killed = join(folder, 'killed');
    mkdirSync(killed);
    for (const suffix of ['', '-wal'])
      copyFileSync(join(folder, databaseName + suffix), join(killed, databaseName + suffix));
    storage.close();
    // The first page is written back first, and tells of pages that the file does not have yet.
    const half = readFileSync(join(killed, databaseName));
    readFileSync(join(folder, databaseName)).copy(half, 0, 0, 4096);
    writeFileSync(join(killed, databaseName), half);
    for (const open of [StorageFolder.openForReading, StorageFolder.open]) {
      const opened = open(killed);
      expect(await opened.requests.fetchNext(300)).toEqual(requests);
      opened.close();
    }
  }));

test('a kill while a new storage was being made leaves nothing in the way', () =>
  withTemporaryFolder(async (folder) => {
    mkdirSync(join(folder, 'tmp'));
    writeFileSync(join(folder, 'tmp', 'new.sqlite'), 'half');
    const storage = StorageFolder.open(folder);
    await storage.requests.add(requests, 'end');
    storage.close();
    const opened = StorageFolder.openForReading(folder);
    expect(await opened.requests.fetchNext(300)).toEqual(requests);
    opened.close();
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  }));

test('there is nothing to read where no storage is', () =>
  withTemporaryFolder((folder) => {
    expect(() => StorageFolder.openForReading(folder)).toThrow(EscapeError);
    expect(readdirSync(folder)).toEqual([]);
  }));

test('the folder and the database are for their owner alone', () =>
  withTemporaryFolder(async (parent) => {
    const folder = join(parent, 'new');
    const storage = StorageFolder.open(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const suffix of ['', '-wal', '-shm'])
      expect(statSync(join(folder, databaseName + suffix)).mode & 0o777).toBe(0o600);
    storage.close();
  }));

test('a closed storage refuses everything, and closing it again does nothing', () =>
  withTemporaryFolder(async (folder) => {
    await filledStorage(folder);
    const storage = StorageFolder.open(folder);
    storage.close();
    storage.close();
    await expect(storage.requests.fetchNext(1)).rejects.toThrow('closed');
    await expect(storage.requests.markHandled('0')).rejects.toThrow('closed');
  }));
