import { describe, expect, test } from '@jest/globals';
import ExifReader from 'exifreader';
import sharp from 'sharp';
import type { DeliveryFault } from '../../src/replica/fault/fault.js';
import type { Replica } from '../../src/replica/replica.js';
import { bytesOf, get, getRaw, withReplica } from './visit.js';

describe('originals', () => {
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
});

describe('faults of delivery', () => {
  const photoBytes = 150_000;

  async function untilStalled(replica: Replica): Promise<void> {
    while (replica.stalled === 0) await new Promise((resolve) => setImmediate(resolve));
  }

  /** A replica whose every original arrives as the fault has it. */
  function struck(
    fault: DeliveryFault,
    visit: (url: string, bytes: Buffer, replica: Replica) => Promise<void>,
  ): Promise<void> {
    return withReplica(
      { photos: 1, photoBytes, fault: ({ kind }) => (kind === 'original' ? fault : undefined) },
      async (replica) => {
        const [photo] = replica.photos();
        await visit(
          photo?.originalUrl ?? '',
          await replica.originalBytes(photo?.id ?? ''),
          replica,
        );
      },
    );
  }

  describe('an original', () => {
    test('whose connection is reset before any answer', () =>
      struck({ kind: 'reset' }, async (url, _, replica) => {
        expect(await getRaw(url)).toMatchObject({ status: 0, error: 'ECONNRESET' });
        expect(replica.requests[0]).toMatchObject({ status: 0, bytes: 0, fault: 'reset' });
      }));

    test('whose connection is reset half way', () =>
      struck({ kind: 'reset', afterBytes: 60_000 }, async (url) => {
        const answer = await getRaw(url);
        expect(answer).toMatchObject({ status: 200, complete: false, error: 'ECONNRESET' });
        expect(answer.headers['content-length']).toBe('150000');
        expect(answer.body.length).toBeLessThanOrEqual(60_000);
      }));

    test('that ends before its announced length', () =>
      struck({ kind: 'cut', afterBytes: 60_000, announced: true }, async (url, bytes) => {
        const answer = await getRaw(url);
        expect(answer).toMatchObject({ status: 200, complete: false });
        expect(answer.headers['content-length']).toBe('150000');
        expect(answer.body.equals(bytes.subarray(0, 60_000))).toBe(true);
      }));

    test('that ends too early and looks whole', () =>
      struck({ kind: 'cut', afterBytes: 60_000, announced: false }, async (url, bytes) => {
        const answer = await getRaw(url);
        expect(answer).toMatchObject({ status: 200, complete: true });
        expect(answer.headers).not.toHaveProperty('content-length');
        expect(answer.body.equals(bytes.subarray(0, 60_000))).toBe(true);
      }));

    test.each([0, 1, 149_999])('cut after %p bytes', (afterBytes) =>
      struck({ kind: 'cut', afterBytes, announced: true }, async (url) => {
        const answer = await getRaw(url);
        expect([answer.complete, answer.body.length]).toEqual([false, afterBytes]);
      }),
    );

    test('that stalls, until it is released', () =>
      struck({ kind: 'stall', afterBytes: 60_000 }, async (url, bytes, replica) => {
        const waiting = getRaw(url);
        await untilStalled(replica);
        replica.release();
        const answer = await waiting;
        expect(answer.complete).toBe(true);
        expect(answer.body.equals(bytes)).toBe(true);
        expect(replica.stalled).toBe(0);
      }));

    test('that stalls, until the client leaves', () =>
      struck({ kind: 'stall', afterBytes: 60_000 }, async (url, _, replica) => {
        const answer = await getRaw(url, {}, ({ body }, leave) => {
          if (body.length === 60_000) untilStalled(replica).then(leave, leave);
        });
        expect([answer.complete, answer.body.length]).toEqual([false, 60_000]);
      }));

    test('that stalls before its headers', () =>
      struck({ kind: 'stall' }, async (url, bytes, replica) => {
        const waiting = getRaw(url);
        await untilStalled(replica);
        expect(replica.requests[0]?.status).toBe(0);
        replica.release();
        expect((await waiting).body.equals(bytes)).toBe(true);
      }));

    test('that trickles', () =>
      struck({ kind: 'drip', bytes: 30_000, interval: 4 }, async (url, bytes, replica) => {
        const sentSoFar: unknown[] = [];
        const answer = await getRaw(url, {}, () => sentSoFar.push(replica.requests[0]?.bytes));
        expect(answer.complete).toBe(true);
        expect(answer.body.equals(bytes)).toBe(true);
        // The first part arrives before the last one is sent.
        expect(sentSoFar[0]).toBeLessThan(photoBytes);
      }));

    test('does not hold up the end of the replica', async () => {
      const fault = { kind: 'stall' } as const;
      let waiting: ReturnType<typeof getRaw> | undefined;
      await struck(fault, async (url, _, replica) => {
        waiting = getRaw(url);
        await untilStalled(replica);
      });
      expect((await waiting)?.status).toBe(0);
    });
  });
});
