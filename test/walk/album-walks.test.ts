import { expect, test } from '@jest/globals';
import { AlbumWalks, type Step } from '../../src/walk/album-walks.js';
import type { WalkPlace } from '../../src/walk/walk-place.js';
import type { WalkedPage } from '../../src/walk/walked-page.js';

type Ending = Extract<Step, 'settled' | 'keeps changing'>;

interface Walked {
  ending: Ending;
  walks: AlbumWalks;
  /** Pages asked for, in order. */
  pages: number[];
}

const start = 'http://album.test/';

function newWalks(mostPages = 1000): AlbumWalks {
  return new AlbumWalks({ starts: [start], orders: ['numbers'], mostPages });
}

/** Walks an album to the end; the site answers for each page of each walk. */
function walk(answer: (page: number, walk: number) => readonly string[]): Walked {
  const walks = newWalks();
  const pages: number[] = [];
  for (let place = walks.begin; pages.length < 1000; ) {
    pages.push(place.number);
    const keys = answer(place.number, walks.number);
    const { step, place: next } = walks.addPage(place, shown(place.number, keys, keys.length, []));
    if (step === 'settled' || step === 'keeps changing') return { ending: step, walks, pages };
    if (next === undefined) throw new Error('there is no next page, and no end');
    place = next;
  }
  throw new Error('the walking does not end');
}

/** What a page with a number shows. */
function shown(
  page: number,
  keys: readonly string[],
  rows: number,
  unreadable: readonly string[],
): WalkedPage {
  return { keys, rows, unreadable, albums: [], next: `${start}?p=${page + 1}` };
}

/** The place of a numbered page in the walk under way. */
function placeOf(walks: AlbumWalks, number: number): WalkPlace {
  const at = { walk: walks.number, page: number, number };
  return { ...at, url: `${start}?p=${number}`, titles: [], albumUrl: start, level: 0 };
}

/** Takes in a page of the walk under way. */
function take(
  walks: AlbumWalks,
  page: number,
  keys: readonly string[],
  rows: number,
  unreadable: readonly string[],
): Step {
  return walks.addPage(placeOf(walks, page), shown(page, keys, rows, unreadable)).step;
}

const album = [['a', 'b'], ['c', 'd'], ['e']];
const page = (number: number) => album[number - 1] ?? [];

test('an album at rest is walked twice, to the second page behind its last', () => {
  const { ending, walks, pages } = walk(page);
  expect(ending).toBe('settled');
  expect(walks.listed).toBe(5);
  expect(pages).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
  expect(walks.lastPage).toBe(3);
});

test('an empty album is settled', () => {
  expect(walk(() => [])).toMatchObject({ ending: 'settled', pages: [1, 2, 1, 2] });
});

test('a site that repeats its last page is walked to that page', () => {
  const { ending, walks, pages } = walk((number) => page(Math.min(number, album.length)));
  expect(ending).toBe('settled');
  expect(walks.listed).toBe(5);
  expect(pages).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
});

test('a site that begins again behind its last page does not keep the walk going for ever', () => {
  const { ending, walks } = walk((number) => page(((number - 1) % album.length) + 1));
  expect(ending).toBe('settled');
  expect(walks.listed).toBe(5);
});

test('a page of photos already seen does not end a walk', () => {
  const shifted = [
    ['a', 'b'],
    ['c', 'd'],
    ['b', 'c'],
    ['d', 'e'],
  ];
  const { walks } = walk((number) => shifted[number - 1] ?? []);
  expect(walks.listed).toBe(5);
});

test('two walks that list different photos are followed by another', () => {
  const { ending, pages } = walk((number, round) =>
    number > 1 ? [] : round === 1 ? ['a'] : ['b'],
  );
  expect(ending).toBe('settled');
  expect(pages).toHaveLength(9);
});

test('two walks that list as many, but other photos are not the same', () => {
  const rounds = [
    ['a', 'b'],
    ['a', 'c'],
    ['a', 'c'],
  ];
  const { walks } = walk((number, round) => (number > 1 ? [] : (rounds[round - 1] ?? [])));
  expect(walks.number).toBe(3);
});

test('the order of the photos does not make a walk different', () => {
  const { walks, ending } = walk((number, round) =>
    number > 1 ? [] : round === 1 ? ['a', 'b'] : ['b', 'a'],
  );
  expect({ ending, number: walks.number }).toEqual({ ending: 'settled', number: 2 });
});

test('an album that never rests is walked four times, and that is said', () => {
  const { ending, walks } = walk((number, round) => (number > 1 ? [] : [`photo ${round}`]));
  expect(ending).toBe('keeps changing');
  expect(walks.number).toBe(4);
  expect(walks.listed).toBe(1);
});

test('a page taken in a second time gets the same answer and changes nothing', () => {
  const walks = newWalks();
  take(walks, 1, ['a', 'b'], 3, ['item 3']);
  expect(take(walks, 1, ['a', 'b'], 3, ['item 3'])).toBe('next page');
  expect(walks.listed).toBe(2);
  expect(walks.unreadable).toEqual(['page 1, item 3']);
});

test('the rows that could not be read are those of the last walk', () => {
  const walks = newWalks();
  for (const round of [1, 2]) {
    take(walks, 1, ['a'], 2, [`item 2 of walk ${round}`]);
    expect(walks.unreadable).toEqual([`page 1, item 2 of walk ${round}`]);
    take(walks, 2, [], 0, []);
    take(walks, 3, [], 0, []);
  }
  expect(walks.unreadable).toEqual(['page 1, item 2 of walk 2']);
});

test('a row that cannot be read is told once, on whatever pages it is shown', () => {
  const walks = newWalks();
  take(walks, 1, ['a', 'b'], 3, ['item 3']);
  take(walks, 2, ['c'], 2, ['item 3']);
  expect(walks.unreadable).toEqual(['page 1, item 3']);
});

test('a page whose rows cannot be read does not end a walk, also as the first', () => {
  const walks = newWalks();
  expect(take(walks, 1, [], 2, ['item 1', 'item 2'])).toBe('next page');
  expect(take(walks, 2, ['a'], 1, [])).toBe('next page');
  expect(take(walks, 3, [], 2, ['item 3', 'item 4'])).toBe('next page');
  expect(take(walks, 4, ['b'], 1, [])).toBe('next page');
});

test('the page that ended a walk, taken in a second time, gets the same answer', () => {
  const walks = newWalks();
  take(walks, 1, [], 0, []);
  const second = placeOf(walks, 2);
  const none = shown(2, [], 0, []);
  expect(walks.addPage(second, none).step).toBe('next walk');
  expect(walks.addPage(second, none).step).toBe('next walk');
  expect(walks.number).toBe(2);
});

test('a page without photos in the midst of the album is no end, and is told', () => {
  const { ending, walks } = walk((number) => (number === 2 ? [] : page(number)));
  expect(ending).toBe('settled');
  expect(walks.listed).toBe(3);
  expect(walks.doubts).toEqual([
    expect.stringMatching(/^Page 2 shows no photo, although page 3 does\. Open that page/),
  ]);
});

test('pages without end are given up, and that is told', () => {
  const walks = newWalks(3);
  take(walks, 1, ['a'], 1, []);
  take(walks, 2, ['b'], 1, []);
  expect(walks.cut).toBe(false);
  expect(take(walks, 3, ['c'], 1, [])).toBe('keeps changing');
  expect(walks.cut).toBe(true);
});
