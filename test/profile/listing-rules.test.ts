import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { profileSchema } from '../../src/profile/schema.js';

/** What is wrong with the rules of a listing in JSON, each with its place in the profile. */
function problemsOf(listing: string): string[] {
  const { error } = profileSchema.safeParse({
    name: 'mine',
    title: 'Mine',
    signIn: { by: 'none' },
    listing: parse(listing),
    item: { row: '$[*]', id: { select: '$.id' }, original: [{ select: '$.src' }] },
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
])('%s is refused', (_what, listing, message) => {
  expect(problemsOf(listing)).toEqual([message]);
});
