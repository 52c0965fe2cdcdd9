import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import type { Fault, FaultHook } from '../../src/replica/fault/fault.js';
import { withRescue } from '../helpers/escape-replica.js';
import { originalRequests } from '../helpers/request-log.js';
import { comparison, originalFiles, savedAlbum } from '../helpers/saved-album.js';
import { smallFilms } from '../picture/sample-films.js';
import { tiffWithDirectoryLast } from '../picture/sample-tiffs.js';

/** Strikes each photo of the album by its own fault, in its first attempts. */
const strikeEach =
  (faults: readonly (Fault | undefined)[], attempts = Number.POSITIVE_INFINITY): FaultHook =>
  ({ kind, photoIndex = 0, attempt }) =>
    kind === 'original' && attempt <= attempts ? faults[photoIndex] : undefined;

const drawn = sharp({ create: { width: 320, height: 200, channels: 3, background: 'teal' } });
const body = (content: string | Buffer, contentType = 'image/jpeg'): Fault => ({
  kind: 'body',
  body: content,
  contentType,
});
const withoutEnd = async (format: 'jpeg' | 'png' | 'gif' | 'webp'): Promise<Fault> => {
  const bytes = await drawn.clone().toFormat(format).toBuffer();
  return body(bytes.subarray(0, -20), `image/${format}`);
};
const page = '<!DOCTYPE html><html><title>Please sign in</title></html>';
const breaksOff = /the picture breaks off after \d+ bytes: its end is missing/;

describe('what is not a whole original is refused', () => {
  // All but the first three need the checks of a picture's end and of its kind of content.
  const refused: [string, Fault | Promise<Fault>, RegExp][] = [
    ['nothing at all', body(''), /the answer is empty/],
    ['a web page under the name of a JPEG', body(page), /a web page in place of the picture/],
    [
      'fewer bytes than announced',
      { kind: 'cut', afterBytes: 3000, announced: true },
      /the connection broke off/,
    ],
    [
      'a JPEG that breaks off, its length not announced',
      { kind: 'cut', afterBytes: 3000, announced: false },
      breaksOff,
    ],
    ['a web page behind a byte order mark', body(`\uFEFF \n${page}`), /./],
    ['XML', body('<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>'), /./],
    ['JSON', body('{"error":"rate limit exceeded"}', 'application/json'), /./],
    ['text', body('Not found', 'text/plain'), /./],
  ];

  test('after six tries, and named with its reason', async () => {
    // A whole photo stands behind each.
    const faults = await Promise.all(refused.flatMap(([, fault]) => [fault, undefined]));
    const photos = faults.length;
    await withRescue({ photos, fault: strikeEach(faults) }, async ({ run, replica, storage }) => {
      const { ending, lines } = await run();

      const failed = refused.length;
      expect(lines.at(-1)).toBe(
        `saved ${photos - failed} · already had 0 · failed ${failed} · listed ${photos}`,
      );
      expect(ending).not.toBe('complete');
      expect(await originalFiles(storage)).toHaveLength(photos - failed);
      const album = await savedAlbum(storage);
      for (const [index, [what, , reason]] of refused.entries()) {
        const { id } = replica.photos()[2 * index] ?? {};
        const said = lines.find((line) => line.startsWith(`Not saved: ${id} (`));
        const tries = originalRequests(replica, 2 * index).length;
        const { status } = album[2 * index] ?? {};
        const expected = { said: expect.stringMatching(reason), tries: 6, status: 'failed' };
        expect({ what, said, tries, status }).toEqual({ what, ...expected });
      }
    });
  });

  // The last one needs the check of a picture's end.
  test('and the whole one that comes after it is saved', async () => {
    const faults = [body(''), body(page), { kind: 'cut', afterBytes: 3000, announced: false }];
    const fault = strikeEach(faults as Fault[], 2);
    await withRescue({ photos: 5, fault }, async ({ run, replica, storage }) => {
      expect((await run()).ending).toBe('complete');
      const tries = replica.photos().map((_, index) => originalRequests(replica, index).length);
      expect(tries).toEqual([3, 3, 3, 1, 1]);
      const { saved, served } = await comparison(storage, replica);
      expect(saved).toEqual(served);
    });
  });
});

describe('what the site itself has damaged', () => {
  const formats = ['jpeg', 'png', 'gif', 'webp'] as const;

  // More at once than the failures in a row of a host that is down. Four files stand for all, so that
  // thumbnails would tell of other photos.
  test('is kept as the site has it after six tries, and named; the album is complete', async () => {
    const damaged = await Promise.all(formats.map(withoutEnd));
    const fault = strikeEach(Array.from({ length: 22 }, (_, index) => damaged[index % 4]));
    await withRescue({ photos: 22, fault }, async ({ run, replica, storage }) => {
      const { ending, lines } = await run({ concurrency: 22, thumbnails: 'none' });

      expect(ending).toBe('complete');
      expect(lines.at(-1)).toBe('saved 22 · already had 0 · failed 0 · listed 22');
      const { id } = replica.photos()[3] ?? {};
      expect(lines.filter((line) => /^Damaged on the site itself: /.test(line))).toHaveLength(22);
      expect(lines.some((line) => line.includes(`itself: ${id} (`))).toBe(true);
      expect(originalRequests(replica, 3)).toHaveLength(6);
      for (const [index, photo] of (await savedAlbum(storage)).entries()) {
        expect(photo).toMatchObject({ status: 'saved', damagedAtSource: true });
        const bytes = await readFile(join(storage, String(photo.file)));
        expect(damaged[index % 4]).toMatchObject({ body: bytes });
      }

      const again = await run();
      expect(again.lines.at(-1)).toBe('saved 0 · already had 22 · failed 0 · listed 22');
      expect(again.lines.filter((line) => /^Damaged on /.test(line))).toHaveLength(22);
      expect(originalRequests(replica, 3)).toHaveLength(6);
    });
  });

  test('is not kept where the last try brings a whole one', async () => {
    const fault = strikeEach([await withoutEnd('jpeg')], 5);
    await withRescue({ photos: 1, fault }, async ({ run, replica, storage }) => {
      expect((await run()).ending).toBe('complete');
      const { saved, served } = await comparison(storage, replica);
      expect(saved).toEqual(served);
      expect((await savedAlbum(storage))[0]).not.toHaveProperty('damagedAtSource');
    });
  });

  test('is known by the same bytes: parts of other lengths are not kept', async () => {
    const bytes = await drawn.clone().jpeg().toBuffer();
    const fault: FaultHook = ({ kind, attempt }) =>
      kind === 'original' ? body(bytes.subarray(0, -20 - attempt)) : undefined;
    await withRescue({ photos: 1, fault }, async ({ run, storage }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('incomplete');
      expect(lines.find((line) => line.startsWith('Not saved: '))).toMatch(breaksOff);
      expect(await originalFiles(storage)).toHaveLength(0);
    });
  });

  test('is saved by the next run where an earlier one failed at it', async () => {
    let given: Fault = { kind: 'cut', afterBytes: 3000, announced: false };
    const fault: FaultHook = ({ kind }) => (kind === 'original' ? given : undefined);
    await withRescue({ photos: 1, fault }, async ({ run, storage }) => {
      expect((await run()).ending).toBe('incomplete');
      given = await withoutEnd('jpeg');
      expect((await run()).ending).toBe('complete');
      expect((await savedAlbum(storage))[0]).toMatchObject({ damagedAtSource: true });
    });
  });
});

test('a film, HEIC or TIFF that breaks off is fetched again, until it is whole', async () => {
  const samples = [
    ...['an MP4 with its index last', 'a HEIC', 'a WebM', 'an AVI', 'a PDF'].flatMap(
      (name) => smallFilms[name] ?? [],
    ),
    { type: 'image/tiff', file: tiffWithDirectoryLast('II') },
  ];
  const fault: FaultHook = ({ kind, attempt, photoIndex = 0 }) => {
    const { file, type } = samples[photoIndex] ?? {};
    if (kind !== 'original' || file === undefined) return undefined;
    return body(attempt < 3 ? file.subarray(0, 5000) : file, type);
  };
  await withRescue({ photos: samples.length, fault }, async ({ run, replica, storage }) => {
    expect((await run()).ending).toBe('complete');
    const saved = (await savedAlbum(storage)).map(({ contentType, bytes }, index) => {
      return { contentType, bytes, tries: originalRequests(replica, index).length };
    });
    expect(saved).toEqual(
      samples.map(({ type, file }) => ({ contentType: type, bytes: file.length, tries: 3 })),
    );
  });
});

describe('the bytes decide what a file is', () => {
  test('a JPEG is a JPEG, whatever type the server names', async () => {
    const types = ['text/html', 'application/octet-stream', 'image/png', 'video/mp4', 'nonsense'];
    const fault = strikeEach(types.map((contentType) => ({ kind: 'content-type', contentType })));
    await withRescue({ photos: types.length, fault }, async ({ run, replica, storage }) => {
      expect((await run()).ending).toBe('complete');
      const { saved, served } = await comparison(storage, replica);
      expect(saved).toEqual(served);
      for (const photo of await savedAlbum(storage)) {
        expect(photo).toMatchObject({ contentType: 'image/jpeg' });
        expect(photo.file).toMatch(/\.jpg$/);
      }
    });
  });

  test('a PNG, GIF, WebP or MP4 is saved as what it is where the server calls it a JPEG', async () => {
    const formats = ['png', 'gif', 'webp', 'mp4'] as const;
    const contentType = 'image/jpeg';
    const fault = strikeEach(formats.map((format) => ({ kind: 'format', format, contentType })));
    await withRescue({ photos: formats.length, fault }, async ({ run, replica, storage }) => {
      expect((await run()).ending).toBe('complete');
      const album = await savedAlbum(storage);
      for (const [index, format] of formats.entries()) {
        const photo = album[index];
        const type = format === 'mp4' ? 'video/mp4' : `image/${format}`;
        expect(photo).toMatchObject({ contentType: type });
        expect(photo?.file).toMatch(new RegExp(`^key_value_stores/photos/[^/]+\\.${format}$`));

        const served = await fetch(replica.photos()[index]?.originalUrl ?? '');
        const bytes = Buffer.from(await served.arrayBuffer());
        expect((await readFile(join(storage, String(photo?.file)))).equals(bytes)).toBe(true);
        expect(photo?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      }
    });
  });
});
