import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checksumList, readChecksumList } from '../../src/files/checksum-list.js';
import { fileDamage } from '../../src/files/file-damage.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

describe('a list of checksums', () => {
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
});

describe('damage of a file', () => {
  const content = Buffer.alloc(300_000, 7);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const never = new AbortController().signal;

  const withFile = (work: (path: string) => Promise<void>) =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'a.jpg');
      writeFileSync(path, content);
      await work(path);
    });

  test('a file that is as it was has no damage, with its size known or not', () =>
    withFile(async (path) => {
      expect(await fileDamage({ path, bytes: content.length, sha256 }, never)).toBeUndefined();
      let read = 0;
      const onRead = (bytes: number) => {
        read += bytes;
      };
      expect(await fileDamage({ path, sha256 }, never, onRead)).toBeUndefined();
      expect(read).toBe(content.length);
    }));

  test('one byte that is another is a change', () =>
    withFile(async (path) => {
      const changed = Buffer.from(content);
      changed[299_999] = 8;
      writeFileSync(path, changed);
      expect(await fileDamage({ path, bytes: content.length, sha256 }, never)).toEqual({
        kind: 'changed',
        detail: 'its SHA-256 differs',
      });
    }));

  test('a file that is shorter is said to be so', () =>
    withFile(async (path) => {
      writeFileSync(path, content.subarray(1));
      expect(await fileDamage({ path, bytes: 300_000, sha256 }, never)).toEqual({
        kind: 'changed',
        detail: 'it has 299999 bytes instead of 300000',
      });
    }));

  test('what is not there is missing, also where its folder is gone or is a file', () =>
    withFile(async (path) => {
      for (const gone of [`${path}.gone`, join(path, 'b.jpg'), `${path}.gone/b.jpg`]) {
        expect(await fileDamage({ path: gone, sha256 }, never)).toEqual({ kind: 'missing' });
      }
    }));

  test('a folder in its place is no file', () =>
    withFile(async (path) => {
      mkdirSync(`${path}.d`);
      expect(await fileDamage({ path: `${path}.d`, sha256 }, never)).toEqual({
        kind: 'changed',
        detail: 'it is not a file',
      });
    }));

  test('a file whose name is too long for the system cannot be read, and nothing else is hidden', () =>
    withFile(async (path) => {
      const damage = await fileDamage({ path: `${path}${'x'.repeat(300)}`, sha256 }, never);
      expect(damage).toMatchObject({ kind: 'unreadable' });
      expect(damage?.detail).toContain('ENAMETOOLONG');
    }));

  test('it stops when it is told to', () =>
    withFile(async (path) => {
      const reason = new Error('stopped');
      const before = AbortSignal.abort(reason);
      await expect(fileDamage({ path, sha256 }, before)).rejects.toBe(reason);
      const meanwhile = new AbortController();
      const reading = fileDamage({ path, sha256 }, meanwhile.signal);
      meanwhile.abort(reason);
      await expect(reading).rejects.toBe(reason);
    }));
});
