import { describe, expect, test } from '@jest/globals';
import ExifReader from 'exifreader';
import sharp from 'sharp';
import { bytesOf, get, withReplica } from './visit.js';

describe('drawn originals', () => {
  test('are served as they are, to anyone, and are the same each time', () =>
    withReplica({ photos: 6 }, async (replica) => {
      for (const photo of replica.photos()) {
        const answer = await get(photo.originalUrl);
        expect(answer.headers.get('content-type')).toBe('image/jpeg');
        const bytes = await bytesOf(answer);
        expect(answer.headers.get('content-length')).toBe(String(bytes.length));
        expect(bytes.equals(await replica.originalBytes(photo.id))).toBe(true);
      }
    }));

  test('do not depend on the run, but on the seed', () =>
    withReplica({ photos: 1 }, (one) =>
      withReplica({ photos: 1 }, (same) =>
        withReplica({ photos: 1, seed: 'other' }, async (other) => {
          const [a, b, c] = [one, same, other].map((replica) => replica.photos()[0]?.id ?? '');
          expect([a === b, a === c]).toEqual([true, false]);
          const bytes = await one.originalBytes(a ?? '');
          expect(bytes.equals(await same.originalBytes(b ?? ''))).toBe(true);
          expect(bytes.equals(await other.originalBytes(c ?? ''))).toBe(false);
        }),
      ),
    ));

  test('are whole JPEGs with the EXIF of a camera', () =>
    withReplica({ photos: 40 }, async (replica) => {
      const turned = replica.photos().find((photo) => photo.rotation === 'Rotate90');
      const orientations = [];
      for (const photo of [replica.photos()[0], turned]) {
        const bytes = await replica.originalBytes(photo?.id ?? '');
        const { width, height } = await sharp(bytes).metadata();
        expect(Math.max(width, height)).toBeGreaterThanOrEqual(640);
        await sharp(bytes, { failOn: 'warning' }).stats();
        const exif = ExifReader.load(bytes);
        expect(exif.DateTimeOriginal?.description).toBe(
          photo?.takenAt.replaceAll('-', ':').replace('T', ' '),
        );
        expect(exif.Make?.description).toBeTruthy();
        expect(exif.Model?.description).toBeTruthy();
        orientations.push(exif.Orientation?.value);
      }
      expect(orientations).toEqual([1, 6]);
    }));

  test('were taken from 2010 to 2016, each before its upload', () =>
    withReplica({}, async (replica) => {
      const photos = replica.photos();
      expect(photos).toHaveLength(1_374);
      expect(photos[0]).toMatchObject({
        version: '636155450392171000',
        uploadedAt: '2016-11-24T00:43:59.217Z',
      });
      const years = new Set(photos.map((photo) => photo.takenAt.slice(0, 4)));
      expect([...years].sort().join()).toBe('2010,2011,2012,2013,2014,2015,2016');
      for (const photo of photos) {
        expect(photo.takenAt < photo.uploadedAt).toBe(true);
        expect(photo.id).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }
    }));

  test('have thumbnails of 160 px at the most', () =>
    withReplica({ photos: 1 }, async (replica) => {
      const bytes = await bytesOf(await get(replica.photos()[0]?.thumbnailUrl ?? ''));
      const { width, height } = await sharp(bytes).metadata();
      expect(Math.max(width, height)).toBe(160);
    }));
});

describe('originals of a given size', () => {
  test.each([1_500, 4_096, 4_097, 4_098, 4_099, 150_000, 65_537 * 3 + 2_000])(
    '%p bytes each, valid, and all different',
    (photoBytes) =>
      withReplica({ photos: 3, photoBytes }, async (replica) => {
        const seen = new Set<string>();
        for (const photo of replica.photos()) {
          const bytes = await bytesOf(await get(photo.originalUrl));
          expect(bytes).toHaveLength(photoBytes);
          expect(bytes.subarray(-2).toString('hex')).toBe('ffd9');
          expect(bytes.equals(await replica.originalBytes(photo.id))).toBe(true);
          await sharp(bytes, { failOn: 'warning' }).stats();
          expect(bytes.includes(`photo ${photo.id}`)).toBe(true);
          seen.add(bytes.toString('latin1'));
        }
        expect(seen.size).toBe(3);
        const exif = ExifReader.load(await replica.originalBytes(replica.photos()[0]?.id ?? ''));
        expect(exif.DateTimeOriginal).toBeDefined();
      }),
  );

  test('of 40 MB are sent without being put together first', () =>
    withReplica({ photos: 1, photoBytes: 40_000_000 }, async (replica) => {
      const answer = await get(replica.photos()[0]?.originalUrl ?? '');
      let length = 0;
      let tail = Buffer.alloc(0);
      for await (const piece of answer.body ?? []) {
        length += piece.length;
        tail = Buffer.from(piece.subarray(-2));
      }
      expect([length, tail.toString('hex')]).toEqual([40_000_000, 'ffd9']);
    }));

  test('an album of 100,000 starts at once', () =>
    withReplica({ photos: 100_000, photoBytes: 4_096, log: false }, async (replica) => {
      expect(replica.photos()).toHaveLength(100_000);
    }));
});
