import { expect, test } from '@jest/globals';
import type { Profile } from '../../src/profile/schema.js';
import { type Answer, type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { profileOf } from '../profile/profile-of.js';

/** Saves the photos `/1.png` to `/4.png` of a site and gives their ids in the album's order. */
async function idsOf(profile: Profile, pages: Answers): Promise<string[]> {
  const site = { ...pages };
  for (const number of [1, 2, 3, 4]) site[`/${number}.png`] = await picture(number);
  let ids: string[] = [];
  await withTestSite(
    profile,
    () => site,
    async ({ run, storage }) => {
      const { ending, lines } = await run();
      expect([ending, lines.at(-1)]).toEqual([
        'complete',
        'saved 4 · already had 0 · failed 0 · listed 4',
      ]);
      ids = (await savedAlbum(storage)).map(({ id }) => String(id));
    },
  );
  return ids;
}

const all = ['1', '2', '3', '4'];
const images = `
item: { row: img, id: { attribute: src, filters: [match: '\\d+'] }, original: [{ attribute: src }] }`;
const img = (number: number) => `<img src="/${number}.png">`;

test('a button keeps the address, or a part of it, in an attribute of its own', async () => {
  const profile = profileOf(`
listing:
  next:
    by: link
    select: button.more
    attribute: data-part
    filters: [replace: { match: ^(.+)$, with: /parts/$1 }]${images}`);
  const pages = {
    '/': `${img(1)}${img(2)}<button class="more" data-part="b">More</button>`,
    '/parts/b': `${img(3)}${img(4)}`,
  };
  expect(await idsOf(profile, pages)).toEqual(all);
});

test('the header Link has the address of the next page', async () => {
  const profile = profileOf(`
listing: { next: { by: header } }
item: { row: '$[*]', id: { select: $.id }, original: [{ select: $.src }] }`);
  const photo = (id: number) => ({ id, src: `/${id}.png` });
  const answer =
    (link: string, ...ids: number[]): Answer =>
    (_request, response) => {
      response.setHeader('link', link).setHeader('content-type', 'application/json');
      response.end(JSON.stringify(ids.map(photo)));
    };
  const pages = {
    '/': answer('</?p=9>; rel="last", </?p=2>; rel="next"', 1, 2),
    '/?p=2': answer('</?p=1>; rel=prev', 3, 4),
  };
  expect(await idsOf(profile, pages)).toEqual(all);
});

test('the photos are JSON in an attribute of the page', async () => {
  const profile = profileOf(`
listing:
  json: { select: '#app', attribute: data-photos }
  next: { by: link, select: a.next }
item: { row: '$.list[*]', id: { select: $.id }, original: [{ select: $.src }] }`);
  const app = (...ids: number[]) => {
    const json = JSON.stringify({ list: ids.map((id) => ({ id, src: `/${id}.png` })) });
    return `<div id="app" data-photos="${json.replaceAll('"', '&quot;')}"></div>`;
  };
  const pages = { '/': `${app(1, 2)}<a class="next" href="/b">Next</a>`, '/b': app(3, 4) };
  expect(await idsOf(profile, pages)).toEqual(all);
});
