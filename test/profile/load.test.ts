import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { UsageError } from '../../src/errors.js';
import { builtInProfiles, loadProfile } from '../../src/profile/load.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const kodakPulse = readFileSync(
  new URL('../../profiles/kodak-pulse.yaml', import.meta.url),
  'utf8',
);

/** Why a profile file is refused; none where it is not. */
function problemsOf(text: string): Promise<readonly string[]> {
  return withTemporaryFolder((folder) => {
    const file = join(folder, 'mine.yaml');
    writeFileSync(file, text);
    return problemsOfLoading(file).map((problem) => problem.replace(file, 'mine.yaml'));
  });
}

function problemsOfLoading(nameOrPath: string): readonly string[] {
  try {
    loadProfile(nameOrPath);
    return [];
  } catch (error) {
    if (error instanceof UsageError) return error.problems;
    throw error;
  }
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length;
}

test.each(builtInProfiles)('the built-in profile %s loads and bears its own name', (name) => {
  expect(loadProfile(name).name).toBe(name);
});

test('a path loads the file there, whatever the working folder', async () => {
  expect(await problemsOf(kodakPulse)).toEqual([]);
});

test('an unknown name is refused with the names there are, and how to give a file', () => {
  expect(problemsOfLoading('flickr')).toEqual([
    expect.stringMatching(/"flickr".*kodak-pulse.*\.\/flickr\.yaml/),
  ]);
});

test.each(['./nowhere.yaml', 'nowhere.yaml', '/'])(
  '%s cannot be read, and the problem says so',
  (path) => {
    expect(problemsOfLoading(path)).toEqual([
      expect.stringContaining(`The profile file ${path} cannot be read`),
    ]);
  },
);

test('every problem is reported, with file, line and key', async () => {
  const text = kodakPulse
    .replace('page: /Frame', 'page: Frame')
    .replace('url: https:', 'url: ftp:')
    .replace("'~(\\d+)\\.\\w+$', date: dotnet-ticks", "'(', date: stardate");
  expect(await problemsOf(text)).toEqual([
    expect.stringMatching(`^mine.yaml:${lineOf(text, 'ftp:')}: url: `),
    expect.stringMatching(`^mine.yaml:${lineOf(text, 'Frame/')}: listing.page: must begin with /`),
    expect.stringMatching(/^mine.yaml:\d+: item.uploadedAt.match: Invalid regular expression/),
    expect.stringMatching(`^mine.yaml:${lineOf(text, 'uploadedAt')}: item.uploadedAt.date: `),
  ]);
});

test('an unknown key is refused, at any depth', async () => {
  expect(await problemsOf(`${kodakPulse}nmae: x\n`)).toEqual([expect.stringContaining('nmae')]);
  expect(await problemsOf(kodakPulse.replace('rotation:', 'rotatoin:'))).toEqual([
    expect.stringMatching(/item.*rotatoin/),
  ]);
});

test('a missing key is named', async () => {
  expect(await problemsOf(kodakPulse.replace(/^url:.*$/m, ''))).toEqual([
    expect.stringMatching(/: url: /),
  ]);
});

test.each([
  ['broken YAML', 'name: ['],
  ['the same key twice', `${kodakPulse}name: again\n`],
  ['a list', '- name: x'],
  ['nothing', ''],
])('a file with %s is refused as such', async (_what, text) => {
  const problems = await problemsOf(text);
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) expect(problem).toMatch(/^mine\.yaml/);
});

// The line of the block above is given, for keys at the top always 1.
test('an unknown key is reported with its own line', async () => {
  const text = `${kodakPulse}nmae: x\n`;
  expect(await problemsOf(text)).toEqual([
    expect.stringMatching(`^mine.yaml:${lineOf(text, 'nmae')}:`),
  ]);
});

// YAML takes a value that begins with * for an alias; resolving it throws a ReferenceError.
test('a selector that begins with * and is not quoted is a problem of the file', async () => {
  const text = kodakPulse.replace(/row: .*$/m, 'row: *.photo');
  expect(await problemsOf(text)).toEqual([expect.stringMatching(/^mine\.yaml/)]);
});

// It is found out when the first page is read, as an unexpected error.
test('a selector that is no CSS is a problem of the file', async () => {
  const text = kodakPulse.replace(/row: .*$/m, "row: 'img['");
  expect(await problemsOf(text)).toEqual([expect.stringContaining('item.row')]);
});

// Settings refuse such an address, since it is written to the storage folder and to exports.
test('an address with a password in it is refused', async () => {
  const text = kodakPulse.replace('https://www', 'https://me:s3cret@www');
  expect(await problemsOf(text)).toEqual([expect.stringContaining('url')]);
});
