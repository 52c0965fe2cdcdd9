import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Fault, FaultHook } from '../src/replica/fault/fault.js';
import type { Replica } from '../src/replica/replica.js';
import { withRescue } from './helpers/escape-replica.js';

const originalityIn = (storage: string) =>
  JSON.parse(readFileSync(join(storage, 'report.json'), 'utf8')).originality;
const thumbnailsAsked = (replica: Replica) =>
  replica.requests.filter(({ kind }) => kind === 'thumbnail');
const forThumbnails =
  (fault: Fault): FaultHook =>
  ({ kind }) =>
    kind === 'thumbnail' ? fault : undefined;

test('a dozen thumbnails are looked at in the life of an album', async () => {
  await withRescue({ photos: 5 }, async ({ run, storage, replica }) => {
    await run();
    expect(originalityIn(storage).thumbnails).toEqual({ measured: 5, longestSide: 120 });
    replica.addPhotos(20);
    await run();
    expect(originalityIn(storage).thumbnails.measured).toBe(12);
    await run();
    const asked = thumbnailsAsked(replica).map(({ photoId }) => photoId);
    expect(asked).toHaveLength(12);
    expect(new Set(asked).size).toBe(12);
  });
});

test.each<[string, Fault, number]>([
  ['that are not there are passed over', { kind: 'status', status: 404 }, 8],
  ['that are no pictures are passed over', { kind: 'body', body: '<p>No' }, 8],
  ['whose server breaks off are passed over', { kind: 'reset' }, 8],
])('thumbnails %s, and the album is complete', async (_what, fault, asked) => {
  await withRescue(
    { photos: 8, fault: forThumbnails(fault) },
    async ({ run, storage, replica }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('complete');
      expect(lines.at(-1)).toBe('saved 8 · already had 0 · failed 0 · listed 8');
      expect(thumbnailsAsked(replica)).toHaveLength(asked);
      expect(originalityIn(storage).thumbnails).toEqual({ measured: 0 });
    },
  );
});

test('a run in which something failed asks for none', async () => {
  const fault: FaultHook = ({ kind, photoIndex }) =>
    kind === 'original' && photoIndex === 2 ? { kind: 'status', status: 404 } : undefined;
  await withRescue({ photos: 8, fault }, async ({ run, replica }) => {
    expect((await run()).ending).toBe('incomplete');
    expect(thumbnailsAsked(replica)).toEqual([]);
  });
});
