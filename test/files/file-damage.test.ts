import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { fileDamage } from '../../src/files/file-damage.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

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
