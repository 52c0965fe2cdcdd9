import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { profileSchema } from '../../src/profile/schema.js';

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
    'listing.next.format: has Y or D in it; in Luxon’s tokens a year is yyyy and a day is dd',
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
  const listing = 'albums: { row: $.a, link: { select: $.l }, values: { child: { select: $.c } } }';
  expect(problemsOf(listing, { from: '{child}' })).toEqual([]);
  expect(problemsOf(listing, { from: '{name}' })).toEqual([
    'item.sender.from: listing.albums has no name in its values',
  ]);
});
