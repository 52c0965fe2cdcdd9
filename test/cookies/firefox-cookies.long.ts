import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkWith, firefoxProfile, linux, profilesIni, twoProfiles } from './firefox-home.js';

test('before version 16 of its schema an expiry is in seconds', async () => {
  const { sent } = await checkWith('firefox', (home) => [
    firefoxProfile(join(linux(home), 'a'), [{ name: 'a' }, { name: 'old', lasts: -60 }], 15),
  ]);
  expect(sent).toBe('a=1');
});

test.each([
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
  ['another profile', 'firefox:home', twoProfiles, 2, /no profile "home" .* It has: work, default/],
  ['another folder', 'firefox:/nowhere', () => [], 2, /there is no \/nowhere\/cookies.sqlite/],
  ['another browser', 'chrome', () => [], 2, /encrypt their cookies.*--cookies FILE/],
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
