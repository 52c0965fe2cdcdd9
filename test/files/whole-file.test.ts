import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { link, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { DiskError } from '../../src/errors.js';
import { placeWhole, writeWhole } from '../../src/files/whole-file.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

test.each([
  ['text', () => 'Gänse'],
  ['bytes', () => Buffer.from('Gänse')],
  ['a stream', () => Readable.from(['Gä', 'nse'])],
])('%s becomes a file, in place of an earlier one', (_what, content) =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, 'a.txt');
    writeFileSync(path, 'a longer text from before');
    await writeWhole(path, content(), { isDurable: true });
    expect(readFileSync(path, 'utf8')).toBe('Gänse');
    expect(readdirSync(folder)).toEqual(['a.txt']);
  }),
);

test('a file that cannot be made to its end leaves nothing, and the earlier one stays', () =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, 'a.txt');
    writeFileSync(path, 'before');
    const broken = new Error('there is no more');
    async function* parts() {
      yield 'half';
      throw broken;
    }
    await expect(writeWhole(path, parts())).rejects.toBe(broken);
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['a.txt']);
  }));

test('a file that may not have the name in the end is removed', () =>
  withTemporaryFolder(async (folder) => {
    const make = (temporary: string) => writeFile(temporary, 'new');
    const mayRename = async () => false;
    expect(await placeWhole(join(folder, 'a.txt'), make, { mayRename })).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  }));

// A run that is killed between linking an original and renaming the link leaves it.
test('a link that a killed run left is not written to', () =>
  withTemporaryFolder(async (folder) => {
    const original = join(folder, 'original.jpg');
    writeFileSync(original, 'the original');
    const path = join(folder, 'copy.jpg');
    await link(original, `${path}.part`);
    await writeWhole(path, 'another');
    expect(readFileSync(original, 'utf8')).toBe('the original');
    expect(readFileSync(path, 'utf8')).toBe('another');
  }));

test.each([
  ['a folder has the name', 'taken'],
  ['a file is where the folder should be', 'file/a.txt'],
])('where %s, the DiskError names the path', (_why, name) =>
  withTemporaryFolder(async (folder) => {
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, name);
    const error = await writeWhole(path, 'text').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DiskError);
    expect((error as Error).message).toContain(path);
    expect(readdirSync(folder).sort()).toEqual(['file', 'taken']);
  }),
);
