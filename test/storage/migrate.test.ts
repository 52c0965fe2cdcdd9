import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { Album } from '../../src/album/album.js';
import { albumStatus } from '../../src/album/status.js';
import { DiskError, EscapeError } from '../../src/errors.js';
import { exportedPhoto } from '../../src/exports/fields.js';
import { lockFolder } from '../../src/files/folder-lock.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { withProgramReplica } from '../helpers/program-replica.js';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { ended, startChild } from './child-process.js';
import { putFiles } from './put-files.js';

// Version 1 left these files when it was killed, see make.mjs there.
const version1 = join(dirname(fileURLToPath(import.meta.url)), 'version-1');
const expected = (name: string) => JSON.parse(readFileSync(join(version1, name), 'utf8'));

/** Puts the database of version 1 into a folder. @returns its path there */
function putDatabase(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'photo-escape.sqlite');
  copyFileSync(join(version1, 'photo-escape.sqlite'), path);
  return path;
}

const withVersion1 = (work: (folder: string, path: string) => Promise<void>) =>
  withTemporaryFolder((parent) => {
    const folder = join(parent, 'storage');
    return work(folder, putDatabase(folder));
  });

function inDatabase<Result>(path: string, work: (database: Libsql.Database) => Result): Result {
  const database = new Libsql(path);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const versionOf = (path: string) =>
  inDatabase(path, (database) => database.prepare('PRAGMA user_version').raw().get());

test.each([
  ['for reading', StorageFolder.openForReading],
  ['for writing', StorageFolder.open],
])('a folder of version 1 that is opened %s has all that version 1 exported', (_how, open) =>
  withVersion1(async (folder) => {
    const storage = open(folder);
    const album = new Album(storage);
    const { photos, counts } = expected('export.json');
    const { album: identity, bytes, lastRun, counts: former } = expected('status.json');
    expect([...album.entries()].map(exportedPhoto)).toEqual(photos);
    expect(album.identity()).toEqual(identity);
    const status = await albumStatus(album, identity);
    expect(status).toMatchObject({ bytes, lastRun, counts });
    expect(status.counts.left).toBe(former.left);
    storage.close();
  }),
);

test('failures are counted on, requests stay in their places, and handled ones stay handled', () =>
  withVersion1(async (folder, path) => {
    const [failuresOf, pending, total] = inDatabase(path, (database) => {
      const all = <Row>(statement: string) => database.prepare(statement).all() as Row[];
      return [
        all<{ key: string; failures: number }>(
          `SELECT content ->> 'key' AS key, sum(content ->> 'status' = 'failed') AS failures
           FROM items WHERE store = (SELECT number FROM stores WHERE kind = 'dataset' AND name = 'photos')
           GROUP BY 1`,
        ),
        all<{ uniqueKey: string; content: string }>(
          `SELECT content ->> 'uniqueKey' AS uniqueKey, content FROM requests
           WHERE place IS NOT NULL ORDER BY place`,
        ),
        all<{ count: number }>('SELECT count(*) AS count FROM requests')[0]?.count ?? 0,
      ] as const;
    });
    const storage = StorageFolder.open(folder);
    const { photos } = new Album(storage);
    expect(Math.max(...failuresOf.map(({ failures }) => failures))).toBeGreaterThan(1);
    for (const { key, failures } of failuresOf)
      expect([key, photos.failuresBefore('a run', key)]).toEqual([key, failures]);
    expect(pending.length).toBeGreaterThan(1);
    expect(await storage.requests.count()).toEqual({ total, handled: total - pending.length });
    const fetched = await storage.requests.fetchNext(total);
    expect(fetched).toEqual(pending.map(({ uniqueKey, content }) => ({ uniqueKey, content })));
    storage.close();
  }));

interface SavedBefore {
  id: string;
  status: string;
  file?: string;
  bytes?: number;
}

test('a run resumes what version 1 began: it fetches what is pending or failed, and nothing else', () =>
  withProgramReplica({ photos: 10, pageSize: 4, photoBytes: 1500 }, async (replica, cwd) => {
    const [, , departed = '', lost = ''] = replica.photos().map(({ id }) => id);
    replica.removePhotos([departed, lost]);
    replica.addPhotos(6);
    const path = putDatabase(join(cwd, 'storage'));
    // The replica of version 1 had another port.
    const { port } = new URL(expected('status.json').album.url);
    inDatabase(path, (database) => {
      const ported = (column: string) =>
        `replace(${column}, ':${port}/', ':${new URL(replica.url).port}/')`;
      database.exec(`UPDATE requests SET content = ${ported('content')};
        UPDATE items SET content = ${ported('content')};
        UPDATE records SET value = CAST(${ported('CAST(value AS TEXT)')} AS BLOB) WHERE file IS NULL`);
    });
    const before = expected('export.json').photos as SavedBefore[];
    putFiles(join(cwd, 'storage'), before);
    const open = before.filter(({ id, status }) => status !== 'saved' && id !== lost);

    const { code, err } = await runProgram([], { cwd });

    expect([code, err.trimEnd().split('\n').at(-1)]).toEqual([
      0,
      `saved ${open.length} · already had ${14 - open.length} · failed 0 · listed 14`,
    ]);
    const asked = replica.requests.flatMap(({ kind, photoId }) =>
      kind === 'original' && photoId !== undefined ? [photoId] : [],
    );
    expect(asked.sort()).toEqual(open.map(({ id }) => id).sort());
    const { out } = await runProgram(['export', '--format', 'ids'], { cwd });
    const saved = before.filter(({ id }) => id !== lost).map(({ id }) => id);
    expect(JSON.parse(out).sort()).toEqual(saved.sort());
  }));

test('a folder of version 1 that is in use cannot be read, and stays as it is', () =>
  withVersion1(async (folder, path) => {
    const lock = lockFolder(folder);
    const open = () => StorageFolder.openForReading(folder);
    expect(open).toThrow('written by an earlier version');
    expect(open).toThrow(`Process ${process.pid} `);
    expect(open).toThrow(expect.objectContaining({ ending: 'busy' }));
    lock.release();
    expect(versionOf(path)).toEqual([1]);
  }));

test('a folder of version 1 that cannot be written cannot be read, and stays as it is', () =>
  withVersion1(async (folder, path) => {
    mkdirSync(join(folder, 'hold.sqlite'));
    const open = () => StorageFolder.openForReading(folder);
    expect(open).toThrow(EscapeError);
    expect(open).toThrow('written by an earlier version');
    expect(open).toThrow(expect.objectContaining({ ending: 'disk', cause: expect.any(DiskError) }));
    expect(versionOf(path)).toEqual([1]);
  }));

test('a migration that fails changes nothing', () =>
  withVersion1(async (folder, path) => {
    const rows = () =>
      inDatabase(path, (database) => database.prepare('SELECT count(*) AS n FROM items').all());
    inDatabase(path, (database) =>
      database.exec(`UPDATE items SET content = '{' WHERE position = 3`),
    );
    const before = rows();
    expect(() => StorageFolder.open(folder)).toThrow();
    expect(versionOf(path)).toEqual([1]);
    expect(rows()).toEqual(before);
  }));

// The scripts of a migration, by a word of each.
test.each([
  'RENAME TO',
  'CREATE TABLE photos',
  'INSERT INTO photos',
  'INTO sources',
  'DROP TABLE items',
])('a process killed in mid-migration, after %s, leaves a folder that opens', (word) =>
  withVersion1(async (folder, path) => {
    const child = startChild(
      join(dirname(folder), 'child'),
      `import { Database } from './src/storage/database.js';
        import { StorageFolder } from './src/storage/storage-folder.js';
        const script = Database.prototype.script;
        Database.prototype.script = function (statements) {
          script.call(this, statements);
          if (statements.includes(${JSON.stringify(word)})) process.kill(process.pid, 'SIGKILL');
        };
        StorageFolder.open(${JSON.stringify(folder)});`,
    );
    await ended(child);
    expect(child.signalCode).toBe('SIGKILL');
    expect(versionOf(path)).toEqual([1]);
    const storage = StorageFolder.open(folder);
    expect([...new Album(storage).entries()].map(exportedPhoto)).toEqual(
      expected('export.json').photos,
    );
    storage.close();
  }),
);
