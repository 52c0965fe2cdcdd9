import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FaultHook } from '../../src/replica/fault/fault.js';
import { AlbumWalks } from '../../src/walk/album-walks.js';
import { withRescue } from '../helpers/escape-replica.js';
import { comparison, originalFiles, savedAlbum } from '../helpers/saved-album.js';

describe('an album is saved whole', () => {
  test.each([1, 12, 13, 36])('with %i photos', async (photos) => {
    await withRescue({ photos, pageSize: 12 }, async ({ run, storage, replica }) => {
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

  test('and says from the first original on what the page lists that shows it', async () => {
    const listed: Promise<number>[] = [];
    let storage = '';
    const fault: FaultHook = ({ kind }) => {
      if (kind === 'original') listed.push(savedAlbum(storage).then(({ length }) => length));
      return undefined;
    };
    await withRescue({ photos: 5, fault }, async (rescue) => {
      storage = rescue.storage;
      await rescue.run();
      expect(await Promise.all(listed)).toEqual([5, 5, 5, 5, 5]);
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
    { what: "one page's worth is added", change: { add: 6 } },
    { what: 'more than a page is added', change: { add: 15 } },
    { what: 'one photo is removed', change: { remove: 1 } },
    { what: "one page's worth is removed", change: { remove: 6 } },
    { what: 'more than a page is removed', change: { remove: 14 } },
  ])('when $what', async ({ change }) => {
    const changes = [{ whenPageServed: { page: 3 }, ...change }];
    await withRescue({ photos: 38, pageSize: 6, changes }, async ({ run, storage, replica }) => {
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

/** What happens to an album before one of its pages is read. */
interface Change {
  /** Ends of the album at which new photos come, as they do where it is sorted by time. */
  come: ('front' | 'back')[];
  /** Places from which photos go. */
  go: number[];
}

interface Walked {
  ending: 'settled' | 'keeps changing';
  /** Photos that were in the album while the last two walks lasted, and are not listed. */
  missed: string[];
}

/** An album that changes under way; a photo that went never comes back. */
class ChangingAlbum {
  #came = 0;

  /** @param mayGo tells which photos may go */
  constructor(
    readonly photos: string[],
    private readonly mayGo: (photo: string) => boolean,
  ) {}

  undergo({ come, go }: Change): void {
    for (const place of go) {
      const leaving = place % Math.max(1, this.photos.length);
      if (this.mayGo(this.photos[leaving] ?? '')) this.photos.splice(leaving, 1);
    }
    for (const end of come) {
      this.#came += 1;
      const place = end === 'front' ? 0 : this.photos.length;
      this.photos.splice(place, 0, `new ${this.#came}`);
    }
  }
}

/** Walks an album to the end; before each page it undergoes a change, until there are no more. */
function walkChanging(album: ChangingAlbum, pageSize: number, changes: readonly Change[]): Walked {
  const start = 'http://album.test/';
  const walks = new AlbumWalks({ starts: [start], orders: ['numbers'], mostPages: 10_000 });
  const begun = [new Set(album.photos)];
  let listed = new Set<string>();
  for (let place = walks.begin, read = 0; read < 10_000; read++) {
    const page = place.number;
    album.undergo(changes[read] ?? { come: [], go: [] });
    const keys = album.photos.slice((page - 1) * pageSize, page * pageSize);
    for (const key of keys) listed.add(key);
    const { step, place: next } = walks.addPage(place, {
      keys,
      rows: keys.length,
      unreadable: [],
      albums: [],
      next: `${start}?p=${page + 1}`,
    });
    if (step === 'settled' || step === 'keeps changing' || next === undefined) {
      const stayed = album.photos.filter((key) => begun.at(-2)?.has(key) ?? false);
      return {
        ending: step === 'settled' ? step : 'keeps changing',
        missed: stayed.filter((key) => !listed.has(key)),
      };
    }
    place = next;
    if (step === 'next walk') {
      listed = new Set();
      begun.push(new Set(album.photos));
    }
  }
  throw new Error('the walking does not end');
}

const photos = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,2}$/), { maxLength: 12 });
const change = fc.record<Change>({
  come: fc.array(fc.constantFrom('front', 'back'), { maxLength: 4 }),
  go: fc.array(fc.oneof(fc.constant(0), fc.nat(15)), { maxLength: 3 }),
});
const changes = fc.array(fc.oneof(fc.constant<Change>({ come: [], go: [] }), change), {
  maxLength: 12,
});

test('once it is settled no photo is missed, whatever photos came and others went meanwhile', () => {
  fc.assert(
    fc.property(photos, fc.integer({ min: 1, max: 4 }), changes, (names, pageSize, moments) => {
      const album = new ChangingAlbum([...names], (photo) => names.includes(photo));
      const { ending, missed } = walkChanging(album, pageSize, moments);
      if (ending === 'settled') expect(missed).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

// A photo that comes and goes again within a walk hides another one; if it happens in two walks in
// a row at the same page, both list the same photos without it. A walk in which a page shows a
// photo that an earlier page showed has seen a change, and cannot prove that the album rests.
test.failing('no photo is missed where new ones come and go in two walks alike', () => {
  const none: Change = { come: [], go: [] };
  const hiding: Change[] = [none, { come: ['front'], go: [] }, { come: [], go: [0] }];
  const moments = [...hiding, none, none, ...hiding];
  const album = new ChangingAlbum(['a', 'b', 'c', 'd', 'e'], () => true);
  expect(walkChanging(album, 2, moments).missed).toEqual([]);
});
