import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checksumList, readChecksumList } from '../../src/files/checksum-list.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const sha256 = 'ab'.repeat(32);
const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
const hasSha256sum = spawnSync('sha256sum', ['--version']).status === 0;
const withSha256sum = hasSha256sum ? test : test.skip;
const names = [
  'a.jpg',
  'b c.jpg',
  'Gänse 😀 語.jpg',
  'back\\slash.jpg',
  'two\nlines.jpg',
  '\\n.jpg',
  'r\r.jpg',
  ' leading.jpg',
  'trailing ',
  'line\u2028separator',
  '*star',
  '-c',
  '\\\n',
  '2016/inner.jpg',
];

/** Runs the work in a folder with a file of each name, which contains its own name. */
const withFiles = (work: (folder: string) => void) =>
  withTemporaryFolder((folder) => {
    mkdirSync(join(folder, '2016'));
    for (const name of names) writeFileSync(join(folder, name), name);
    work(folder);
  });

withSha256sum('what sha256sum writes is read, whatever the names', () =>
  withFiles((folder) => {
    const text = execFileSync('sha256sum', ['--', ...names], { cwd: folder, encoding: 'utf8' });
    expect(readChecksumList(text)).toEqual({
      files: names.map((name) => ({ name, sha256: sha256Of(name) })),
      unreadableLines: [],
    });
  }),
);

withSha256sum('what is written sha256sum checks, whatever the names', () =>
  withFiles((folder) => {
    const list = checksumList(names.map((name) => ({ name, sha256: sha256Of(name) })));
    writeFileSync(join(folder, 'SHA256SUMS'), list);
    const check = ['-c', '--strict', '--quiet', 'SHA256SUMS'];
    expect(execFileSync('sha256sum', check, { cwd: folder, encoding: 'utf8' })).toBe('');
    writeFileSync(join(folder, 'two\nlines.jpg'), 'changed');
    expect(spawnSync('sha256sum', check, { cwd: folder }).status).toBe(1);
  }),
);

test('a list is in the order of the names', () => {
  const list = checksumList([
    { name: 'b/c.jpg', sha256: 'cd' },
    { name: 'a.jpg', sha256: 'ab' },
  ]);
  expect(list).toBe('ab  a.jpg\ncd  b/c.jpg\n');
});

test('both marks, capital letters and line ends of Windows are read', () => {
  const text = `${sha256.toUpperCase()}  a.jpg\r\n${sha256} *b.jpg\r\n`;
  expect(readChecksumList(text)).toEqual({
    files: [
      { name: 'a.jpg', sha256 },
      { name: 'b.jpg', sha256 },
    ],
    unreadableLines: [],
  });
});

test.each([
  ['an empty line', ''],
  ['a text', 'hello'],
  ['a shorter hash', `${sha256.slice(1)}  a.jpg`],
  ['no name', `${sha256}  `],
  ['one space', `${sha256} a.jpg`],
  ['an escape that is none', `\\${sha256}  a\\t.jpg`],
  ['a backslash at the end', `\\${sha256}  a\\`],
  ['a path from the root', `${sha256}  /etc/passwd`],
  ['a path out of the folder', `${sha256}  2016/../../a.jpg`],
])('%s is named by its number', (_what, bad) => {
  const text = `${sha256}  a.jpg\n${bad}\n${sha256}  ..b.jpg\n`;
  const { files, unreadableLines } = readChecksumList(text);
  expect(unreadableLines).toEqual([2]);
  expect(files.map(({ name }) => name)).toEqual(['a.jpg', '..b.jpg']);
});

test('an empty list lists nothing', () => {
  expect(readChecksumList('')).toEqual({ files: [], unreadableLines: [] });
});
