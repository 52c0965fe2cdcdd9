import { expect, test } from '@jest/globals';
import { ShownPages } from '../../src/crawler/shown-pages.js';
import type { WalkedPage } from '../../src/crawler/walks.js';

const url = 'https://album.test/Frame/AllPictures';
const place = { walk: 1, page: 1, url, titles: ['Summer'], albumUrl: url, number: 1 };
const shown: WalkedPage = {
  keys: ['a', 'b'],
  rows: 2,
  unreadable: [],
  albums: [],
  next: undefined,
  furthestLink: undefined,
};

test('a page that comes again to the letter in another walk shows the same', () => {
  const pages = new ShownPages();
  pages.note(place, '<html>1</html>', shown);
  expect(pages.find({ ...place, walk: 2 }, '<html>1</html>')).toBe(shown);
});

test('one that differs by a letter does not', () => {
  const pages = new ShownPages();
  pages.note(place, '<html>1</html>', shown);
  expect(pages.find({ ...place, walk: 2 }, '<html>2</html>')).toBeUndefined();
});

test.each([
  ['page', { page: 2 }],
  ['number', { number: 2 }],
  ['album', { titles: ['Winter'] }],
  ['address', { url: `${url}?p=2` }],
])('nor does one at another place: another %s', (_what, change) => {
  const pages = new ShownPages();
  pages.note(place, '<html>1</html>', shown);
  expect(pages.find({ ...place, walk: 2, ...change }, '<html>1</html>')).toBeUndefined();
});

test('what a page has shown last counts', () => {
  const pages = new ShownPages();
  pages.note(place, '<html>1</html>', shown);
  pages.note({ ...place, walk: 2 }, '<html>2</html>', { ...shown, keys: ['c'] });
  expect(pages.find({ ...place, walk: 3 }, '<html>1</html>')).toBeUndefined();
  expect(pages.find({ ...place, walk: 3 }, '<html>2</html>')?.keys).toEqual(['c']);
});
