import { expect, test } from '@jest/globals';
import { Page } from '../../src/page/page.js';
import { readListing } from '../../src/profile/read-listing.js';
import { withoutIgnored } from '../../src/profile/without-ignored.js';
import { profileOf } from './profile-of.js';

const url = 'https://album.test/';
const html = '<base href="/a/"><main><img src="1.jpg"></main><aside><img src="2.jpg"></aside>';

const ignoring = (ignore: string, row: string, more = '') =>
  profileOf(`
listing: { ignore: ${ignore}${more} }
item: { row: '${row}', id: { select: ${row.startsWith('$') ? '$.id' : 'b'} }, original: [{}] }
`);

test.each([
  ['aside img', ['1.jpg']],
  ['[aside, "main > img"]', []],
])('a page without the elements %s', (ignore, left) => {
  const page = withoutIgnored(new Page({ url, text: html, status: 203 }), ignoring(ignore, 'img'));
  expect(
    page
      .document('img')
      .toArray()
      .map(({ attribs }) => attribs.src),
  ).toEqual(left);
  expect(page).toMatchObject({ url, status: 203, baseUrl: `${url}a/` });
});

test('JSON without places in it; what is left keeps its place', () => {
  const text = '{"photos":[{"id":1},{"id":2,"ad":true}],"banners":{"top":{"src":"x.jpg"}}}';
  const page = new Page({ url, text, isHtml: false });
  const profile = ignoring("['$.banners.*', '$.photos[1]']", '$.photos[*]');
  expect(JSON.parse(withoutIgnored(page, profile).text)).toEqual({
    photos: [{ id: 1 }, null],
    banners: { top: null },
  });
});

test('a profile that ignores nothing gets the page itself', () => {
  const page = new Page({ url, text: html });
  const profile = profileOf('item: { row: img, id: { attribute: src }, original: [{}] }');
  expect(withoutIgnored(page, profile)).toBe(page);
});

test('an ignored link is no link to a further page', () => {
  const profile = ignoring('.next', 'img', ', next: { by: number, parameter: p }');
  const text = '<a href="?p=3">3</a><a class="next" href="?p=9">next</a>';
  const page = readListing(new Page({ url, text }), profile, { albumUrl: url, number: 2 });
  expect(page.furthestLink).toBe(3);
});
