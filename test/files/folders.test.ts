import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DiskError, StorageBusyError } from '../../src/errors.js';
import { lockFolder } from '../../src/files/folder-lock.js';
import { FolderSync } from '../../src/files/folder-sync.js';
import { makeFolder } from '../../src/files/make-folder.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { ended, linesOf, startChild } from '../storage/child-process.js';

describe('a folder that is made', () => {
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
});

describe('a folder that is synced', () => {
  test('those who ask before a sync begins share it, those who ask later get the next', () =>
    withTemporaryFolder(async (folder) => {
      const sync = new FolderSync(folder);
      const first = sync.sync();
      expect(sync.sync()).toBe(first);
      await Promise.resolve();
      const second = sync.sync();
      expect(second).not.toBe(first);
      expect(sync.sync()).toBe(second);
      await Promise.all([first, second]);
    }));

  test('a failure reaches those who asked for that sync, and nobody after them', () =>
    withTemporaryFolder(async (parent) => {
      const folder = join(parent, 'later');
      const sync = new FolderSync(folder);
      await expect(sync.sync()).rejects.toThrow('ENOENT');
      mkdirSync(folder);
      await sync.sync();
    }));
});

describe('a folder that is locked', () => {
  test('a folder is held once, also within one process, and is free again after its release', () =>
    withTemporaryFolder((folder) => {
      const hold = lockFolder(folder);
      expect(() => lockFolder(folder)).toThrow(StorageBusyError);
      expect(() => lockFolder(folder)).toThrow(
        new RegExp(`Process ${process.pid} \\(since 20.*Z\\)`),
      );
      hold.release();
      hold.release();
      const again = lockFolder(folder);
      expect(() => lockFolder(folder)).toThrow(StorageBusyError);
      again.release();
    }));

  test('one process locks several folders at once, and each is free on its own', () =>
    withTemporaryFolder((work) => {
      const [one, two] = [join(work, 'one'), join(work, 'two')];
      const locks = [lockFolder(one), lockFolder(two)];
      locks[0]?.release();
      expect(() => lockFolder(two)).toThrow(StorageBusyError);
      const again = lockFolder(one);
      for (const lock of [...locks, again]) lock.release();
    }));

  test('the folder is made for its owner alone, and so is the lock', () =>
    withTemporaryFolder((folder) => {
      const hold = lockFolder(join(folder, 'new'));
      expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
      expect(statSync(join(folder, 'new', 'hold.sqlite')).mode & 0o777).toBe(0o600);
      hold.release();
    }));

  test("another process's hold is refused with its id, and ends when it is killed", () =>
    withTemporaryFolder(async (work) => {
      const folder = join(work, 'held');
      mkdirSync(join(work, 'child'));
      const child = startChild(
        join(work, 'child'),
        `import { lockFolder } from './src/files/folder-lock.js';
       lockFolder(${JSON.stringify(folder)});
       process.stdout.write('held\\n');
       process.stdin.resume();`,
      );
      const end = ended(child);
      try {
        expect(await linesOf(child).next()).toBe('held');
        expect(() => lockFolder(folder)).toThrow(`Process ${child.pid} (since `);
      } finally {
        child.kill('SIGKILL');
        await end;
      }
      lockFolder(folder).release();
    }));

  test('a folder that cannot be made is a DiskError that names it', () =>
    withTemporaryFolder((folder) => {
      writeFileSync(join(folder, 'file'), '');
      const inside = join(folder, 'file', 'inside');
      expect(() => lockFolder(inside)).toThrow(DiskError);
      expect(() => lockFolder(inside)).toThrow(inside);
    }));
});
