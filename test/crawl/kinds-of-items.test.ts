import { expect, test } from '@jest/globals';
import { type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { savedPage } from '../helpers/saved-page.js';
import { profileOf } from '../profile/profile-of.js';

test('photos and films of a page, each by its own rules, in the page’s order', async () => {
  const gallery = profileOf(`
item:
  - row: .photo
    id: { attribute: data-id }
    detail: { select: a, attribute: href }
    original: [{ on: detail, select: a.full, attribute: href }]
    caption: { on: detail, select: p }
  - row: .film
    id: { attribute: data-film }
    detail: { attribute: data-page }
    original: [{ on: detail, select: video, attribute: src }]
    caption: { on: detail, select: h1 }
`);
  const page = `
    <div class="film" data-film="f1" data-page="/f1.html"></div>
    <div class="photo" data-id="p1"><a href="/p1.html">x</a></div>
    <div class="film" data-film="f2" data-page="/f2.html"></div>
    <div class="photo" data-id="p2"><a href="/p2.html">x</a></div>`;
  const photoPage = (name: string) =>
    `<h1>wrong</h1><a class="full" href="/${name}.png"></a><p>${name}</p>`;
  const filmPage = (name: string) =>
    `<p>wrong</p><video src="/${name}.png"></video><h1>${name}</h1>`;
  const photos = await savedPage(gallery, page, ['/p1.png', '/p2.png', '/f1.png', '/f2.png'], {
    '/p1.html': photoPage('p1'),
    '/p2.html': photoPage('p2'),
    '/f1.html': filmPage('f1'),
    '/f2.html': filmPage('f2'),
  });
  expect(photos).toMatchObject(
    ['f1', 'p1', 'f2', 'p2'].map((id, index) => ({ id, caption: id, position: index + 1 })),
  );
});

const feed = profileOf(`
listing: { mark: $.events, next: { by: number, parameter: p } }
item:
  - row: $.events[*]
    where: { select: $.type, filters: [match: ^photo$] }
    id: { select: $.photo.id }
    original: [{ select: $.photo.url }]
  - row: $.events[*]
    where: { select: $.type, filters: [match: ^film$] }
    id: { select: $.film_id }
    original: [{ select: $.film_url }]
`);
const nap = (at: string) => ({ type: 'nap', at });
const photo = (id: string) => ({ type: 'photo', photo: { id, url: `/${id}.png` } });
const film = (id: string) => ({ type: 'film', film_id: id, film_url: `/${id}.png` });
const events = (...list: object[]) => JSON.stringify({ events: list });

async function files(...names: string[]): Promise<Answers> {
  const answers: Answers = {};
  for (const [index, name] of names.entries()) answers[`/${name}.png`] = await picture(index);
  return answers;
}

test('of a feed’s events, those of a kind are photos; pages without any do not end the album', async () => {
  const site = {
    ...(await files('a', 'b', 'c', 'd')),
    '/': events(film('b'), nap('9:00'), photo('a')),
    '/?p=2': events(nap('10:00')),
    '/?p=3': events(nap('11:00')),
    '/?p=4': events(nap('12:00')),
    '/?p=5': events(photo('c'), film('d')),
    '/?p=6': events(),
    '/?p=7': events(),
  };
  await withTestSite(
    feed,
    () => site,
    async ({ run, storage }) => {
      const { ending, lines } = await run();
      expect(lines.at(-1)).toBe('saved 4 · already had 0 · failed 0 · listed 4');
      expect(ending).toBe('complete');
      expect((await savedAlbum(storage)).map(({ id }) => id)).toEqual(['b', 'a', 'c', 'd']);
    },
  );
});

test('an event that is none of the kinds but has a picture raises a doubt', async () => {
  const site = {
    ...(await files('a')),
    '/': events(photo('a'), { type: 'collage', url: '/collage.jpg?size=full' }),
    '/?p=2': events(),
    '/?p=3': events(),
  };
  await withTestSite(
    feed,
    () => site,
    async ({ run }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('incomplete');
      expect(lines.join('\n')).toMatch(/1 photo that item\.row does not find.*\$\.events/);
    },
  );
});

const columns = profileOf(`
listing: { mark: $.ids }
item:
  row: { columns: { id: $.ids, url: $.media.urls } }
  id: { select: $.id }
  original: [{ select: $.url }]
  sender: { of: $, select: $.owner }
`);

test('columns in place of rows', async () => {
  const page = JSON.stringify({
    owner: 'Anna',
    ids: [7, 8],
    media: { urls: ['/7.png', '/8.png'] },
  });
  expect(await savedPage(columns, page, ['/7.png', '/8.png'])).toMatchObject([
    { id: '7', sender: 'Anna' },
    { id: '8', sender: 'Anna' },
  ]);
});

test('columns of different lengths are no rows, and the run says so', async () => {
  const site = { '/': '{"ids":[7,8],"media":{"urls":["/8.png"]}}', ...(await files('8')) };
  await withTestSite(
    columns,
    () => site,
    async ({ run, asked }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('incomplete');
      expect(lines.join('\n')).toMatch(
        /different numbers of values: \$\.ids has 2, \$\.media\.urls/,
      );
      expect(asked).not.toContain('/8.png');
    },
  );
});

test('the title of a page is that of its photos, but where an album’s link has one', async () => {
  const albums = profileOf(`
listing:
  start: [/first, /index]
  title: [{ select: h2 }, { select: title }]
  albums: { row: a.album, link: { attribute: href }, title: { select: b } }
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }
`);
  const site = {
    ...(await files('1', '2', '3')),
    '/first': '<title>The first</title><img src="/1.png">',
    '/index':
      '<title>Index</title><a class="album" href="/x"><b>By link</b></a><a class="album" href="/y">y</a>',
    '/x': '<h2>Own</h2><img src="/2.png">',
    '/y': '<title>Page</title><h2>Own</h2><img src="/3.png">',
  };
  await withTestSite(
    albums,
    () => site,
    async ({ run, storage }) => {
      expect((await run()).ending).toBe('complete');
      const saved = await savedAlbum(storage);
      expect(saved.map(({ id, album }) => [id, album])).toEqual([
        ['/1.png', ['The first']],
        ['/2.png', ['By link']],
        ['/3.png', ['Own']],
      ]);
    },
  );
});

test('the title of an album in JSON', async () => {
  const json = profileOf(`
listing: { title: { select: $.album.name } }
item: { row: '$.photos[*]', id: { select: $.id }, original: [{ select: $.url }] }
`);
  const page = '{"album":{"name":"Summer"},"photos":[{"id":1,"url":"/1.png"}]}';
  expect(await savedPage(json, page, ['/1.png'])).toMatchObject([{ album: ['Summer'] }]);
});

test.each([
  ['columns', columns, '{"ids":[7],"media":{"urls":["/a.png"]},"nextPage":"/?p=2"}'],
  [
    'events that hold photos',
    profileOf(`
item: { row: '$.events[*].photos[*]', id: { select: $.id }, original: [{ select: $.url }] }`),
    '{"events":[{"count":9,"photos":[{"id":7,"url":"/a.png"}]}],"total":4,"nextPage":"/?p=2"}',
  ],
])('a next page beside %s is not passed over', async (_what, profile, page) => {
  const site = { '/': page, ...(await files('a')) };
  await withTestSite(
    profile,
    () => site,
    async ({ run }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('incomplete');
      expect(lines.join('\n')).toMatch(/“nextPage”: \/\?p=2/);
    },
  );
});
