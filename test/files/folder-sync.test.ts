import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { FolderSync } from '../../src/files/folder-sync.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

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
