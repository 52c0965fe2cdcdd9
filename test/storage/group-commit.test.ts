import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DiskError } from '../../src/errors.js';
import { Database } from '../../src/storage/database.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

/** A database with a table, and a second connection that sees what is committed. */
function withDatabase(
  work: (database: Database, committed: () => number[]) => Promise<void>,
): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    const path = join(folder, 'test.sqlite');
    const database = new Database(path, 'write');
    database.script('PRAGMA journal_mode = WAL; CREATE TABLE numbers (number INTEGER UNIQUE)');
    const reader = new Database(path, 'read');
    const committed = () =>
      reader.rows<[number]>('SELECT number FROM numbers ORDER BY number').map(([number]) => number);
    try {
      await work(database, committed);
    } finally {
      reader.close();
      database.close();
    }
  });
}

const insert = (database: Database, number: number) => () =>
  database.run('INSERT INTO numbers VALUES (?)', number);

test('statements of one turn of the event loop are committed together', () =>
  withDatabase(async (database, committed) => {
    const works = [1, 2, 3].map((number) => database.groupCommit(insert(database, number)));
    expect(committed()).toEqual([]);
    await works[0];
    expect(committed()).toEqual([1, 2, 3]);
    await Promise.all(works);
  }));

test('the connection itself sees a statement at once', () =>
  withDatabase(async (database) => {
    const work = database.groupCommit(insert(database, 1));
    expect(database.row('SELECT number FROM numbers')).toEqual([1]);
    await work;
  }));

test('a statement that fails is undone whole, and no other', () =>
  withDatabase(async (database, committed) => {
    const first = database.groupCommit(insert(database, 1));
    const several = () => database.run('INSERT INTO numbers VALUES (2), (3), (1)');
    const broken = database.groupCommit(several);
    const last = database.groupCommit(insert(database, 4));
    await expect(broken).rejects.toThrow('UNIQUE');
    await Promise.all([first, last]);
    expect(committed()).toEqual([1, 4]);
  }));

test('a transaction of its own comes after what was run before', () =>
  withDatabase(async (database, committed) => {
    const together = database.groupCommit(insert(database, 1));
    database.transaction(() => {
      expect(committed()).toEqual([1]);
      insert(database, 2)();
    });
    expect(committed()).toEqual([1, 2]);
    await together;
  }));

test('closing commits what was run', () =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, 'test.sqlite');
    const database = new Database(path, 'write');
    database.script('CREATE TABLE numbers (number INTEGER)');
    const work = database.groupCommit(insert(database, 1));
    database.close();
    await work;
    const reader = new Database(path, 'read');
    expect(reader.row('SELECT count(*) FROM numbers')).toEqual([1]);
    reader.close();
  }));

test('on a full disk every statement that was not committed rejects', () =>
  withDatabase(async (database, committed) => {
    database.script('CREATE TABLE texts (text TEXT)');
    const [pages] = database.row<[number]>('PRAGMA page_count') ?? [0];
    database.script(`PRAGMA max_page_count = ${pages + 1}`);
    const small = database.groupCommit(insert(database, 1));
    const large = database.groupCommit(() =>
      database.run('INSERT INTO texts VALUES (?)', 'x'.repeat(100_000)),
    );
    await expect(large).rejects.toBeInstanceOf(DiskError);
    const told = await small.then(
      () => 'committed',
      (error: unknown) => error,
    );
    if (told === 'committed') expect(committed()).toEqual([1]);
    else expect(told).toBeInstanceOf(DiskError);
    await database.groupCommit(insert(database, 2));
    expect(committed()).toContain(2);
  }));
