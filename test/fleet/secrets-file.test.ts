import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { UsageError } from '../../src/errors.js';
import { readSecrets } from '../../src/fleet/secrets-file.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

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
