import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DiskError } from '../../src/errors.js';
import { TemporaryFile } from '../../src/files/temporary-file.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

test('what is written is in the file when it is finished, also what came before it was open', () =>
  withTemporaryFolder(async (folder) => {
    const file = new TemporaryFile(folder);
    await file.write(Buffer.from('one '));
    file.write(Buffer.from('two'));
    const { path, size } = await file.finish();
    expect(readFileSync(path, 'utf8')).toBe('one two');
    expect(size).toBe(7);
  }));

test('a file that is discarded leaves nothing, at whatever moment', () =>
  withTemporaryFolder(async (folder) => {
    const [unopened, written, finished] = [0, 1, 2].map(() => new TemporaryFile(folder));
    await unopened?.discard();
    await written?.write(Buffer.from('one'));
    await written?.discard();
    await finished?.finish();
    await finished?.discard();
    expect(readdirSync(folder)).toEqual([]);
  }));

test('nothing is written once a file is over, whoever has the number of its descriptor', () =>
  withTemporaryFolder(async (folder) => {
    const discarded = new TemporaryFile(folder);
    await discarded.write(Buffer.from('one'));
    await discarded.discard();
    const next = new TemporaryFile(folder);
    await next.write(Buffer.from('one'));
    expect(() => discarded.write(Buffer.from('two'))).toThrow('finished or discarded');
    const { path } = await next.finish();
    expect(() => next.write(Buffer.from('two'))).toThrow('finished or discarded');
    expect(readFileSync(path, 'utf8')).toBe('one');
  }));

test('a folder that is not there is an error of the file, for whoever writes or finishes it', () =>
  withTemporaryFolder(async (folder) => {
    const missing = join(folder, 'missing');
    await expect(new TemporaryFile(missing).write(Buffer.from('one'))).rejects.toThrow('ENOENT');
    await expect(new TemporaryFile(missing).finish()).rejects.toThrow('ENOENT');
  }));

test('what a person can mend about the disk is a DiskError', async () => {
  await expect(new TemporaryFile('/dev/null').finish()).rejects.toBeInstanceOf(DiskError);
});
