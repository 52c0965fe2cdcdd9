import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readChecksumList } from '../../src/files/read-checksum-list.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const sha256 = 'ab'.repeat(32);

test('what sha256sum writes is read, whatever the names', () =>
  withTemporaryFolder((folder) => {
    const names = ['a.jpg', 'b c.jpg', 'Gänse 😀.jpg', 'back\\slash.jpg', 'two\nlines.jpg'];
    names.push(
      '\\n.jpg',
      'r\r.jpg',
      ' leading.jpg',
      'trailing ',
      'line\u2028separator',
      '*star',
      '2016/inner.jpg',
    );
    mkdirSync(join(folder, '2016'));
    for (const name of names) writeFileSync(join(folder, name), name);
    const text = execFileSync('sha256sum', names, { cwd: folder, encoding: 'utf8' });
    expect(readChecksumList(text)).toEqual({
      files: names.map((name) => ({
        name,
        sha256: createHash('sha256').update(name).digest('hex'),
      })),
      unreadableLines: [],
    });
  }));

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
