import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { Album } from '../../src/album/album.js';
import { schemaVersion } from '../../src/storage/schema.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { profileOf } from '../profile/profile-of.js';
import { ended, startChild } from './child-process.js';
import { putFiles } from './put-files.js';

// Version 2 left this database when it was killed, see make.mjs there: photo 1 is saved, the own page
// of 2 is read, that of 3 is not.
const version2 = join(dirname(fileURLToPath(import.meta.url)), 'version-2');
const formerOrigin = 'http://127.0.0.1:36513';

/** Puts the database of version 2 into a folder, as if the site had been at the origin. */
function putDatabase(folder: string, origin = formerOrigin): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'photo-escape.sqlite');
  copyFileSync(join(version2, 'photo-escape.sqlite'), path);
  const database = new Libsql(path);
  const moved = (column: string) =>
    `${column} = replace(${column}, '${formerOrigin}', '${origin}')`;
  database.exec(`UPDATE requests SET ${moved('content')}; UPDATE photos SET ${moved('saved')};
    UPDATE records SET ${moved('value')}`);
  database.close();
  return path;
}

const listed = (id: string) => ({ key: id, id, page: 1, position: Number(id) });
const sourcesOf2 = [
  {
    photo: { ...listed('2'), title: 'Lake 2' },
    originals: [`${formerOrigin}/o/2.png`],
    referrer: `${formerOrigin}/photo/2`,
  },
  { photo: listed('3'), originals: [], detailUrl: `${formerOrigin}/photo/3` },
];

function sources(folder: string) {
  const storage = StorageFolder.open(folder);
  const { sources } = new Album(storage);
  const found = ['2', '3'].map((key) => {
    const { listed: _listed, ...source } = sources.of(key);
    return source;
  });
  storage.close();
  return found;
}

test('addresses that stood in the requests of version 2 are taken over', () =>
  withTemporaryFolder(async (folder) => {
    const path = putDatabase(folder);
    expect(sources(folder)).toEqual(sourcesOf2);
    const database = new Libsql(path);
    expect(database.prepare('PRAGMA user_version').raw().get()).toEqual([schemaVersion]);
    database.close();
  }));

test('a folder of version 3 opens, and its pages are to be read', () =>
  withTemporaryFolder(async (folder) => {
    StorageFolder.open(folder).close();
    const path = join(folder, 'photo-escape.sqlite');
    const version3 = new Libsql(path);
    version3.exec('DROP TABLE page_readings; PRAGMA user_version = 3');
    version3.close();
    for (const open of [StorageFolder.openForReading, StorageFolder.open]) {
      const storage = open(folder);
      expect(new Album(storage).listing.reading(1)).toBeUndefined();
      storage.close();
    }
  }));

test.each(['CREATE TABLE sources', 'INTO sources', 'user_version'])(
  'a process killed in mid-migration, after %s, leaves a folder that opens',
  (word) =>
    withTemporaryFolder(async (parent) => {
      const folder = join(parent, 'storage');
      putDatabase(folder);
      const child = startChild(
        join(parent, 'child'),
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
      expect(sources(folder)).toEqual(sourcesOf2);
    }),
);

test('a run resumes what version 2 began, also where the site no longer lists it', async () => {
  const own = (id: string) => `<h1>Lake ${id}</h1><a class="download" href="/now/${id}.png">.</a>`;
  const answers: Answers = {
    '/': '<a id="1" href="/photo/1">.</a><a id="3" href="/photo/3">.</a>',
    '/photo/3': own('3'),
    '/now/3.png': await picture(3),
    '/o/2.png': await picture(2),
  };
  const profile = profileOf(readFileSync(join(version2, 'profile.yaml'), 'utf8'));
  await withTestSite(
    profile,
    () => answers,
    async ({ run, origin, storage, asked }) => {
      putDatabase(storage, origin);
      putFiles(storage, [{ file: 'key_value_stores/photos/1.png', bytes: 95 }]);
      const identity = { profile: 'mine', url: `${origin}/`, username: '' };
      const { ending, lines } = await run({ identity, thumbnails: 'none' });
      expect([ending, lines.at(-1)]).toEqual([
        'complete',
        'saved 1 · already had 1 · failed 0 · listed 2',
      ]);
      expect(lines.join('\n')).toContain('1 saved photos are no longer in the album');
      expect(asked.filter((path) => path.endsWith('.png'))).toEqual(['/now/3.png', '/o/2.png']);
    },
  );
});
