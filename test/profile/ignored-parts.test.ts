import { expect, test } from '@jest/globals';
import { Page } from '../../src/page/page.js';
import { readListing } from '../../src/profile/read-listing.js';
import { profileOf } from './profile-of.js';

const url = 'https://album.test/';

test('links in elements that are ignored do not count as links to further pages', () => {
  const profile = profileOf(`
listing: { ignore: [.next, aside], next: { by: number, parameter: p } }
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }`);
  const text =
    '<a href="?p=3">3</a><a class="next" href="?p=9">next</a><aside><p><a href="?p=8">8</a></p></aside>';
  const page = new Page({ url, text });
  expect(readListing(page, profile, { albumUrl: url, number: 2 }).furthestLink).toBe(3);
});
