import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { link, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { DiskError } from '../../src/errors.js';
import { isSameFile, LinkOrCopy, statsOf } from '../../src/files/link-or-copy.js';
import { TemporaryFile } from '../../src/files/temporary-file.js';
import { placeWhole, writeWhole } from '../../src/files/whole-file.js';
import { canMountDisks, withSmallDisk } from '../helpers/small-disk.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

describe('a whole file', () => {
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
});

describe('a temporary file', () => {
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
});

const onOtherDisk = (await canMountDisks()) ? test : test.skip;
const time = new Date('2012-07-04T10:34:56Z');
const sha256 = createHash('sha256').update('the picture').digest('hex');

/** An original, and a path beside it. */
const withOriginal = (work: (source: string, to: string) => Promise<void>) =>
  withTemporaryFolder(async (folder) => {
    const source = join(folder, 'original.jpg');
    writeFileSync(source, 'the picture');
    await work(source, join(folder, 'second.jpg'));
  });

async function areSame(one: string, other: string): Promise<boolean | undefined> {
  const [first, second] = [await statsOf(one), await statsOf(other)];
  return first && second && isSameFile(first, second);
}

test('a link is the same file, whose time is not changed', () =>
  withOriginal(async (source, to) => {
    const before = statSync(source).mtimeMs;
    expect(await new LinkOrCopy(false).make(source, to, time)).toBeUndefined();
    expect(await areSame(source, to)).toBe(true);
    expect(statSync(source).mtimeMs).toBe(before);
  }));

test('a copy is another file, with the time it is given', () =>
  withOriginal(async (source, to) => {
    const before = statSync(source).mtimeMs;
    expect(await new LinkOrCopy(true).make(source, to, time)).toBe(sha256);
    expect(readFileSync(to, 'utf8')).toBe('the picture');
    expect(await areSame(source, to)).toBe(false);
    expect(statSync(to).mtime).toEqual(time);
    expect(statSync(source).mtimeMs).toBe(before);
  }));

test('a copy that is stopped throws the reason', () =>
  withOriginal(async (source, to) => {
    const reason = new Error('stopped by hand');
    const files = new LinkOrCopy(true, AbortSignal.abort(reason));
    await expect(files.make(source, to, time)).rejects.toBe(reason);
  }));

test('an error that says nothing against links is thrown', () =>
  withOriginal((source, to) =>
    expect(new LinkOrCopy(false).make(`${source}.gone`, to, time)).rejects.toThrow('ENOENT'),
  ));

onOtherDisk('where links cannot be made files are copied, and the code is kept', () =>
  withOriginal((source) =>
    withSmallDisk(1, async (disk) => {
      const files = new LinkOrCopy(false);
      expect(await files.make(source, join(disk, 'copy.jpg'), time)).toBe(sha256);
      expect(files.linkRefusal).toBe('EXDEV');
    }),
  ),
);
