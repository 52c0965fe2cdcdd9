import { expect, test } from '@jest/globals';
import { ShownPages } from '../../src/walk/shown-pages.js';
import type { WalkedPage } from '../../src/walk/walked-page.js';

const url = 'https://album.test/Frame/AllPictures';
const place = { walk: 1, page: 1, url, titles: ['Summer'], albumUrl: url, level: 0, number: 1 };
const first = { url, status: 200, text: '<html>1</html>' };
const second = { ...first, text: '<html>2</html>' };
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
  pages.note(place, first, shown);
  expect(pages.find({ ...place, walk: 2 }, first)).toBe(shown);
});

test('one that differs by a letter does not', () => {
  const pages = new ShownPages();
  pages.note(place, first, shown);
  expect(pages.find({ ...place, walk: 2 }, second)).toBeUndefined();
});

test.each([
  ['address', { url: `${url}?SignIn` }],
  ['status', { status: 203 }],
])('nor does one that comes with another %s', (_what, change) => {
  const pages = new ShownPages();
  pages.note(place, first, shown);
  expect(pages.find({ ...place, walk: 2 }, { ...first, ...change })).toBeUndefined();
});

test.each([
  ['page', { page: 2 }],
  ['number', { number: 2 }],
  ['album', { titles: ['Winter'] }],
  ['address', { url: `${url}?p=2` }],
])('nor does one at another place: another %s', (_what, change) => {
  const pages = new ShownPages();
  pages.note(place, first, shown);
  expect(pages.find({ ...place, walk: 2, ...change }, first)).toBeUndefined();
});

test('another page at its number takes its place', () => {
  const pages = new ShownPages();
  pages.note(place, first, shown);
  pages.note({ ...place, walk: 2, titles: ['Winter'] }, second, shown);
  expect(pages.find({ ...place, walk: 3 }, first)).toBeUndefined();
});

test('those behind the end of a walk are forgotten', () => {
  const pages = new ShownPages();
  for (const page of [1, 2, 3]) pages.note({ ...place, page }, first, shown);
  pages.forgetAfter(1);
  const found = [1, 2, 3].map((page) => pages.find({ ...place, page }, first));
  expect(found).toEqual([shown, undefined, undefined]);
});

test('what a page has shown last counts', () => {
  const pages = new ShownPages();
  pages.note(place, first, shown);
  pages.note({ ...place, walk: 2 }, second, { ...shown, keys: ['c'] });
  expect(pages.find({ ...place, walk: 3 }, first)).toBeUndefined();
  expect(pages.find({ ...place, walk: 3 }, second)?.keys).toEqual(['c']);
});
