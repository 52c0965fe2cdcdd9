import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DiskError, StorageBusyError } from '../../src/errors.js';
import { DurableStorageClient } from '../../src/storage/client.js';
import { holdFolder } from '../../src/storage/hold.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { ended, linesOf, startChild } from './child-process.js';

test('a folder is held once, also within one process, and is free again after its release', () =>
  withTemporaryFolder((folder) => {
    const hold = holdFolder(folder);
    expect(() => holdFolder(folder)).toThrow(StorageBusyError);
    expect(() => holdFolder(folder)).toThrow(
      new RegExp(`Process ${process.pid} \\(since 20.*Z\\)`),
    );
    hold.release();
    hold.release();
    const again = holdFolder(folder);
    expect(() => holdFolder(folder)).toThrow(StorageBusyError);
    again.release();
  }));

test('different folders are held side by side', () =>
  withTemporaryFolder((folder) => {
    const holds = ['one', 'two'].map((name) => holdFolder(join(folder, name)));
    for (const hold of holds) hold.release();
  }));

test('the folder is made for its owner alone, and so is the lock', () =>
  withTemporaryFolder((folder) => {
    const hold = holdFolder(join(folder, 'new'));
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'new', 'hold.sqlite')).mode & 0o777).toBe(0o600);
    hold.release();
  }));

test('reading needs no hold', () =>
  withTemporaryFolder(async (folder) => {
    const hold = holdFolder(folder);
    const writer = DurableStorageClient.open(folder);
    await writer.datasets().getOrCreate('rows');
    const reader = DurableStorageClient.openForReading(folder);
    await writer.dataset('rows').pushItems({ seen: true });
    expect((await reader.dataset('rows').listItems()).items).toEqual([{ seen: true }]);
    reader.close();
    writer.close();
    hold.release();
  }));

test("another process's hold is refused with its id, and ends when it is killed", () =>
  withTemporaryFolder(async (work) => {
    const folder = join(work, 'held');
    mkdirSync(join(work, 'child'));
    const child = startChild(
      join(work, 'child'),
      `import { holdFolder } from './src/storage/hold.js';
       holdFolder(${JSON.stringify(folder)});
       process.stdout.write('held\\n');
       process.stdin.resume();`,
    );
    const end = ended(child);
    try {
      expect(await linesOf(child).next()).toBe('held');
      expect(() => holdFolder(folder)).toThrow(`Process ${child.pid} (since `);
    } finally {
      child.kill('SIGKILL');
      await end;
    }
    holdFolder(folder).release();
  }));

test('a folder that cannot be made is a DiskError that names it', () =>
  withTemporaryFolder((folder) => {
    writeFileSync(join(folder, 'file'), '');
    const inside = join(folder, 'file', 'inside');
    expect(() => holdFolder(inside)).toThrow(DiskError);
    expect(() => holdFolder(inside)).toThrow(inside);
  }));
