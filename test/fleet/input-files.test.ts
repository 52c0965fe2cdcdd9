import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../src/errors.js';
import { readAlbumsFile } from '../../src/fleet/albums-file.js';
import { readSecrets } from '../../src/fleet/secrets-file.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

describe('the list of albums', () => {
  /** Reads a list, or says what is wrong with it. */
  function read(text: string | Buffer) {
    return withTemporaryFolder((folder) => {
      const file = join(folder, 'albums.csv');
      writeFileSync(file, text);
      try {
        return readAlbumsFile(file);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        return error.problems.map((problem) => problem.replaceAll(file, 'albums.csv'));
      }
    });
  }

  test('a list of albums, as spreadsheets write it', async () => {
    const text =
      '\ufeffid,profile,url,username\r\n' +
      'a-1,kodak-pulse,,"one, two@example.com"\r\n\r\n' +
      '17,kodak-pulse,https://other.example/album,me@example.com\r\n';

    expect(await read(text)).toEqual([
      {
        line: 2,
        mostAtOnce: undefined,
        album: {
          ...{ id: 'a-1', profile: 'kodak-pulse', username: 'one, two@example.com' },
          url: 'https://www.kodakpulse.com/',
        },
      },
      {
        line: 4,
        mostAtOnce: undefined,
        album: {
          ...{ id: '17', profile: 'kodak-pulse', username: 'me@example.com' },
          url: 'https://other.example/album',
        },
      },
    ]);
  });

  test('all bad rows are named with their lines', async () => {
    const text = `id,profile,url,username
good,kodak-pulse,,me@example.com
../bad,kodak-pulse,,you@example.com
b,kodak-puls,,me@example.com
c,kodak-pulse,ftp://there,c@example.com
d,kodak-pulse,https://me:hidden-word@there.example/,d@example.com
e,kodak-pulse,
f,kodak-pulse,,
good,kodak-pulse,,again@example.com
g,kodak-pulse,,me@example.com
h,directory-listing,,
`;
    const problems = await read(text);

    expect(problems).toEqual([
      expect.stringMatching(/^albums\.csv:3: the id "\.\.\/bad" takes/),
      expect.stringMatching(/^albums\.csv:4: There is no built-in profile "kodak-puls"/),
      expect.stringMatching(/^albums\.csv:5: the url must be an http or https address/),
      expect.stringMatching(/^albums\.csv:6: the url must not have a user name or password/),
      expect.stringMatching(/^albums\.csv:7: it has 3 values in place of 4/),
      'albums.csv:8: the username is missing',
      'albums.csv:9: the id good is on line 2 already',
      'albums.csv:10: this album is on line 2 already',
      'albums.csv:11: the profile has no address: the url is needed',
    ]);
    expect(String(problems)).not.toContain('hidden-word');
  });

  test('further columns are refused by name, passwords above all', async () => {
    expect(await read('id,profile,url,username,password,note\n')).toEqual([
      'albums.csv:1: there is no column "password". Passwords belong in the secrets file (FLEET_SECRETS) on the machines that work',
      'albums.csv:1: there is no column "note".',
      'The first line must be id,profile,url,username',
    ]);
    expect(await read('id,profile,url,url\n')).toEqual([
      'albums.csv:1: the column url is there twice',
      'albums.csv:1: the column username is missing',
      'The first line must be id,profile,url,username',
    ]);
  });

  test('what is no CSV in UTF-8 is refused', async () => {
    expect(await read('id,profile,url,username\na,"b\n')).toEqual([
      expect.stringMatching(/^albums\.csv:\d: the quotes are wrong/),
    ]);
    expect(await read(Buffer.from('id,profile,url,username\n', 'utf16le'))).toEqual([
      expect.stringMatching(/^albums\.csv is in UTF-16/),
    ]);
  });
});

describe('the file of secrets', () => {
  function read(text: string, mode = 0o600) {
    return withTemporaryFolder((folder) => {
      const file = join(folder, 'secrets.csv');
      writeFileSync(file, text);
      chmodSync(file, mode);
      try {
        return [...readSecrets(file)];
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        return error.problems.map((problem) => problem.replaceAll(file, 'secrets.csv'));
      }
    });
  }

  test('passwords are taken as they are, spaces and quotes too', async () => {
    expect(await read('id,password\na, two words \nb,"with ""quotes"", commas"\n')).toEqual([
      ['a', ' two words '],
      ['b', 'with "quotes", commas'],
    ]);
  });

  test.each([0o640, 0o604, 0o620, 0o644])(
    'a file that others can read or write is refused (%o)',
    async (mode) => {
      expect(await read('id,password\na,hidden-word\n', mode)).toEqual([
        `The secrets file secrets.csv has the mode 0${mode.toString(8)}: others can read or change it. Make it yours alone: chmod 600 secrets.csv`,
      ]);
    },
  );

  test('what is wrong with it is named, and no password is shown', async () => {
    const problems = await read(
      'id,password\na,hidden-word\na,hidden-word\nb,\nc,hidden-word,more\n',
    );
    expect(problems).toEqual([
      expect.stringMatching(/^secrets\.csv:5: it has 3 values/),
      'secrets.csv:3: the id a is there twice',
      'secrets.csv:4: the password of b is empty',
    ]);
    expect(String(await read('id,password\na,hidden-"word\n'))).not.toContain('hidden');
  });

  test('a file that is not there is refused', () => {
    expect(() => readSecrets('/no/secrets.csv')).toThrow(
      'The secrets file /no/secrets.csv cannot be read',
    );
  });
});
