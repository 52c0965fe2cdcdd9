import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DiskError } from '../../src/errors.js';
import { makeFolder } from '../../src/files/make-folder.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

test('a folder is made with those above it, once, and keeps its permissions', () =>
  withTemporaryFolder((work) => {
    const folder = join(work, 'a', 'b', 'c');
    makeFolder(folder, 0o700);
    makeFolder(folder);
    for (const made of [folder, join(work, 'a')]) expect(statSync(made).mode & 0o777).toBe(0o700);
  }));

test('a link to a folder is a folder', () =>
  withTemporaryFolder((work) => {
    mkdirSync(join(work, 'real'));
    symlinkSync(join(work, 'real'), join(work, 'link'));
    makeFolder(join(work, 'link', 'inside'));
    expect(existsSync(join(work, 'real', 'inside'))).toBe(true);
  }));

const long = 'long'.repeat(100);
const onLinux = process.platform === 'linux';

test.each([
  ['a file', 'file', 'file where a folder is needed'],
  ['below a file', 'file/a/b', 'file where a folder is needed'],
  ['a link to a disk that is not there', 'absent', 'is its disk plugged in?'],
  ['below such a link', 'absent/a/b', 'is its disk plugged in?'],
  ['a link to itself', 'circle/a', 'links lead in a circle'],
  ['a name that is too long', `a/${long}`, 'The path is too long'],
  ['a path that is too long', `${'folder/'.repeat(700)}a`, 'The path is too long'],
  // Node makes folders there without end.
  ...(onLinux ? [['below /proc', '/proc/a/b', 'choose another']] : []),
])('%s is a DiskError that says what to do', (_what, path, advice = '') =>
  withTemporaryFolder((work) => {
    writeFileSync(join(work, 'file'), '');
    symlinkSync(join(work, 'nowhere'), join(work, 'absent'));
    symlinkSync(join(work, 'circle'), join(work, 'circle'));
    const folder = path?.startsWith('/') ? path : join(work, path ?? '');
    expect(() => makeFolder(folder)).toThrow(DiskError);
    expect(() => makeFolder(folder)).toThrow(advice);
    expect(existsSync(join(work, 'folder'))).toBe(false);
  }),
);
