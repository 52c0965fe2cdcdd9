import { expect, test } from '@jest/globals';
import { strictest } from '../../src/profile/limits.js';
import { profileOf } from './profile-of.js';

const site = (limits: string) =>
  profileOf(`
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }
limits: { ${limits} }`);

test.each([
  ['', { concurrency: 8, maxPerMinute: undefined }],
  ['concurrency: 2', { concurrency: 2, maxPerMinute: undefined }],
  ['concurrency: 9, requestsPerMinute: 30', { concurrency: 8, maxPerMinute: 30 }],
  ['requestsPerMinute: 30, delay: 4', { concurrency: 8, maxPerMinute: 15 }],
])('a site that asks for {%s} gets it', (limits, expected) => {
  expect(strictest(site(limits), { concurrency: 8, maxPerMinute: undefined })).toEqual(expected);
});

test('the user may be stricter than the site', () => {
  const wanted = { concurrency: 1, maxPerMinute: 5 };
  expect(strictest(site('concurrency: 2, requestsPerMinute: 30'), wanted)).toEqual(wanted);
});
