import { expect, test } from '@jest/globals';
import { Page } from '../../src/page/page.js';
import { readListing } from '../../src/profile/read-listing.js';
import { profileOf } from './profile-of.js';

const url = 'https://album.test/';

const ignoring = (ignore: string, row: string, more = '') =>
  profileOf(`
listing: { ignore: ${ignore}${more} }
item: { row: '${row}', id: { select: ${row.startsWith('$') ? '$.id' : 'b'} }, original: [{}] }
`);

test('an ignored link is no link to a further page', () => {
  const profile = ignoring('[.next, aside]', 'img', ', next: { by: number, parameter: p }');
  const text =
    '<a href="?p=3">3</a><a class="next" href="?p=9">next</a><aside><a href="?p=8"></a></aside>';
  const page = readListing(new Page({ url, text }), profile, { albumUrl: url, number: 2 });
  expect(page.furthestLink).toBe(3);
});

test('members of JSON are ignored by their names', () => {
  const value = { photos: [{ id: 1 }, { id: 2, ad: true }], banners: { top: { src: 'x.jpg' } } };
  const text = JSON.stringify(value);
  const profile = ignoring("['$.banners.*', '$.photos[1]']", '$.photos[*]');
  const page = new Page({ url, text, isHtml: false });
  const { members } = readListing(page, profile, { albumUrl: url, number: 1 }).parts.ignored;
  expect([...members]).toEqual([
    [value.banners, new Set(['top'])],
    [value.photos, new Set(['1'])],
  ]);
});
