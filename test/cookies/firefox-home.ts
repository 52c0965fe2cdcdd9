import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import Libsql from 'libsql';
import { startProgram } from '../helpers/program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';

/** A cookie as Firefox keeps it; of the host 127.0.0.1, and for an hour from now, unless said. */
interface StoredCookie {
  name: string;
  value?: string;
  host?: string;
  path?: string;
  /** Seconds from now. */
  lasts?: number;
  originAttributes?: string;
}

/** A profile's folder with a database that is still open, as while Firefox runs. */
export function firefoxProfile(folder: string, cookies: readonly StoredCookie[], version = 16) {
  mkdirSync(folder, { recursive: true });
  const database = new Libsql(join(folder, 'cookies.sqlite'));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA user_version = ${version};
    CREATE TABLE moz_cookies (id INTEGER PRIMARY KEY, originAttributes TEXT NOT NULL DEFAULT '',
      name TEXT, value TEXT, host TEXT, path TEXT, expiry INTEGER, isSecure INTEGER)`);
  const insert = database.prepare('INSERT INTO moz_cookies VALUES (NULL, ?, ?, ?, ?, ?, ?, 0)');
  for (const { name, value = '1', host = '127.0.0.1', path = '/', ...cookie } of cookies) {
    const { lasts = 3600, originAttributes = '' } = cookie;
    const ends = Math.floor(Date.now() / 1000) + lasts;
    const expiry = version >= 16 ? ends * 1000 : ends;
    insert.run([originAttributes, name, value, host, path, expiry]);
  }
  return database;
}

const profile = `name: site
title: A site
signIn: { by: pasted }
item:
  row: li
  id: { select: img, attribute: src }
  original: [{ select: img, attribute: src }]
`;

/**
 * Runs `check` on a site of one page in a home of its own; the cookies that it was sent. Only a process of
 * its own has a home of its own.
 */
export function checkWith(browser: string, prepare: (home: string) => Libsql.Database[]) {
  return withTemporaryFolder((home) => {
    const open = prepare(home);
    const sent: (string | undefined)[] = [];
    const temporary = mkdtempSync(join(home, 'tmp-'));
    writeFileSync(join(home, 'site.yaml'), profile);
    return withServer(
      ({ headers }, response) => {
        sent.push(headers.cookie);
        response.setHeader('content-type', 'text/html').end('<p>none yet</p>');
      },
      async (origin) => {
        const words = ['check', './site.yaml', '--url', origin, '--cookies-from-browser', browser];
        const env = { TMPDIR: temporary };
        const { code, err } = await startProgram(words, { cwd: home, env }).ended;
        for (const database of open) database.close();
        expect(readdirSync(temporary)).toEqual([]);
        return { code, sent: sent[0], err: err.replaceAll(home, '~') };
      },
    );
  });
}

/** Where Firefox keeps its profiles below a home. */
export const linux = (home: string) => join(home, '.mozilla', 'firefox');

/** Names two profiles, one of them of the installation. */
export const profilesIni = `[Profile1]
Name=work
IsRelative=1
Path=b.work
Default=1

[Profile0]
Name=default-release
IsRelative=1
Path=a.default-release

[Install4F96D1932A9F858E]
Default=a.default-release
Locked=1
`;

/** Makes the profiles of the list, and one beside it. */
export function twoProfiles(home: string, ini = profilesIni) {
  const root = linux(home);
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'profiles.ini'), ini);
  return ['a.default-release', 'b.work', 'c.unlisted'].map((name) =>
    firefoxProfile(join(root, name), [{ name: 'of', value: name }]),
  );
}
