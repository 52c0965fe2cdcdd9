import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { Album } from '../../src/album/album.js';
import { DiskError } from '../../src/errors.js';
import { Database } from '../../src/storage/database.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

describe('group commit', () => {
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
        reader
          .rows<[number]>('SELECT number FROM numbers ORDER BY number')
          .map(([number]) => number);
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
});

describe('its cost', () => {
  const request = (uniqueKey: string) => ({ uniqueKey, content: '{}' });

  /**
   * Every statement that the work on a storage prepared, with the plan that SQLite has for it. Plans
   * rather than times: a plan that scans a table costs more with every row, and says so on any
   * machine.
   */
  async function plansOf(
    folder: string,
    work: (storage: StorageFolder) => Promise<void>,
  ): Promise<Map<string, string>> {
    const statements = new Set<string>();
    const prepare = Libsql.prototype.prepare;
    Libsql.prototype.prepare = function (this: Libsql.Database, statement: string) {
      statements.add(statement);
      return prepare.call(this, statement);
    } as typeof prepare;
    const storage = StorageFolder.open(folder);
    try {
      await work(storage);
    } finally {
      storage.close();
      Libsql.prototype.prepare = prepare;
    }
    const database = new Libsql(join(folder, 'photo-escape.sqlite'));
    const plans = new Map<string, string>();
    for (const statement of statements) {
      if (!/^\s*(SELECT|INSERT|UPDATE|DELETE)/.test(statement)) continue;
      const values = Array(statement.split('?').length - 1).fill(1);
      const steps = database.prepare(`EXPLAIN QUERY PLAN ${statement}`).all(values);
      plans.set(statement, steps.map((step) => (step as { detail: string }).detail).join('; '));
    }
    database.close();
    return plans;
  }

  test('no statement for a photo, a page or a request reads rows that it does not give', () =>
    withTemporaryFolder(async (folder) => {
      const plans = await plansOf(folder, async (storage) => {
        const { requests } = storage;
        await requests.add(['1', '2', '3'].map(request), 'end');
        await requests.add([request('4'), request('1')], 'front');
        await requests.fetchNext(3);
        await requests.markHandled('1');
        await requests.reclaim(request('4'), 'end');
        await requests.isFinished();
        const album = new Album(storage);
        const photo = listedPhoto('a');
        await album.photos.push(savedOutcome(photo), 'run');
        await album.photos.push(failedOutcome(photo), 'run');
        await album.sources.putListed([{ photo, originals: [] }]);
        await album.sources.putDetail('a', { originals: [], texts: {}, referrer: '' });
        album.sources.of('a');
        album.sources.ofUnsaved('a');
        await album.recordSaved(savedOutcome(photo), 'run', () => requests.markHandledWithin('2'));
        album.photos.isSaved('a');
        album.photos.savedAmong('run', ['a']);
        album.photos.failuresBefore('run', 'a');
        for await (const _ of album.photos.list());
        for (const _ of album.photos.savedFiles());
        await album.addThumbnailSize('a', { width: 8, height: 6 });
        await album.listing.write(1, [photo]);
        await album.listing.endAt(1);
        Array.from(album.entries());
      });
      // The first and the last row of each table, read when it is opened, are the only exception.
      const reading = [...plans].filter(
        ([statement]) => !/ORDER BY 1( DESC)? LIMIT 1$/.test(statement),
      );
      expect(reading.length).toBeGreaterThan(15);
      for (const [statement, plan] of reading)
        expect({ statement, plan }).toEqual({
          statement,
          plan: expect.not.stringMatching(
            /SCAN (requests|photos|listed|sources|thumbnails)|TEMP B-TREE/,
          ),
        });
      const head = reading.filter(([statement]) =>
        /ORDER BY place (LIMIT|ASC|DESC)/.test(statement),
      );
      expect(head.length).toBeGreaterThan(2);
      for (const [, plan] of head) expect(plan).toContain('pending_requests');
    }));
});
