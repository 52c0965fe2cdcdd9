import { expect, test } from '@jest/globals';
import { type Answer, type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { profileOf } from '../profile/profile-of.js';

const tree = profileOf(`
listing:
  mark: main
  albums: { row: .album, link: { attribute: href }, title: {} }
  next: { by: link, select: a.next }
item:
  row: img
  id: { attribute: src, filters: [match: '(\\d+)\\.png$'] }
  original: [{ attribute: src }]
`);

const page = (...parts: string[]) => `<main>${parts.join('')}</main>`;
const album = (href: string, title: string) => `<a class="album" href="${href}">${title}</a>`;
const photo = (number: number) => `<img src="/${number}.png">`;
const next = (href: string) => `<a class="next" href="${href}">more</a>`;

async function pictures(count: number): Promise<Answers> {
  const answers: Answers = {};
  for (let number = 1; number <= count; number++) {
    answers[`/${number}.png`] = await picture(number);
  }
  return answers;
}

test('albums in albums are walked in their order, each with its titles and none of them twice', async () => {
  const files = await pictures(7);
  const site: Answers = {
    ...files,
    // An album that leads back up, and one that is linked twice.
    '/': page(album('/a', 'Summer'), album('/b#top', 'Winter'), album('/a', 'again')),
    '/a': page(album('/', 'Home'), photo(1), album('/a/x', 'Lake'), next('/a?2')),
    '/a?2': page(photo(2), photo(3), album('/b', 'Winter'), next('/a?2')),
    '/a/x': page(photo(4), photo(1)),
    '/b': page(photo(5), next('/b?2')),
    '/b?2': page(next('/b?3')),
    '/b?3': page(photo(6), photo(7)),
  };
  await withTestSite(
    tree,
    () => site,
    async ({ run, storage, asked }) => {
      const { ending, lines } = await run();
      expect(lines.at(-1)).toBe('saved 7 · already had 0 · failed 0 · listed 7');
      expect(ending).toBe('complete');
      const walk = ['/', '/a', '/a?2', '/a/x', '/b', '/b?2', '/b?3'];
      expect(asked.filter((path) => !path.endsWith('.png'))).toEqual([...walk, ...walk]);

      const saved = await savedAlbum(storage);
      expect(saved.map(({ id, album: titles }) => [id, titles])).toEqual([
        ['1', ['Summer']],
        ['2', ['Summer']],
        ['3', ['Summer']],
        ['4', ['Summer', 'Lake']],
        ['5', ['Winter']],
        ['6', ['Winter']],
        ['7', ['Winter']],
      ]);

      asked.length = 0;
      expect((await run()).lines.at(-1)).toBe('saved 0 · already had 7 · failed 0 · listed 7');
      expect(asked.filter((path) => path.endsWith('.png'))).toEqual([]);
    },
  );
});

test('an album that is gone is told; the others are saved', async () => {
  const site = {
    ...(await pictures(1)),
    '/': page(album('/no', 'Lost'), album('/a', 'Summer')),
    '/a': page(photo(1)),
  };
  await withTestSite(
    tree,
    () => site,
    async ({ run }) => {
      const { ending, lines } = await run();
      expect(lines.join('\n')).toContain(
        'Not recognised: page 1 of “Lost”, the site answered 404. Open that page',
      );
      expect(lines.at(-1)).toBe('saved 1 · already had 0 · failed 0 · listed 1');
      expect(ending).toBe('incomplete');
    },
  );
});

test('a page that is none of the album’s does not pass for the album’s end', async () => {
  const site = {
    ...(await pictures(1)),
    '/': page(photo(1), next('/2')),
    '/2': '<h1>Back soon</h1>',
  };
  await withTestSite(
    tree,
    () => site,
    async ({ run }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('later');
      expect(lines.join('\n')).toContain('it is no page of the album');
    },
  );
});

test('linked pages that go round in circles end, and so do those that never repeat an address', async () => {
  const site = await pictures(3);
  site['/'] = page(photo(1), next('/2?1'));
  for (let number = 1; number < 50; number++) {
    site[`/2?${number}`] = page(photo(2), photo(3), next(`/2?${number + 1}`));
  }
  await withTestSite(
    tree,
    () => site,
    async ({ run, asked }) => {
      expect((await run()).ending).toBe('complete');
      expect(new Set(asked).size).toBeLessThan(12);
    },
  );
});

test('several starts are walked one after the other', async () => {
  const starts = { ...tree, listing: { ...tree.listing, start: ['/b', '/{username}', '/b'] } };
  const site = { ...(await pictures(2)), '/b': page(photo(1)), '/anna': page(photo(2)) };
  await withTestSite(
    starts,
    () => site,
    async ({ run, storage }) => {
      expect((await run()).ending).toBe('complete');
      expect((await savedAlbum(storage)).map(({ id }) => id)).toEqual(['1', '2']);
    },
  );
});

test('a listing in JSON files beside the pages of the albums', async () => {
  const json = profileOf(`
listing:
  json: { file: index.json }
  mark: $.files
  albums: { row: '$.albums[*]', link: { select: $.path }, title: { select: $.name } }
item:
  row: $.files.*
  id: { from: original, filters: [path, decode] }
  original: [{ select: $~, filters: [encode] }]
`);
  const site = {
    '/index.json': '{"files":{},"albums":[{"path":"a/","name":"A"}]}',
    '/a/index.json': '{"files":{"Müller & Söhne #1?.png":{},"100% sun.png":{}}}',
    '/a/M%C3%BCller%20%26%20S%C3%B6hne%20%231%3F.png': await picture(1),
    '/a/100%25%20sun.png': await picture(2),
  };
  await withTestSite(
    json,
    () => site,
    async ({ run, storage }) => {
      expect((await run()).lines.at(-1)).toBe('saved 2 · already had 0 · failed 0 · listed 2');
      expect(await savedAlbum(storage)).toMatchObject([
        { id: '/a/Müller & Söhne #1?.png', album: ['A'] },
        { id: '/a/100% sun.png', album: ['A'] },
      ]);
    },
  );
});

/** Answers that a page gives one after the other, the last one for good. */
function inTurn(...answers: string[]): Answer {
  let asked = 0;
  return (_request, response) => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    response.setHeader('content-type', 'text/html').end(answer);
  };
}

test.each<[string, Answers]>([
  [
    'a walk that ended early',
    {
      '/': page(photo(1), next('/2')),
      '/2': inTurn(...['/3', '', '/3'].map((href) => page(photo(2), href && next(href)))),
      '/3': page(photo(3), photo(4)),
    },
  ],
  [
    'a walk in which it had another number',
    {
      '/': page(album('/a', 'Summer'), album('/b', 'Winter')),
      '/a': inTurn(...['/a?2', '', '/a?2'].map((href) => page(photo(1), href && next(href)))),
      '/a?2': page(photo(2)),
      '/b': page(photo(3), photo(4)),
    },
  ],
])('a page that comes unchanged after %s is listed again', async (_what, site) => {
  const files = await pictures(4);
  await withTestSite(
    tree,
    () => ({ ...site, ...files }),
    async ({ run, storage }) => {
      const { ending, lines } = await run();
      expect(lines.at(-1)).toBe('saved 4 · already had 0 · failed 0 · listed 4');
      expect(ending).toBe('complete');
      expect((await savedAlbum(storage)).map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
    },
  );
});
