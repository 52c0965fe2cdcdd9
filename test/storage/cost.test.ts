import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { DurableStorageClient } from '../../src/storage/client.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const request = (index: number) => ({
  url: `https://album.test/${index}`,
  uniqueKey: String(index),
});

/**
 * Every statement that a run over a storage prepared, with the plan that SQLite has for it. Plans
 * rather than times: a plan that scans a table costs more with every row, and says so on any
 * machine.
 */
async function plansOf(
  folder: string,
  work: (client: DurableStorageClient) => Promise<void>,
): Promise<Map<string, string>> {
  const statements = new Set<string>();
  const prepare = Libsql.prototype.prepare;
  Libsql.prototype.prepare = function (this: Libsql.Database, statement: string) {
    statements.add(statement);
    return prepare.call(this, statement);
  } as typeof prepare;
  const client = DurableStorageClient.open(folder);
  try {
    await work(client);
  } finally {
    client.close();
    Libsql.prototype.prepare = prepare;
  }
  const database = new Libsql(join(folder, 'photo-escape.sqlite'));
  const plans = new Map<string, string>();
  for (const statement of statements) {
    if (!/^(SELECT|INSERT|UPDATE|DELETE)/.test(statement)) continue;
    const values = Array(statement.split('?').length - 1).fill(1);
    const steps = database.prepare(`EXPLAIN QUERY PLAN ${statement}`).all(values);
    plans.set(statement, steps.map((step) => (step as { detail: string }).detail).join('; '));
  }
  database.close();
  return plans;
}

test('no statement of a crawl reads more rows than it gives, however many are handled', () =>
  withTemporaryFolder(async (folder) => {
    const plans = await plansOf(folder, async (client) => {
      await client.requestQueues().getOrCreate('queue');
      await client.datasets().getOrCreate('rows');
      await client.keyValueStores().getOrCreate('records');
      const queue = client.requestQueue('queue');
      await queue.batchAddRequests([request(1), request(2), request(3)]);
      await queue.addRequest(request(4), { forefront: true });
      const { items } = await queue.listAndLockHead({ limit: 3, lockSecs: 60 });
      const [handled, reclaimed, released] = items.map(({ id }) => id) as [string, string, string];
      await queue.prolongRequestLock(handled, { lockSecs: 60 });
      const content = (await queue.getRequest(handled)) as { id: string; url: string };
      const update = { uniqueKey: '4', ...content };
      await queue.updateRequest({ ...update, handledAt: '2026-01-01T00:00:00.000Z' });
      await queue.updateRequest({ ...request(1), id: reclaimed });
      await queue.deleteRequestLock(released, { forefront: true });
      await queue.listHead();
      await queue.deleteRequest(released);
      await client.dataset('rows').pushItems([{ a: 1 }, { a: 2 }]);
      await client.dataset('rows').listItems({ offset: 1 });
      await client.dataset('rows').listItems({ offset: 1, desc: true });
      await client.dataset('rows').get();
      const store = client.keyValueStore('records');
      await store.setRecord({ key: 'a', value: 1 });
      await store.setRecord({ key: 'b', value: Buffer.from('b') });
      await store.getRecord('a');
      await store.recordExists('a');
      await store.listKeys({ prefix: 'a', exclusiveStartKey: 'a', limit: 5 });
      await store.deleteRecord('b');
    });
    expect(plans.size).toBeGreaterThan(20);
    // The first and the last row of each table, looked at in opening, are the only exception.
    const reading = [...plans].filter(
      ([statement]) => !/ORDER BY 1( DESC)? LIMIT 1$/.test(statement),
    );
    for (const [statement, plan] of reading)
      expect({ statement, plan }).toEqual({
        statement,
        plan: expect.not.stringMatching(/SCAN (stores|requests|items|records)|TEMP B-TREE/),
      });
    const head = reading.filter(([statement]) => /ORDER BY place/.test(statement));
    expect(head.length).toBeGreaterThan(2);
    for (const [, plan] of head) expect(plan).toContain('pending_requests (store=?');
  }));
