import { spawnSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DiskError, EscapeError, StorageBusyError, UsageError } from '../../../src/errors.js';
import { exportFiles } from '../../../src/exports/files/export-files.js';
import { parseNamePattern } from '../../../src/exports/files/name-pattern.js';
import { makeGallery } from '../../../src/exports/gallery/make-gallery.js';
import { failedOutcome, listedPhoto } from '../../helpers/sample-photo.js';
import { canMountDisks, withSmallDisk } from '../../helpers/small-disk.js';
import { albumOf } from '../album-export.js';
import { type Export, textsIn, withExport } from './saved-files.js';

const mayMount = await canMountDisks();
const onOtherDisk = mayMount ? test : test.skip;
const hasSha256sum = spawnSync('sha256sum', ['--version']).status === 0;

const copying = { options: { copy: true } };
const taken = { takenAt: '2012-07-04T12:34:56' };
const counts = (added: number, present: number, problems = 0) =>
  `added ${added} · already there ${present} · not exported ${problems} · saved ${added + present + problems}`;

/** Checksums as the folder has them, checked by the tool that people have. */
function checkSums(folder: string): number | null {
  return spawnSync('sha256sum', ['-c', '--strict', '--quiet', 'SHA256SUMS'], { cwd: folder })
    .status;
}

/** Three photos of different days. */
const threeOf = ({ save }: Export) => [
  save('one', taken),
  save('two', { date: '2013-01-02' }),
  save('three'),
];

const threeFiles = {
  '2012/2012-07-04_12-34-56_one.jpg': 'the picture one',
  '2013/2013-01-02_two.jpg': 'the picture two',
  'undated/three.jpg': 'the picture three',
};

/** The files in a folder: their texts, times and inode numbers. */
function standing(folder: string) {
  return Object.fromEntries(
    Object.entries(textsIn(folder)).map(([name, text]) => {
      const { mtimeMs, ctimeMs, ino } = statSync(join(folder, name));
      return [name, { text, mtimeMs, ctimeMs, ino }];
    }),
  );
}

describe('an export of files', () => {
  test.each([
    ['linked', {}],
    ['copied', copying],
  ] as const)('has every original, %s', (_how, order) =>
    withExport(async (files) => {
      const { done, problems } = await files.run(threeOf(files), order);
      expect({ done, problems }).toEqual({ done: counts(3, 0), problems: [] });
      const { SHA256SUMS: _sums, ...photos } = files.files();
      expect(photos).toEqual(threeFiles);
      if (hasSha256sum) expect(checkSums(files.out)).toBe(0);
      expect(readdirSync(join(files.out, '.photo-escape', 'unfinished'))).toEqual([]);
    }),
  );

  test('is one with the originals, or a copy of them', () =>
    withExport(async (files) => {
      const [entry] = threeOf(files) as [ReturnType<Export['save']>];
      const stored = () => statSync(join(files.storage, entry.outcome.file));
      const copies = join(files.out, '..', 'copies');
      const { notes } = await files.run([entry]);
      await files.run([entry], { ...copying, folder: copies });
      const [name = ''] = Object.keys(threeFiles);

      expect(notes).toEqual([expect.stringContaining('hard links')]);
      expect(statSync(join(files.out, name)).ino).toBe(stored().ino);
      expect(statSync(join(copies, name)).ino).not.toBe(stored().ino);
    }));

  test('gives copies the dates of their photos', () =>
    withExport(async (files) => {
      const zoned = files.save('zoned', { takenAt: '2012-07-04T12:34:56+02:00' });
      const undated = files.save('undated');
      const savedAt = statSync(join(files.storage, undated.outcome.file)).mtime;
      await files.run([files.save('local', taken), zoned, undated], copying);
      const time = (name: string) => statSync(join(files.out, name)).mtime;
      expect(time('2012/2012-07-04_12-34-56_local.jpg')).toEqual(new Date(2012, 6, 4, 12, 34, 56));
      expect(time('2012/2012-07-04_12-34-56_zoned.jpg').toISOString()).toBe(
        '2012-07-04T10:34:56.000Z',
      );
      expect(Math.floor(time('undated/undated.jpg').getTime() / 1000)).toBe(
        Math.floor(savedAt.getTime() / 1000),
      );
    }));

  test('changes nothing in the storage folder, whatever is exported in which order', () =>
    withExport(async (files) => {
      const entries = threeOf(files);
      // Without the time of the last change of the inode, which a new link changes.
      const facts = (folder: string) =>
        Object.entries(standing(folder)).map(([name, { ctimeMs: _time, ...kept }]) => [name, kept]);
      const originals = facts(files.storage);
      const gallery = join(files.out, '..', 'gallery');
      const copies = join(files.out, '..', 'copies');
      const exportAll = async () => [
        (await files.run(entries)).done,
        await makeGallery({
          ...albumOf(entries),
          storage: files.storage,
          folder: gallery,
          copy: true,
        }),
        (await files.run(entries, copying)).done,
        (await files.run(entries, { ...copying, folder: copies })).done,
      ];
      const first = await exportAll();
      expect(first).toMatchObject([counts(3, 0), { photos: 3 }, counts(0, 3), counts(3, 0)]);
      expect(facts(files.storage)).toEqual(originals);

      const placed = [join(gallery, 'originals'), copies].map(facts);
      const again = await exportAll();
      expect(again).toMatchObject([counts(0, 3), { photos: 3 }, counts(0, 3), counts(0, 3)]);
      expect([join(gallery, 'originals'), copies].map(facts)).toEqual(placed);
      expect(facts(files.storage)).toEqual(originals);
    }));

  test('says how many listed photos are not in it', () =>
    withExport(async (files) => {
      const failed = listedPhoto('failed');
      const { notes } = await exportFiles(
        albumOf([
          { status: 'failed', photo: failed, outcome: failedOutcome(failed) },
          { status: 'pending', photo: listedPhoto('pending') },
        ]),
        {
          storage: files.storage,
          folder: files.out,
          options: {},
          signal: new AbortController().signal,
          progress: () => undefined,
        },
      );
      expect(notes).toEqual([
        '2 photos that the album lists are not saved yet, and so not exported.',
      ]);
    }));
});

describe('an export, run again', () => {
  test.each([
    ['linked', {}],
    ['copied', copying],
  ] as const)('adds what is new and touches nothing else, %s', (_how, order) =>
    withExport(async (files) => {
      const entries = threeOf(files);
      await files.run(entries, order);
      const before = standing(files.out);
      expect((await files.run(entries, order)).done).toBe(counts(0, 3));
      expect(standing(files.out)).toEqual(before);

      const { done } = await files.run([files.save('four', taken), ...entries], order);
      expect(done).toBe(counts(1, 3));
      const { SHA256SUMS: _before, ...old } = before;
      const { SHA256SUMS: _sums, ...photos } = standing(files.out);
      expect(photos).toMatchObject(old);
      expect(Object.keys(photos)).toHaveLength(4);
      if (hasSha256sum) expect(checkSums(files.out)).toBe(0);
    }),
  );

  test('gives no photo another name when the album says something else', () =>
    withExport(async (files) => {
      const options = { name: parseNamePattern('{title}') };
      const entry = files.save('one', { title: 'Before' });
      await files.run([entry], { options });
      await files.run([{ ...entry, photo: { ...entry.photo, title: 'After' } }], { options });
      const { SHA256SUMS: _sums, ...photos } = files.files();
      expect(Object.keys(photos)).toEqual(['Before.jpg']);
    }));

  test('puts back what was taken away', () =>
    withExport(async (files) => {
      const entries = threeOf(files);
      await files.run(entries);
      rmSync(join(files.out, 'undated'), { recursive: true });
      expect((await files.run(entries)).done).toBe(counts(1, 2));
      expect(files.files()).toMatchObject(threeFiles);
    }));

  test('takes copies for what they are where it could link', () =>
    withExport(async (files) => {
      const entries = threeOf(files);
      await files.run(entries, copying);
      expect((await files.run(entries)).done).toBe(counts(0, 3));
    }));

  test('is refused with another pattern, another album, or a list that is not its own', () =>
    withExport(async (files) => {
      const entries = threeOf(files);
      await files.run(entries);
      const before = standing(files.out);
      const options = { name: parseNamePattern('{id}') };
      await expect(files.run(entries, { options })).rejects.toThrow(
        "--name '{year}/{date}_{time}_{id}'",
      );
      const other = { ...albumOf(entries), identity: { profile: 'x', url: 'y', username: 'z' } };
      const order = {
        storage: files.storage,
        folder: files.out,
        options: {},
        signal: new AbortController().signal,
        progress: () => undefined,
      };
      await expect(exportFiles(other, order)).rejects.toThrow('another album');
      writeFileSync(join(files.out, '.photo-escape', 'names.json'), '{"schema":2}');
      await expect(files.run(entries)).rejects.toThrow('names.json');
      unlinkSync(join(files.out, '.photo-escape', 'names.json'));
      await expect(files.run(entries)).rejects.toThrow(UsageError);
      expect(standing(files.out)).toEqual(before);
    }));

  test('is refused while another one is under way', () =>
    withExport(async (files) => {
      const entries = threeOf(files);
      let second: Promise<unknown> | undefined;
      await files.run(entries, {
        progress: () => {
          second ??= files.run(entries).catch((error: unknown) => error);
        },
      });
      expect(await second).toBeInstanceOf(StorageBusyError);
    }));
});

describe('a file in the way', () => {
  const [name = ''] = Object.keys(threeFiles);

  test.each([
    ['of another size', (path: string) => writeFileSync(path, 'mine')],
    ['of the same size', (path: string) => writeFileSync(path, 'the picture 111')],
    ['that is a folder', (path: string) => mkdirSync(path)],
    ['that leads elsewhere', (path: string) => symlinkSync('/dev/null', path)],
  ])('%s stays as it is, and the photo is named', (_which, put) =>
    withExport(async (files) => {
      const entries = threeOf(files);
      const path = join(files.out, name);
      mkdirSync(join(files.out, '2012'), { recursive: true });
      put(path);
      const before = statSync(path);
      const { done, problems } = await files.run(entries);

      expect(done).toBe(counts(2, 0, 1));
      expect(problems).toEqual([
        expect.stringMatching(/^Not exported: one as 2012\/.*stays as it/),
      ]);
      expect(statSync(path)).toEqual({
        ...before,
        atime: expect.anything(),
        atimeMs: expect.anything(),
      });
      // A check of the folder misses the photo.
      if (hasSha256sum) expect(checkSums(files.out)).toBe(1);
      rmSync(path, { recursive: true });
      expect((await files.run(entries)).done).toBe(counts(1, 2));
    }),
  );

  test('of a folder that is needed stays as it is, too', () =>
    withExport(async (files) => {
      const entries = threeOf(files);
      mkdirSync(files.out);
      writeFileSync(join(files.out, '2012'), 'mine');
      const { done } = await files.run(entries);
      expect(done).toBe(counts(2, 0, 1));
      expect(files.files()['2012']).toBe('mine');
    }));

  test('is no other photo’s original, though both have the same name to begin with', () =>
    withExport(async (files) => {
      const entries = ['1', '2'].map((version) =>
        files.save(
          'same id',
          { ...taken, version, key: `same-id_${version}` },
          `version ${version}`,
        ),
      );
      expect((await files.run(entries)).done).toBe(counts(2, 0));
      expect((await files.run(entries)).done).toBe(counts(0, 2));
    }));
});

describe('an original', () => {
  test('that is missing in the storage folder, or of another size, is named', () =>
    withExport(async (files) => {
      const [one, two, three] = threeOf(files) as ReturnType<Export['save']>[];
      if (!one || !two || !three) throw new Error('there are three');
      unlinkSync(join(files.storage, one.outcome.file));
      writeFileSync(join(files.storage, two.outcome.file), 'half');
      const { done, problems } = await files.run([one, two, three]);
      expect(done).toBe(counts(1, 0, 2));
      expect(problems).toEqual([
        expect.stringContaining('is missing'),
        expect.stringContaining('is damaged'),
      ]);
    }));

  test('that was damaged is not copied', () =>
    withExport(async (files) => {
      const entry = files.save('one', taken);
      writeFileSync(join(files.storage, entry.outcome.file), 'the picture 1ne');
      const { problems } = await files.run([entry], copying);
      expect(problems).toEqual([expect.stringContaining('is damaged')]);
      expect(Object.keys(files.files())).toEqual(['SHA256SUMS']);
    }));

  test('that was exported counts, also where the saved one is gone', () =>
    withExport(async (files) => {
      const entry = files.save('one', taken);
      await files.run([entry]);
      unlinkSync(join(files.storage, entry.outcome.file));
      expect((await files.run([entry])).done).toBe(counts(0, 1));
    }));

  test('that changed under its other name is no longer the original', () =>
    withExport(async (files) => {
      const entry = files.save('one', taken);
      await files.run([entry]);
      writeFileSync(join(files.out, Object.keys(threeFiles)[0] ?? ''), 'edited');
      expect((await files.run([entry])).done).toBe(counts(0, 0, 1));
    }));
});

describe('an export that is stopped', () => {
  test.each([
    ['linked', {}],
    ['copied', copying],
  ] as const)('leaves whole files, and goes on when run again, %s', (_how, order) =>
    withExport(async (files) => {
      const entries = threeOf(files);
      const stop = new AbortController();
      const cause = new EscapeError('interrupted', 'Stopped.');
      const run = files.run(entries, {
        ...order,
        signal: stop.signal,
        progress: (done) => {
          if (done === 2) stop.abort(cause);
        },
      });
      await expect(run).rejects.toBe(cause);
      const left = files.files();
      expect(Object.keys(left)).toEqual(Object.keys(threeFiles).slice(0, 2));
      expect(threeFiles).toMatchObject(left);
      expect((await files.run(entries, order)).problems).toEqual([]);
      expect(files.files()).toMatchObject(threeFiles);
      if (hasSha256sum) expect(checkSums(files.out)).toBe(0);
    }),
  );

  test('drops the copy that is under way', () =>
    withExport(async (files) => {
      const entries = threeOf(files);
      const stop = new AbortController();
      const cause = new EscapeError('interrupted', 'Stopped.');
      const run = files.run(entries, {
        ...copying,
        signal: stop.signal,
        // Once the copy of the last one has begun.
        progress: (done) => done === 2 && queueMicrotask(() => stop.abort(cause)),
      });
      await expect(run).rejects.toBe(cause);
      expect(Object.keys(files.files())).toEqual(Object.keys(threeFiles).slice(0, 2));
      expect(readdirSync(join(files.out, '.photo-escape', 'unfinished'))).toEqual([]);
    }));

  test('clears away what was not whole', () =>
    withExport(async (files) => {
      const entries = threeOf(files);
      const unfinished = join(files.out, '.photo-escape', 'unfinished');
      mkdirSync(unfinished, { recursive: true });
      writeFileSync(join(unfinished, 'half'), 'the pic');
      await files.run(entries);
      expect(readdirSync(unfinished)).toEqual([]);
    }));
});

describe('sidecars', () => {
  const options = { sidecar: 'xmp' } as const;
  const sidecar = `${Object.keys(threeFiles)[0]}.xmp`;

  test('stand beside the photos, also where those stood there before', () =>
    withExport(async (files) => {
      const entries = threeOf(files);
      await files.run(entries);
      expect((await files.run(entries, { options })).done).toBe(counts(0, 3));
      const written = files.files();
      for (const name of Object.keys(threeFiles)) {
        expect(written[`${name}.xmp`]).toContain('<x:xmpmeta');
      }
      const before = standing(files.out);
      expect((await files.run(entries, { options })).notes).toEqual([]);
      expect(standing(files.out)).toEqual(before);
    }));

  test('that were edited stay as they are', () =>
    withExport(async (files) => {
      const entries = threeOf(files);
      await files.run(entries, { options });
      writeFileSync(join(files.out, sidecar), 'edited');
      const { notes, problems } = await files.run(entries, { options });
      expect(notes).toEqual([expect.stringMatching(/^1 sidecars differ/)]);
      expect(problems).toEqual([]);
      expect(files.files()[sidecar]).toBe('edited');
    }));
});

describe('on another disk', () => {
  onOtherDisk('files are copied, and that is said once', () =>
    withExport((files) =>
      withSmallDisk(2, async (disk) => {
        const entries = threeOf(files);
        const out = join(disk, 'out');
        const { done, notes } = await files.run(entries, { folder: out });
        expect(done).toBe(counts(3, 0));
        expect(notes).toEqual([expect.stringContaining('copied, since hard links cannot')]);
        expect(textsIn(out)).toMatchObject(threeFiles);
        expect((await files.run(entries, { folder: out })).done).toBe(counts(0, 3));
      }),
    ),
  );

  onOtherDisk('that is full, whole files are left, and it goes on once there is room', () =>
    withExport((files) =>
      withSmallDisk(1, async (disk) => {
        const picture = (index: number) => String(index).padEnd(200_000, '.');
        const entries = [0, 1, 2, 3, 4, 5].map((index) =>
          files.save(`photo ${index}`, {}, picture(index)),
        );
        const out = join(disk, 'out');
        await expect(files.run(entries, { folder: out })).rejects.toBeInstanceOf(DiskError);
        const left = Object.values(textsIn(out));
        expect(left.length).toBeGreaterThan(0);
        for (const text of left) expect(text).toHaveLength(200_000);
        expect(existsSync(join(out, 'SHA256SUMS'))).toBe(false);

        spawnSync('mount', ['-o', 'remount,size=4m', disk]);
        expect((await files.run(entries, { folder: out })).done).toBe(
          counts(6 - left.length, left.length),
        );
      }),
    ),
  );
});

test('a link to the original under any other name is the original', () =>
  withExport(async (files) => {
    const entries = threeOf(files);
    await files.run(entries);
    const [name = ''] = Object.keys(threeFiles);
    const path = join(files.out, name);
    renameSync(path, `${path}.mine`);
    linkSync(`${path}.mine`, path);
    expect((await files.run(entries)).done).toBe(counts(0, 3));
    expect(readFileSync(`${path}.mine`, 'utf8')).toBe(threeFiles[name as keyof typeof threeFiles]);
  }));
