import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { DiskError } from '../../src/errors.js';
import { lockFolder } from '../../src/files/folder-lock.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { canMountDisks, withSmallDisk } from '../helpers/small-disk.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const mayMount = await canMountDisks();
const databaseFile = 'photo-escape.sqlite';

/** SQLite cannot make its file of shared memory in a folder where that name is taken. */
function withoutSharedMemory(folder: string): string {
  mkdirSync(join(folder, `${databaseFile}-shm`), { recursive: true });
  return folder;
}

/** The values of a storage's records, read anew. */
function recordsIn(folder: string): string[] {
  const storage = StorageFolder.openForReading(folder);
  try {
    return storage.database.rows<[string]>('SELECT value FROM records').map(([value]) => value);
  } finally {
    storage.close();
  }
}

function record(storage: StorageFolder, value: string): void {
  storage.database.run('INSERT INTO records VALUES (?, ?)', value, value);
}

test('a disk without shared memory takes a storage, run after run, and it is read between', () =>
  withTemporaryFolder((work) => {
    const folder = withoutSharedMemory(join(work, 'storage'));
    const saved: string[] = [];
    for (const value of ['first', 'second']) {
      const storage = StorageFolder.open(folder);
      record(storage, value);
      // Everybody else has to wait for the run to end.
      const other = new Libsql(join(folder, databaseFile), { timeout: 0 });
      expect(() => other.exec('SELECT * FROM records')).toThrow('locked');
      other.close();
      storage.close();
      saved.push(value);
      expect(recordsIn(folder)).toEqual(saved);
    }
  }));

test('what a killed run left in its log is read on a disk without shared memory, too', () =>
  withTemporaryFolder((work) => {
    const storage = StorageFolder.open(join(work, 'storage'));
    record(storage, 'in the log');
    const moved = (name: string): string => {
      const folder = withoutSharedMemory(join(work, name));
      for (const file of [databaseFile, `${databaseFile}-wal`])
        copyFileSync(join(work, 'storage', file), join(folder, file));
      return folder;
    };
    expect(recordsIn(moved('to read'))).toEqual(['in the log']);
    const written = moved('to write');
    const again = StorageFolder.open(written);
    record(again, 'next');
    again.close();
    expect(recordsIn(written)).toEqual(['in the log', 'next']);
    storage.close();
  }));

(mayMount ? test : test.skip)('a storage on a read-only disk is read, and not written', () =>
  withSmallDisk(2, async (disk) => {
    const folder = join(disk, 'storage');
    const made = join(disk, '..', 'made');
    const storage = StorageFolder.open(made);
    record(storage, 'saved');
    storage.close();
    // libsql may still have the file open, and then its disk could not be made read-only.
    cpSync(made, folder, { recursive: true });
    expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0);
    expect(recordsIn(folder)).toEqual(['saved']);
    // Whoever writes locks the folder first.
    expect(() => lockFolder(folder)).toThrow(DiskError);
    expect(() => StorageFolder.open(join(disk, 'other'))).toThrow('The disk is read-only');
  }),
);
