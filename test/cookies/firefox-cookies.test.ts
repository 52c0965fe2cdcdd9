import { mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
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
function firefoxProfile(folder: string, cookies: readonly StoredCookie[], version = 16) {
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

/** Runs `check` on a site of one page in a home of its own; the cookies that it was sent. */
function checkWith(browser: string, prepare: (home: string) => Libsql.Database[]) {
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

const linux = (home: string) => join(home, '.mozilla', 'firefox');

test('the newest cookies of the album’s host are taken from a Firefox that runs, and no others', async () => {
  const { sent, err } = await checkWith('firefox', (home) => [
    firefoxProfile(join(linux(home), 'abc.default'), [
      { name: 'sid', value: 'für' },
      { name: 'old', lasts: -60 },
      { name: 'container', originAttributes: '^userContextId=1' },
      { name: 'partition', originAttributes: '^partitionKey=%28http%2Cother.example%29' },
      { name: 'elsewhere', host: '.other.example' },
      { name: 'neighbour', host: '127.0.0.2' },
    ]),
  ]);
  expect(Buffer.from(sent ?? '', 'latin1').toString()).toBe('sid=für');
  expect(err).toContain('abc.default: expired cookies of 127.0.0.1 left out: 1');
});

test('before version 16 of its schema an expiry is in seconds', async () => {
  const { sent } = await checkWith('firefox', (home) => [
    firefoxProfile(join(linux(home), 'a'), [{ name: 'a' }, { name: 'old', lasts: -60 }], 15),
  ]);
  expect(sent).toBe('a=1');
});

const profilesIni = `[Profile1]
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

function twoProfiles(home: string, ini = profilesIni) {
  const root = linux(home);
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'profiles.ini'), ini);
  return ['a.default-release', 'b.work', 'c.unlisted'].map((name) =>
    firefoxProfile(join(root, name), [{ name: 'of', value: name }]),
  );
}

test.each([
  ['the default of the installation', 'firefox', 'a.default-release'],
  ['a profile by its name', 'firefox:work', 'b.work'],
  ['a profile by its folder’s name', 'firefox:c.unlisted', 'c.unlisted'],
  ['a profile by its path', 'firefox:~/.mozilla/firefox/b.work', 'b.work'],
  ['a profile by its database', 'firefox:./.mozilla/firefox/b.work/cookies.sqlite', 'b.work'],
])('%s', async (_, browser, expected) => {
  expect((await checkWith(browser, twoProfiles)).sent).toBe(`of=${expected}`);
});

test('else the one that is marked as the default', async () => {
  const ini = profilesIni.slice(0, profilesIni.indexOf('[Install'));
  expect((await checkWith('firefox', (home) => twoProfiles(home, ini))).sent).toBe('of=b.work');
});

test('else the one that was used last, in whichever folder of Firefox it is', async () => {
  const { sent } = await checkWith('firefox', (home) => {
    const folders = [linux(home), join(home, 'snap/firefox/common/.mozilla/firefox')];
    return folders.map((root, index) => {
      const folder = join(root, 'p');
      const database = firefoxProfile(folder, [{ name: 'of', value: `${index}` }]);
      const used = index === 0 ? new Date(0) : new Date();
      for (const name of readdirSync(folder)) utimesSync(join(folder, name), used, used);
      return database;
    });
  });
  expect(sent).toBe('of=1');
});

test.each([
  [
    'no Firefox',
    'firefox',
    () => [],
    2,
    /there is no profile of Firefox with cookies \(looked in ~/,
  ],
  ['another profile', 'firefox:home', twoProfiles, 2, /no profile "home" .* It has: work, default/],
  ['another folder', 'firefox:/nowhere', () => [], 2, /there is no \/nowhere\/cookies.sqlite/],
  ['another browser', 'chrome', () => [], 2, /encrypt their cookies.*--cookies FILE/],
  [
    'a profile that was never signed in',
    'firefox',
    (home: string) => [firefoxProfile(join(linux(home), 'a'), [{ name: 'a', host: 'b.example' }])],
    4,
    /firefox\/a has no cookie for 127\.0\.0\.1\. Sign in at http/,
  ],
  [
    'a database that is damaged',
    'firefox',
    (home: string) => {
      mkdirSync(join(linux(home), 'a'), { recursive: true });
      writeFileSync(join(linux(home), 'a', 'cookies.sqlite'), 'not a database at all'.repeat(99));
      return [];
    },
    2,
    /cannot read ~.*cookies\.sqlite: .*--cookies FILE/,
  ],
])('%s: nothing is requested', async (_, browser, prepare, code, said) => {
  const ended = await checkWith(browser, prepare);
  expect(ended.err).toMatch(said);
  expect(ended).toMatchObject({ code, sent: undefined });
});
