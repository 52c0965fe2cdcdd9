import { json } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import type { Profile } from '../../src/profile/schema.js';
import { type Answer, type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { profileOf } from '../profile/profile-of.js';

describe('ways to the next page', () => {
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

  test('a header Link that comes later leads a further run on from a page that is the same', async () => {
    const profile = profileOf(`
listing: { next: { by: header } }
item: { row: '$[*]', id: { select: $.id }, original: [{ select: $.src }] }`);
    const photos = [1, 2].map((id) => [{ id, src: `/${id}.png` }]);
    let link = '';
    const site: Answers = {
      '/': (_request, response) => {
        if (link !== '') response.setHeader('link', link);
        response.setHeader('content-type', 'application/json').end(JSON.stringify(photos[0]));
      },
      '/?p=2': JSON.stringify(photos[1]),
      '/1.png': await picture(1),
      '/2.png': await picture(2),
    };
    await withTestSite(
      profile,
      () => site,
      async ({ run }) => {
        const lastLine = async () => (await run()).lines.at(-1);
        expect(await lastLine()).toBe('saved 1 · already had 0 · failed 0 · listed 1');
        link = '</?p=2>; rel="next"';
        expect(await lastLine()).toBe('saved 1 · already had 1 · failed 0 · listed 2');
      },
    );
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
});

describe('levels of albums', () => {
  async function withPictures(pages: Answers): Promise<Answers> {
    const site = { ...pages };
    for (const number of [1, 2, 3, 4]) site[`/${number}.png`] = await picture(number);
    return site;
  }

  const photo = (id: number) => ({ id, src: `/${id}.png` });
  const asJson =
    (value: unknown): Answer =>
    (_request, response) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(value));

  test('children lead to frames, and those to pages of photos, with the values of both', async () => {
    const profile = profileOf(`
listing:
  start: /children
  mark: $
  albums:
    row: $[*]
    values: { child: { select: $.id }, name: { select: $.name } }
    address: /children/{child}/frames
    title: { select: $.name }
    listing:
      albums:
        row: $.frames[*]
        values: { frame: { select: $.key } }
        address: /photos?child={child}&frame={frame}
        title: { select: $.label }
        listing:
          next: { by: number, parameter: page }
item:
  row: $[*]
  id: { select: $.id }
  original: [{ select: $.src }]
  sender: { from: '{name}' }
  caption: { from: '{frame}', filters: [replace: { match: ^, with: 'frame ' }] }`);
    const site = await withPictures({
      '/children': asJson([
        { id: 'a/1', name: 'Ada' },
        { id: 'b', name: 'Ben' },
      ]),
      '/children/a%2F1/frames': asJson({
        frames: [
          { key: 'x', label: 'Kitchen' },
          { key: 'y', label: 'Hall' },
        ],
      }),
      '/children/b/frames': asJson({ frames: [{ key: 'x', label: 'Kitchen' }] }),
      '/photos?child=a%2F1&frame=x': asJson([photo(1)]),
      '/photos?child=a%2F1&frame=x&page=2': asJson([photo(2)]),
      '/photos?child=a%2F1&frame=y': asJson([photo(3)]),
      '/photos?child=b&frame=x': asJson([photo(4)]),
    });
    await withTestSite(
      profile,
      () => site,
      async ({ run, storage, asked }) => {
        const { ending, lines } = await run();
        expect([ending, lines.at(-1)]).toEqual([
          'complete',
          'saved 4 · already had 0 · failed 0 · listed 4',
        ]);
        const saved = await savedAlbum(storage);
        expect(saved.map(({ id, album, sender, caption }) => [id, album, sender, caption])).toEqual(
          [
            ['1', ['Ada', 'Kitchen'], 'Ada', 'frame x'],
            ['2', ['Ada', 'Kitchen'], 'Ada', 'frame x'],
            ['3', ['Ada', 'Hall'], 'Ada', 'frame y'],
            ['4', ['Ben', 'Kitchen'], 'Ben', 'frame x'],
          ],
        );
        expect(asked.filter((path) => path.includes('#'))).toEqual([]);
      },
    );
  });

  test('albums of one address are told apart by the values that are posted', async () => {
    const profile = profileOf(`
listing:
  start: /query
  post: { reads: true, json: { list: albums } }
  albums:
    row: $.albums[*]
    values: { album: { select: $.id } }
    address: /query
    title: { select: $.name }
    listing:
      post: { reads: true, numbers: [album], json: { list: photos, of: '{album}', after: '{cursor}' } }
      next: { by: cursor, select: $.cursor }
item: { row: '$.photos[*]', id: { select: $.id }, original: [{ select: $.src }] }`);
    const asked: unknown[] = [];
    const site = await withPictures({
      '/query': async (request, response) => {
        const query = (await json(request)) as { of?: number; after?: string };
        asked.push(query);
        const { of, after } = query;
        const albums = [
          { id: 7, name: 'Summer' },
          { id: 8, name: 'Winter' },
        ];
        const first = of === 7 ? 1 : 3;
        const page = { photos: [photo(after === undefined ? first : first + 1)] };
        const answer = { ...page, ...(after === undefined && { cursor: 'next' }) };
        await asJson(of === undefined ? { albums } : answer)(request, response);
      },
    });
    await withTestSite(
      profile,
      () => site,
      async ({ run, storage }) => {
        const { ending, lines } = await run();
        expect([ending, lines.at(-1)]).toEqual([
          'complete',
          'saved 4 · already had 0 · failed 0 · listed 4',
        ]);
        expect((await savedAlbum(storage)).map(({ id, album }) => [id, album])).toEqual([
          ['1', ['Summer']],
          ['2', ['Summer']],
          ['3', ['Winter']],
          ['4', ['Winter']],
        ]);
        expect(asked.slice(0, 5)).toEqual([
          { list: 'albums' },
          { list: 'photos', of: 7 },
          { list: 'photos', of: 7, after: 'next' },
          { list: 'photos', of: 8 },
          { list: 'photos', of: 8, after: 'next' },
        ]);
      },
    );
  });

  test('an album without a value that its address needs is told, and the others are saved', async () => {
    const profile = profileOf(`
listing:
  albums:
    row: $.albums[*]
    values: { id: { select: $.id } }
    address: /albums/{id}
    listing: {}
item: { row: '$[*]', id: { select: $.id }, original: [{ select: $.src }] }`);
    const site = await withPictures({
      '/': asJson({ albums: [{ name: 'no id' }, { id: 5 }] }),
      '/albums/5': asJson([photo(1)]),
    });
    await withTestSite(
      profile,
      () => site,
      async ({ run }) => {
        const { ending, lines } = await run();
        expect(ending).toBe('incomplete');
        expect(lines.at(-1)).toBe('saved 1 · already had 0 · failed 0 · listed 1');
        expect(lines.join('\n')).toContain('album 1: it has no value id: there is no $.id in');
      },
    );
  });
});
