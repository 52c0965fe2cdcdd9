import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { Album } from '../../src/album/album.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

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
      await album.sources.remove('a');
      album.photos.isSaved('a');
      album.photos.savedAmong('run', ['a']);
      album.photos.failuresBefore('run', 'a');
      for await (const _ of album.photos.list());
      for (const _ of album.photos.savedFiles());
      await album.addThumbnailSize('a', { width: 8, height: 6 });
      await album.writeListingPage(1, [photo]);
      await album.endListing(1);
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
    const head = reading.filter(([statement]) => /ORDER BY place (LIMIT|ASC|DESC)/.test(statement));
    expect(head.length).toBeGreaterThan(2);
    for (const [, plan] of head) expect(plan).toContain('pending_requests');
  }));
