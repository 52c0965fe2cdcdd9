import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DiskError, StorageBusyError } from '../../src/errors.js';
import { lockFolder } from '../../src/files/folder-lock.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { ended, linesOf, startChild } from '../storage/child-process.js';

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
