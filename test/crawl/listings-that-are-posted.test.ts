import { json, text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import type { Profile } from '../../src/profile/schema.js';
import { type Answer, type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { withServer } from '../helpers/with-server.js';
import { profileOf } from '../profile/profile-of.js';

async function withPictures(pages: Answers): Promise<Answers> {
  const site = { ...pages };
  for (const number of [1, 2, 3, 4]) site[`/${number}.png`] = await picture(number);
  return site;
}

const item = `
item: { row: '$.data.photos.nodes[*]', id: { select: $.id }, original: [{ select: $.src }] }`;

const graphql = (rules = '') =>
  profileOf(`
listing:
  start: /graphql
  post:
    reads: true
    json:
      query: 'query ($after: String) { photos(after: $after) { nodes { id src } pageInfo { endCursor } } }'
      variables: { after: '{cursor}', owner: 'me:{username}' }
  next: { by: cursor, select: $.data.photos.pageInfo.endCursor }${rules}${item}`);

interface Query {
  query: string;
  variables: { after?: string; owner: string };
}

/** Answers a query of GraphQL: two photos after each cursor. */
function answerQuery(asked: Query[], address = (id: number) => `/${id}.png`): Answer {
  return async (request, response) => {
    const query = (await json(request)) as Query;
    asked.push(query);
    const from = Number(query.variables.after?.slice(1) ?? 0);
    const nodes = [from + 1, from + 2].map((id) => ({ id, src: address(id) }));
    const endCursor = from === 2 ? null : 'c2';
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: { photos: { nodes, pageInfo: { endCursor } } } }));
  };
}

test('pages of one address are told apart by the cursor that is posted', async () => {
  const asked: Query[] = [];
  const site = await withPictures({ '/graphql': answerQuery(asked) });
  await withTestSite(
    graphql(),
    () => site,
    async ({ run, storage }) => {
      const { ending, lines } = await run();
      expect([ending, lines.at(-1)]).toEqual([
        'complete',
        'saved 4 · already had 0 · failed 0 · listed 4',
      ]);
      expect((await savedAlbum(storage)).map(({ id, page }) => [id, page])).toEqual([
        ...[
          ['1', 1],
          ['2', 1],
          ['3', 2],
          ['4', 2],
        ],
      ]);
      const walk = [{ owner: 'me:anna' }, { after: 'c2', owner: 'me:anna' }];
      expect(asked.map(({ variables }) => variables)).toEqual([...walk, ...walk]);
      expect(asked[0]?.query).toContain('{ nodes { id src }');
    },
  );
});

test('addresses that have run out are read again by the same request', async () => {
  const asked: Query[] = [];
  let age = 0;
  let walked: () => void = () => undefined;
  const bothWalks = new Promise<void>((resolve) => {
    walked = resolve;
  });
  const site = await withPictures({});
  // Two photos of the second page were signed for the time of the two walks, of two pages each.
  site['/graphql'] = answerQuery(asked, (id) => {
    if (asked.length === 4) walked();
    return `/${id}.png${id > 2 && asked.length > 4 ? '?new' : ''}`;
  });
  for (const id of [3, 4]) {
    const file = site[`/${id}.png`];
    site[`/${id}.png?new`] = file ?? '';
    site[`/${id}.png`] = async (_request, response) => {
      await bothWalks;
      age += 1;
      response.writeHead(403).end();
    };
  }
  await withTestSite(
    graphql(),
    () => site,
    async ({ run }) => {
      const timing = { retryDelay: 1, idleTimeout: 60_000, pause: 1 };
      const { lines } = await run({ timing });
      expect(lines.at(-1)).toBe('saved 4 · already had 0 · failed 0 · listed 4');
      expect(age).toBeGreaterThan(0);
      expect(asked.slice(4).map(({ variables }) => variables.after)).toContain('c2');
    },
  );
});

test('a search by number has its fields in a form', async () => {
  const asked: string[] = [];
  const profile = profileOf(`
listing:
  start: /search
  post: { reads: true, form: { q: 'photos of {username}', page: '{number}' } }
  next: { by: number, first: 0 }
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }`);
  const site = await withPictures({
    '/search': async (request, response) => {
      const form = await text(request);
      asked.push(form);
      const page = Number(new URLSearchParams(form).get('page'));
      const photos = page > 1 ? [] : [2 * page + 1, 2 * page + 2];
      response.setHeader('content-type', 'text/html');
      response.end(photos.map((id) => `<img src="/${id}.png">`).join(''));
    },
  });
  await withTestSite(
    profile,
    () => site,
    async ({ run }) => {
      const { ending, lines } = await run();
      expect([ending, lines.at(-1)]).toEqual([
        'complete',
        'saved 4 · already had 0 · failed 0 · listed 4',
      ]);
      expect(asked.slice(0, 4)).toEqual(
        [0, 1, 2, 3].map((page) => `q=photos+of+anna&page=${page}`),
      );
    },
  );
});

test.each<[string, (elsewhere: string) => [Profile, Answers]]>([
  [
    'the profile names another host',
    (elsewhere) => {
      const { listing, ...profile } = graphql();
      return [{ ...profile, listing: { ...listing, start: `${elsewhere}/graphql` } }, {}];
    },
  ],
  [
    'the site redirects to another host',
    (elsewhere) => [
      graphql(),
      {
        '/graphql': (_request, response) =>
          response.writeHead(307, { location: `${elsewhere}/graphql` }).end(),
      },
    ],
  ],
])('nothing is posted elsewhere, where %s', async (_what, siteAt) => {
  let strangers = 0;
  await withServer(
    (_request, response) => {
      strangers += 1;
      response.end('{}');
    },
    async (elsewhere) => {
      const [profile, answers] = siteAt(elsewhere);
      await withTestSite(
        profile,
        () => answers,
        async ({ run }) => {
          const { lines } = await run();
          expect(lines.join('\n')).toContain(`the album’s own host alone, not to ${elsewhere}`);
          expect(strangers).toBe(0);
        },
      );
    },
  );
});
