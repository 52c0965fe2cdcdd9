import { describe, expect, test } from '@jest/globals';
import type { FaultHook } from '../../src/replica/fault/fault.js';
import { withRescue } from '../helpers/escape-replica.js';
import { comparison, originalFiles, savedAlbum } from '../helpers/saved-album.js';

describe('an album is saved whole', () => {
  test.each([1, 48, 49, 480])('with %i photos', async (photos) => {
    await withRescue({ photos }, async ({ run, storage, replica }) => {
      const { ending, lines } = await run();

      expect(lines.at(-1)).toBe(`saved ${photos} · already had 0 · failed 0 · listed ${photos}`);
      expect(ending).toBe('complete');
      const { saved, served } = await comparison(storage, replica);
      expect(saved).toEqual(served);
      expect(await originalFiles(storage)).toHaveLength(photos);
    });
  });

  test('where the site answers a number behind the last page with next to nothing', async () => {
    const fault: FaultHook = ({ kind, page = 1, signedIn }) =>
      kind === 'page' && page > 2 && signedIn
        ? { kind: 'body', body: '<html><body></body></html>' }
        : undefined;
    await withRescue({ photos: 49, fault }, async ({ run }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('complete');
      expect(lines.at(-1)).toBe('saved 49 · already had 0 · failed 0 · listed 49');
    });
  });

  test('once each, where the site repeats its last page for ever', async () => {
    await withRescue({ photos: 50, repeatLastPage: true }, async ({ run, storage, replica }) => {
      const { ending, lines } = await run();

      expect(lines.at(-1)).toBe('saved 50 · already had 0 · failed 0 · listed 50');
      expect(ending).toBe('complete');
      const { saved, served } = await comparison(storage, replica);
      expect(saved).toEqual(served);
    });
  });

  test('once each, where pages show photos twice', async () => {
    await withRescue({ photos: 60, duplicates: 3 }, async ({ run, storage, replica }) => {
      const { lines } = await run();

      expect(lines.at(-1)).toBe('saved 60 · already had 0 · failed 0 · listed 60');
      const { saved, served } = await comparison(storage, replica);
      expect(saved).toEqual(served);
      const originals = replica.requests.filter(({ kind }) => kind === 'original');
      expect(originals).toHaveLength(60);
    });
  });

  test('with what the page and the picture say of each photo, and nothing but the album: no logo, no sign-out link, a dozen thumbnails', async () => {
    await withRescue({ photos: 50 }, async ({ run, storage, replica }) => {
      await run();

      const kinds = new Set(replica.requests.map(({ kind }) => kind));
      expect([...kinds].sort()).toEqual(['original', 'page', 'sign-in', 'thumbnail']);
      const thumbnails = replica.requests.filter(({ kind }) => kind === 'thumbnail');
      expect(thumbnails).toHaveLength(12);

      const described = (await savedAlbum(storage)).map(
        ({ id, version, takenAt, uploadedAt, originalUrl, thumbnailUrl, rotation }) => {
          return { id, version, takenAt, uploadedAt, originalUrl, thumbnailUrl, rotation };
        },
      );
      expect(described).toEqual(replica.photos());
      const [first, , , last] = (await savedAlbum(storage)).filter(
        (_photo, index) => index === 0 || index > 46,
      );
      expect(first).toMatchObject({ page: 1, position: 1, contentType: 'image/jpeg', bytes: 4000 });
      expect(first?.width).toBeGreaterThan(0);
      expect(last).toMatchObject({ page: 2, position: 2 });
    });
  });
});

describe('an album that changes while it is walked is saved whole, by that one run', () => {
  test.each([
    { what: 'a few photos are added', change: { add: 3 } },
    { what: "one page's worth is added", change: { add: 12 } },
    { what: 'more than a page is added', change: { add: 30 } },
    { what: 'one photo is removed', change: { remove: 1 } },
    { what: "one page's worth is removed", change: { remove: 12 } },
    { what: 'more than a page is removed', change: { remove: 28 } },
  ])('when $what', async ({ change }) => {
    const changes = [{ whenPageServed: { page: 3 }, ...change }];
    await withRescue({ photos: 75, pageSize: 12, changes }, async ({ run, storage, replica }) => {
      const { ending, lines } = await run();

      const listed = replica.photos().length;
      expect(lines.at(-1)).toMatch(new RegExp(`failed 0 · listed ${listed}$`));
      expect(ending).toBe('complete');
      const { saved, served } = await comparison(storage, replica);
      expect(saved).toEqual(expect.arrayContaining(served));
      expect(saved.slice(0, listed)).toEqual(served);
    });
  });

  test('and one that never comes to rest is not called complete', async () => {
    const changes = [1, 2, 3, 4, 5].map((time) => ({ whenPageServed: { page: 2, time }, add: 1 }));
    await withRescue({ photos: 20, pageSize: 10, changes }, async ({ run }) => {
      const { ending, lines } = await run();

      expect(ending).toBe('incomplete');
      expect(lines.join('\n')).toContain('kept changing');
    });
  });
});
