import { expect, test } from '@jest/globals';
import { Page } from '../../src/page/page.js';
import { readListing } from '../../src/profile/read-listing.js';
import { profileOf } from './profile-of.js';

const url = 'https://album.test/';

function totalOf(text: string, rule: string) {
  const profile = profileOf(`
listing: { total: ${rule} }
item: { row: '${rule.includes('$') ? '$.photos[*]' : 'img'}', id: { select: ${rule.includes('$') ? '$.id' : 'b'} }, original: [{}] }
`);
  return readListing(new Page({ url, text }), profile, { albumUrl: url, number: 1 }).total;
}

test.each([
  ['<p>1,374 photos</p>', '{ select: p }', 1374],
  ['<p>1.374 Fotos</p>', '{ select: p }', 1374],
  ['<p>1 374 photos</p>', '{ select: p }', 1374],
  ['<p>1–48 of 1,374</p>', "{ select: p, filters: [match: 'of (.+)'] }", 1374],
  ['<p data-count="0">', '{ select: p, attribute: data-count }', 0],
  ['<p>1,374</p>', '[{ select: b }, { select: p }]', 1374],
  ['{"photos":[],"total":1374}', '{ select: $.total }', 1374],
  ['{"photos":[],"total":"1374"}', '{ select: $.total }', 1374],
])('the site’s own count in %s, by %s', (text, rule, value) => {
  expect(totalOf(text, rule)).toEqual({ value });
});

test.each([
  ['<b></b>', '{ select: p }', 'there is no p in the page'],
  ['<p>many photos</p>', '{ select: p }', '“many photos” has no number in it'],
  ['<p>1–48 of 1,374</p>', '{ select: p }', '“1–48 of 1,374” has 3 numbers in it'],
  ['<p>1.5k photos</p>', '{ select: p }', '“1.5k photos” has 2 numbers in it'],
  ['{"photos":[],"total":null}', '{ select: $.total }', '$.total holds no text: null'],
])('a count that cannot be read in %s, by %s, is explained', (text, rule, missing) => {
  expect(totalOf(text, rule)).toEqual({ missing });
});

test('a profile that names no count has none', () => {
  const profile = profileOf('item: { row: img, id: { attribute: src }, original: [{}] }');
  const page = new Page({ url, text: '<p>1,374 photos</p>' });
  expect(readListing(page, profile, { albumUrl: url, number: 1 }).total).toBeUndefined();
});
