import { json } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import type { Profile } from '../../src/profile/schema.js';
import { type Answer, type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { profileOf } from '../profile/profile-of.js';

const item = `
item: { row: '$.photos[*]', id: { select: $.id }, original: [{ select: $.src }] }`;

/** Days of the photos, in the order of their numbers. */
const days = ['2015-03-31', '2015-04-01', '2015-09-10', '2015-09-30'];

const photosOn = (isIn: (day: string) => boolean) =>
  days.flatMap((day, index) => (isIn(day) ? [{ id: index + 1, src: `/${index + 1}.png` }] : []));
const asJson =
  (value: unknown): Answer =>
  (_request, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(value));

/** Saves a site and expects the photos, in order; gives the paths of the first walk. */
async function expectPhotos(profile: Profile, pages: Answers, ids = ['1', '2', '3', '4']) {
  const site = { ...pages };
  for (const number of [1, 2, 3, 4]) site[`/${number}.png`] = await picture(number);
  let paths: string[] = [];
  await withTestSite(
    profile,
    () => site,
    async ({ run, storage, asked }) => {
      const { ending, lines } = await run();
      expect([ending, lines.at(-1)]).toEqual([
        'complete',
        `saved ${ids.length} · already had 0 · failed 0 · listed ${ids.length}`,
      ]);
      expect((await savedAlbum(storage)).map(({ id }) => id)).toEqual(ids);
      paths = asked.filter((path) => !path.includes('.png'));
    },
  );
  return paths.slice(0, paths.length / 2);
}

test('months are asked for to the last one, also after many without photos', async () => {
  const profile = profileOf(`
listing:
  start: /photos
  next:
    by: window
    from: 2015-03-15
    until: 2015-09-30
    format: dd.MM.yyyy
    parameters: { from: since, until: before }${item}`);
  // The site counts the last day in: what two windows list is saved once.
  const windows = [
    ['2015-03-15', '2015-04-01'],
    ['2015-04-01', '2015-05-01'],
    ['2015-05-01', '2015-06-01'],
    ['2015-06-01', '2015-07-01'],
    ['2015-07-01', '2015-08-01'],
    ['2015-08-01', '2015-09-01'],
    ['2015-09-01', '2015-10-01'],
  ];
  const written = (day = '') => day.split('-').reverse().join('.');
  const pages = Object.fromEntries(
    windows.map(([from = '', until = '']) => [
      `/photos?since=${written(from)}&before=${written(until)}`,
      asJson({ photos: photosOn((day) => day >= from && day <= until) }),
    ]),
  );
  expect(await expectPhotos(profile, pages)).toEqual(Object.keys(pages));
});

test('a picture that every window shows does not end them', async () => {
  const profile = profileOf(`
listing:
  next: { by: window, from: 2015-01-01, until: 2015-12-31, address: '/in/{from}' }
item: { row: '$[*]', id: { select: $.id }, original: [{ select: $.src }] }`);
  const pages = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [
      `/in/2015-${String(index + 1).padStart(2, '0')}-01`,
      asJson((index === 11 ? [1, 2] : [1]).map((id) => ({ id, src: `/${id}.png` }))),
    ]),
  );
  await expectPhotos(profile, pages, ['1', '2']);
});

test('a site that ignores the window is doubted', async () => {
  const profile = profileOf(`
listing:
  next: { by: window, from: 2015-01-01, until: 2015-03-31, parameters: { from: since } }
item: { row: '$[*]', id: { select: $.id }, original: [{ select: $.src }] }`);
  const all = asJson([{ id: 1, src: '/1.png' }]);
  const pages = ['01', '02', '03'].map((month): [string, Answer] => [
    `/?since=2015-${month}-01`,
    all,
  ]);
  const site = { ...Object.fromEntries(pages), '/1.png': await picture(1) };
  await withTestSite(
    profile,
    () => site,
    async ({ run }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('incomplete');
      expect(lines.join('\n')).toContain('as if the site ignored its number or window');
    },
  );
});

test('a window has further pages by a cursor', async () => {
  const profile = profileOf(`
listing:
  start: /photos
  next:
    by: window
    from: 2015-03-01
    until: 2015-09-30
    every: { days: 107 }
    format: unix
    parameters: { from: since, until: before }
    within: { by: cursor, select: $.more, parameter: after }${item}`);
  const seconds = (day: string) => Date.parse(day) / 1000;
  const window = (from: string, until: string) =>
    `/photos?since=${seconds(from)}&before=${seconds(until)}`;
  const [one, other] = [window('2015-03-01', '2015-06-16'), window('2015-06-16', '2015-10-01')];
  const photos = photosOn(() => true);
  const pages = {
    [one]: asJson({ photos: photos.slice(0, 1), more: 'x' }),
    [`${one}&after=x`]: asJson({ photos: photos.slice(1, 2) }),
    [other]: asJson({ photos: photos.slice(2, 3), more: 'y' }),
    [`${other}&after=y`]: asJson({ photos: photos.slice(3) }),
  };
  expect(await expectPhotos(profile, pages)).toEqual(Object.keys(pages));
});

test('windows and their cursors are posted', async () => {
  const profile = profileOf(`
listing:
  start: /search
  post:
    reads: true
    numbers: [from, until]
    json: { taken: { from: '{from}', until: '{until}' }, after: '{cursor}' }
  next:
    by: window
    from: 2015-03-01
    until: 2015-09-30
    every: { days: 107 }
    format: unix-milliseconds
    within: { by: cursor, select: $.more }${item}`);
  const asked: unknown[] = [];
  const search: Answer = async (request, response) => {
    const query = (await json(request)) as { taken: { from: number }; after?: string };
    asked.push(query);
    const isFirst = query.taken.from === Date.parse('2015-03-01');
    const photos = photosOn(() => true)
      .slice(isFirst ? 0 : 2)
      .slice(query.after ? 1 : 0);
    const more = query.after === undefined ? 'x' : undefined;
    await asJson({ photos: photos.slice(0, 1), more })(request, response);
  };
  await expectPhotos(profile, { '/search': search });
  const [first, second, third] = ['2015-03-01', '2015-06-16', '2015-10-01'].map(Date.parse);
  expect(asked.slice(0, 4)).toEqual([
    { taken: { from: first, until: second } },
    { taken: { from: first, until: second }, after: 'x' },
    { taken: { from: second, until: third } },
    { taken: { from: second, until: third }, after: 'x' },
  ]);
});

test('a window that the site refuses is told, and the others are read', async () => {
  const profile = profileOf(`
listing:
  next: { by: window, from: 2015-01-01, until: 2015-03-31, address: '/{from}' }
item: { row: '$[*]', id: { select: $.id }, original: [{ select: $.src }] }`);
  const site = {
    '/2015-01-01': asJson([{ id: 1, src: '/1.png' }]),
    '/2015-03-01': asJson([{ id: 2, src: '/2.png' }]),
    '/1.png': await picture(1),
    '/2.png': await picture(2),
  };
  await withTestSite(
    profile,
    () => site,
    async ({ run }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('incomplete');
      expect(lines.at(-1)).toBe('saved 2 · already had 0 · failed 0 · listed 2');
      expect(lines.join('\n')).toContain('page 2, the site answered 404');
    },
  );
});
