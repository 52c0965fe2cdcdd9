import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { isSameFile, LinkOrCopy, statsOf } from '../../src/files/link-or-copy.js';
import { canMountDisks, withSmallDisk } from '../helpers/small-disk.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

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
