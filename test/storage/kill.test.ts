import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Album } from '../../src/album/album.js';
import { lockFolder } from '../../src/files/folder-lock.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { ended, linesOf, startChild } from './child-process.js';

const total = 400;

/** Does what a crawl does: fetches eight requests at a time, saves file, row and request of each. */
const crawl = (folder: string) => `
  import { Album } from './src/album/album.js';
  import { StorageFolder } from './src/storage/storage-folder.js';
  import { lockFolder } from './src/files/folder-lock.js';
  lockFolder(${JSON.stringify(folder)});
  const storage = StorageFolder.open(${JSON.stringify(folder)});
  const { photos } = new Album(storage);
  const save = async ({ uniqueKey }) => {
    process.stdout.write('begins ' + uniqueKey + '\\n');
    const file = await storage.originals.put(uniqueKey + '.bin', Buffer.alloc(30_000, uniqueKey));
    await photos.push({ key: uniqueKey, status: 'saved', file, bytes: 30_000, sha256: '' });
    await storage.requests.markHandled(uniqueKey);
    process.stdout.write('saved ' + uniqueKey + '\\n');
  };
  while (true) {
    const requests = await storage.requests.fetchNext(8);
    if (requests.length === 0) break;
    await Promise.all(requests.map(save));
  }
  process.exit();`;

async function fill(folder: string): Promise<void> {
  const storage = StorageFolder.open(folder);
  const requests = Array.from({ length: total }, (_, index) => ({
    uniqueKey: `key-${index}`,
    content: '{}',
  }));
  await storage.requests.add(requests, 'end');
  storage.close();
}

/** Compares the rows with the files, with the queue and with what the child said. */
async function check(folder: string, said: ReadonlySet<string>): Promise<void> {
  const storage = StorageFolder.openForReading(folder);
  const rows = new Set<string>();
  for (const { saved } of new Album(storage).photos.savedFiles()) {
    const bytes = readFileSync(join(folder, saved.file));
    expect(bytes.equals(Buffer.alloc(30_000, saved.key))).toBe(true);
    rows.add(saved.key);
  }
  const { handled } = await storage.requests.count();
  expect(handled).toBeLessThanOrEqual(rows.size);
  for (const key of said) expect(rows).toContain(key);
  expect(handled).toBeGreaterThanOrEqual(said.size);
  storage.close();
}

/** Runs the child until it has saved so many, kills it, and enters what it said of each key. */
async function killAfter(
  child: ChildProcess,
  lines: number,
  said: { begun: string[]; saved: Set<string> },
): Promise<void> {
  const end = ended(child);
  const output = linesOf(child);
  for (let saved = 0; ; ) {
    const [what, key] = (await output.next())?.split(' ') ?? [];
    if (key === undefined) break;
    if (what === 'begins') said.begun.push(key);
    else said.saved.add(key);
    if (what === 'saved' && ++saved === lines) child.kill('SIGKILL');
  }
  await end;
}

test('killed again and again, it loses nothing that was saved and repeats no more than was in progress', () =>
  withTemporaryFolder(async (work) => {
    const folder = join(work, 'storage');
    await fill(folder);
    const said = { begun: [], saved: new Set<string>() };
    const kills = [1, 40, 90, 7, 120];
    for (const [round, lines] of [...kills, total].entries()) {
      await killAfter(startChild(join(work, String(round)), crawl(folder)), lines, said);
      await check(folder, said.saved);
      lockFolder(folder).release();
    }
    const storage = StorageFolder.open(folder);
    expect(await storage.requests.isFinished()).toBe(true);
    expect(await storage.requests.count()).toEqual({ total, handled: total });
    expect([...new Album(storage).photos.savedFiles()]).toHaveLength(total);
    expect(said.begun.length).toBeLessThanOrEqual(total + kills.length * 8);
    expect(readdirSync(join(folder, 'key_value_stores', 'photos'))).toHaveLength(total);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
    storage.close();
  }));
