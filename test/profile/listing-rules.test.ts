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
])('%s is refused', (_what, listing, message) => {
  expect(problemsOf(listing)).toEqual([message]);
});
