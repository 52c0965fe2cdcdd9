import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { Page } from '../../src/page/page.js';
import { readListing } from '../../src/profile/read-listing.js';
import { profileSchema } from '../../src/profile/schema.js';
import { readGalleryPage } from './gallery-page.js';
import { profileOf } from './profile-of.js';

describe('rules of a listing', () => {
  /** What is wrong with the rules of a listing in JSON, each with its place in the profile. */
  function problemsOf(listing: string, sender?: object): string[] {
    const { error } = profileSchema.safeParse({
      name: 'mine',
      title: 'Mine',
      signIn: { by: 'none' },
      listing: parse(listing),
      item: {
        row: '$[*]',
        id: { select: '$.id' },
        original: [{ select: '$.src' }],
        ...(sender && { sender }),
      },
    });
    return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
  }

  test.each([
    [
      'an attribute of JSON',
      'next: { by: link, select: $.n, attribute: x }',
      'listing.next.attribute: JSON has no attributes; the path leads to the value',
    ],
    [
      'a request that posts and is not said to read',
      "post: { json: { page: '{number}' } }\nnext: { by: number }",
      'listing.post.reads: must be true, once you have made sure that this request only reads: it is sent for every page, and must not change anything on the site',
    ],
    [
      'a request that posts nothing',
      'post: { reads: true }',
      'listing.post: needs either json or form',
    ],
    [
      'a cursor that is sent nowhere',
      'post: { reads: true, json: {} }\nnext: { by: cursor, select: $.next }',
      'listing.next: needs either parameter or {cursor} in listing.post',
    ],
    [
      'a cursor without a parameter',
      'next: { by: cursor, select: $.next }',
      'listing.next: needs parameter',
    ],
    [
      'a number that is sent nowhere',
      'post: { reads: true, form: {} }\nnext: { by: number }',
      'listing.next: needs either parameter or address, or {number} in listing.post',
    ],
    [
      'an album without an address',
      'albums: { row: $.albums }',
      'listing.albums: needs either link or address',
    ],
    [
      'an address with a value that is not read',
      "albums: { row: $.albums, values: { id: { select: $.id } }, address: '/a/{name}' }",
      'listing.albums.address: there is no name in values, here or in an album around',
    ],
    [
      'a value with the name of a slot of the page',
      'albums: { row: $.albums, link: { select: $.l }, values: { cursor: { select: $.id } } }',
      'listing.albums.values.cursor: must have another name; {cursor} is known already',
    ],
    [
      'a mistake in a level inside',
      'albums: { row: $.a, link: { select: $.l }, listing: { next: { by: number } } }',
      'listing.albums.listing.next: needs either parameter or address',
    ],
    [
      'a selector of the wrong kind in an album’s values',
      'albums: { row: $.a, link: { select: $.l }, values: { id: { select: b } } }',
      'listing.albums.values.id.select: is a CSS selector, but the row is a JSON path',
    ],
    [
      'windows that are sent nowhere',
      'next: { by: window, from: 2015-01-01 }',
      'listing.next: needs either parameters or address',
    ],
    [
      'windows that end before they begin',
      "next: { by: window, from: 2015-01-02, until: 2015-01-01, address: '/{from}' }",
      'listing.next.until: is before from',
    ],
    [
      'a day that is none',
      "next: { by: window, from: 2015-02-30, address: '/{from}' }",
      'listing.next.from: takes a day such as 2015-01-31',
    ],
    [
      'a format in other tokens than Luxon’s',
      "next: { by: window, from: 2015-01-01, address: '/{from}', format: YYYY-MM-DD }",
      'listing.next.format: must write the year as yyyy and the day as d or dd, in small letters',
    ],
    [
      'a cursor within windows that is sent nowhere',
      "next: { by: window, from: 2015-01-01, address: '/{from}', within: { by: cursor, select: $.n } }",
      'listing.next.within: needs parameter',
    ],
  ])('%s is refused', (_what, listing, message) => {
    expect(problemsOf(listing)).toEqual([message]);
  });

  test('a field takes only a value that an album has', () => {
    const listing =
      'albums: { row: $.a, link: { select: $.l }, values: { child: { select: $.c } } }';
    expect(problemsOf(listing, { from: '{child}' })).toEqual([]);
    expect(problemsOf(listing, { from: '{name}' })).toEqual([
      'item.sender.from: listing.albums has no name in its values',
    ]);
  });
});

describe('ignored parts', () => {
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
});

describe('the total', () => {
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
});

describe('a directory listing', () => {
  const folder = 'https://photos.test/Our%20photos/';
  const names = [
    '100% sun 011.jpg',
    'Müller & Söhne 003.JPG',
    'a+b 004.jpg',
    'rain; wind, sun 006.JPEG',
  ] as const;

  test.each([
    ['Apache', 'apache-listing.html'],
    ['Apache, as a table', 'apache-listing-table.html'],
    ['nginx', 'nginx-listing.html'],
  ])('%s lists photos with their dates, and the folder inside, but no other', (_server, page) => {
    const listing = readGalleryPage('directory-listing', page, folder);
    expect(listing.unreadable).toEqual([]);
    expect(listing.albums.map(({ url, title }) => [decodeURIComponent(url), title])).toEqual([
      ['https://photos.test/Our photos/Day trips & walks/', 'Day trips & walks'],
    ]);
    expect(listing.photos.map(({ fileName }) => fileName)).toEqual(names);
    expect(listing.photos[3]).toMatchObject({
      id: '/Our photos/rain; wind, sun 006.JPEG',
      originals: [expect.stringMatching(/rain(?:;|%3B)%20wind(?:,|%2C)%20sun%20006\.JPEG$/)],
      date: '2010-06-01T12:05:00',
    });
  });
});
