import { expect, test } from '@jest/globals';
import type { Profile } from '../../src/profile/schema.js';
import { type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { profileOf } from '../profile/profile-of.js';

const thumbnails = (...numbers: number[]) =>
  numbers
    .map(
      (number) => `<div class="t"><a href="/${number}.png"><img src="/t/${number}.png"></a></div>`,
    )
    .join('');

const html = (listing: string) =>
  profileOf(`
listing: { mark: main${listing} }
item: { row: 'main .t:nth-child(-n+2)', id: { select: a, attribute: href }, original: [{ select: a, attribute: href }] }`);
const json = (listing: string) =>
  profileOf(`
listing: { mark: $${listing} }
item: { row: '$.album.photos[*]', id: { select: $.file }, original: [{ select: $.file }] }`);

const related = { '/': `<main>${thumbnails(1, 2, 3, 4)}</main>` };
const inJson = {
  '/': '{"album":{"photos":[{"file":"/1.png"},{"file":"/2.png"}],"hasMore":true}}',
};

async function endOf(profile: Profile, pages: Answers) {
  const site = { ...pages };
  for (const number of [1, 2, 3, 4]) site[`/${number}.png`] = await picture(number);
  let ended = '';
  await withTestSite(
    profile,
    () => site,
    async ({ run }) => {
      const { ending, lines } = await run();
      expect(lines.at(-1)).toBe('saved 2 · already had 0 · failed 0 · listed 2');
      ended = ending;
    },
  );
  return ended;
}

test.each<[string, (listing: string) => Profile, Answers, string]>([
  [
    'photos of the same kind that the profile does not take',
    html,
    related,
    ', ignore: "main .t:nth-child(n+3)"',
  ],
  ['a member of JSON that speaks of more', json, inJson, ', ignore: $.album.hasMore'],
])('%s raise a doubt, unless the profile ignores them', async (_what, profile, site, ignore) => {
  expect(await endOf(profile(''), site)).toBe('incomplete');
  expect(await endOf(profile(ignore), site)).toBe('complete');
});
