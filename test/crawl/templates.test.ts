import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import type { ExportedPhoto } from '../../src/exports/fields.js';
import { loadProfile, templateFile, type templates } from '../../src/profile/load.js';
import type { Profile } from '../../src/profile/schema.js';
import { type Answer, type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { savedAlbum } from '../helpers/saved-album.js';

const profileOf = (name: (typeof templates)[number]) => loadProfile(templateFile(name));

const json =
  (value: unknown): Answer =>
  (_request, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(value));

/** Answers only requests that carry what opens the site. */
const closed =
  (header: 'authorization' | 'cookie', value: string, answer: Answer): Answer =>
  (request, response) =>
    request.headers[header] === value
      ? answer(request, response)
      : response.writeHead(401).end('{}');

/** Answers what was posted; what the test does not expect is refused. */
const posted =
  (expected: unknown, answer: Answer): Answer =>
  async (request, response) => {
    const body = await text(request);
    const isForm = request.headers['content-type']?.includes('form') === true;
    const given = isForm ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body);
    if (JSON.stringify(given) === JSON.stringify(expected)) return answer(request, response);
    return response.writeHead(422).end(JSON.stringify({ error: { message: body } }));
  };

/** A picture for each address, the first with the number 1. */
async function pictures(addresses: readonly string[]): Promise<Answers> {
  const files = addresses.map(async (address, index) => [address, await picture(index + 1)]);
  return Object.fromEntries(await Promise.all(files));
}

/** Saves the site with a template, whole, and again without a request for a picture. */
async function savedWith(
  profile: Profile,
  answers: Answers,
  files: readonly string[],
  pasted: { cookie?: string } = {},
): Promise<ExportedPhoto[]> {
  let photos: ExportedPhoto[] = [];
  const site = { ...answers, ...(await pictures(files)) };
  await withTestSite(
    profile,
    () => site,
    async ({ run, storage, asked }) => {
      const change = { thumbnails: 'none', credentials: { ...credentials, ...pasted } } as const;
      const first = await run(change);
      expect([first.ending, first.lines.at(-1)]).toEqual([
        'complete',
        `saved ${files.length} · already had 0 · failed 0 · listed ${files.length}`,
      ]);
      asked.length = 0;
      expect((await run(change)).lines.at(-1)).toMatch(/^saved 0 · already had/);
      expect(asked.filter((address) => files.includes(address))).toEqual([]);
      photos = await savedAlbum(storage);
    },
  );
  return photos;
}

const credentials = { username: 'anna', password: 's3cret', code: async () => '123456' };

test('a day-care feed: attachments with the date, text and author of their post', async () => {
  const post = (id: number, types: readonly string[], author?: object) => ({
    subject: `Day ${id}`,
    text: `<p>Sand &amp; water ${id}</p>`,
    author,
    group: { name: 'The Bears' },
    createdAt: `2016-07-0${id}T09:30:00+02:00`,
    attachments: types.map((type, index) => ({
      id: `${id}-${index}`,
      type,
      url: `/files/${id}/${index}`,
      fileName: type === 'image/png' ? `IMG ${id}${index}.png` : 'menu.pdf',
    })),
  });
  const open = (answer: Answer) => closed('authorization', 'Bearer t0ken', answer);
  const children = [
    { id: 'a/1', firstName: 'Ada' },
    { id: 'b', firstName: 'Ben' },
  ];
  const lee = { name: 'Ms Lee' };
  const pages = [
    { posts: [post(1, ['image/png', 'application/pdf', 'image/png'], lee)], nextCursor: 'c1' },
    { posts: [post(2, [], lee), post(3, ['image/png'])], nextCursor: null },
    { posts: [post(4, ['image/png'], lee)] },
  ];
  const photos = await savedWith(
    profileOf('day-care-feed'),
    {
      '/api/login': posted({ email: 'anna', password: 's3cret' }, json({ token: 't0ken' })),
      '/api/children': open(json({ children })),
      '/api/children/a%2F1/posts?limit=100': open(json(pages[0])),
      '/api/children/a%2F1/posts?limit=100&after=c1': open(json(pages[1])),
      '/api/children/b/posts?limit=100': open(json(pages[2])),
    },
    ['/files/1/0', '/files/1/2', '/files/3/0', '/files/4/0'],
  );
  expect(photos[1]).toMatchObject({
    id: '1-2',
    fileName: 'IMG 12.png',
    title: 'Day 1',
    caption: 'Sand & water 1',
    sender: 'Ms Lee',
    date: '2016-07-01T09:30:00+02:00',
    album: ['Ada'],
  });
  expect(photos.slice(2)).toMatchObject([{ sender: 'The Bears' }, { album: ['Ben'] }]);
});

test('a GraphQL feed: one address, and the page in what is posted', async () => {
  const open = (answer: Answer) => closed('authorization', 'Bearer t0ken', answer);
  const node = (id: number) => ({
    id,
    name: `${id}.png`,
    takenAt: '2016-07-03T14:05:00Z',
    originalUrl: `/o/${id}`,
    owner: { name: 'Ben' },
  });
  const pages: Record<string, [nodes: object[], endCursor: string | null]> = {
    '': [[node(1), node(2)], 'c2'],
    c2: [[node(3)], 'c3'],
    c3: [[], null],
  };
  const photos = await savedWith(
    profileOf('graphql-feed'),
    {
      '/graphql': async (request, response) => {
        const { query, variables } = JSON.parse(await text(request));
        if (query.startsWith('mutation')) {
          const signedIn = variables.email === 'anna' && variables.password === 's3cret';
          const token = signedIn ? 't0ken' : null;
          return json({ data: { signIn: { token } } })(request, response);
        }
        const [nodes, endCursor] = pages[variables.after ?? ''] ?? [];
        const list = { totalCount: 3, nodes, pageInfo: { endCursor } };
        return open(json({ data: { album: { photos: list } } }))(request, response);
      },
    },
    ['/o/1', '/o/2', '/o/3'],
  );
  expect(photos[2]).toMatchObject({ id: '3', sender: 'Ben', fileName: '3.png' });
});

test('a photo frame: addresses of folder and file, each with its own signs', async () => {
  const open = (answer: Answer) => closed('cookie', 'session=s1', answer);
  const photo = (id: number, folder: string, file: string) => ({
    id,
    folder,
    file,
    thumbnailKey: `k/${id}`,
    from: 'Grandma',
    receivedAt: 1_467_554_700,
  });
  const first = [photo(1, '2016/Summer trip', 'a & b?.jpg'), photo(2, '2016', '50%.jpg')];
  const second = [photo(3, 'ß', '1/2.jpg')];
  const signIn: Answer = (_request, response) =>
    response.setHeader('set-cookie', 'session=s1; Path=/').end('{}');
  const photos = await savedWith(
    profileOf('photo-frame'),
    {
      '/api/session': posted({ user: 'anna', password: 's3cret' }, signIn),
      '/api/frame/pictures': open(json({ total: 3, pictures: first })),
      '/api/frame/pictures?page=2': open(json({ total: 3, pictures: second })),
      '/api/frame/pictures?page=3': open(json({ total: 3, pictures: [] })),
      '/api/frame/pictures?page=4': open(json({ total: 3, pictures: [] })),
    },
    [
      '/media/2016/Summer%20trip/a%20%26%20b%3F.jpg',
      '/media/2016/50%25.jpg',
      '/media/%C3%9F/1%2F2.jpg',
    ],
  );
  expect(photos[0]).toMatchObject({ sender: 'Grandma', uploadedAt: '2016-07-03T14:05:00.000Z' });
});

test('a token exchange: each step takes what the next one needs', async () => {
  const open = (answer: Answer) => closed('authorization', 'Bearer acc3ss', answer);
  const item = (id: number) => ({
    id,
    name: `Lake ${id}`,
    takenAt: '2016-07-03T14:05:00Z',
    links: { original: `/o/${id}` },
  });
  const ticket: Answer = (_request, response) => response.setHeader('x-ticket', 't1').end('<p>Hi');
  await savedWith(
    profileOf('token-exchange'),
    {
      '/account': '<meta name="csrf-token" content="f0rgery">',
      '/account/session': posted({ user: 'anna', pass: 's3cret', csrf: 'f0rgery' }, ticket),
      '/account/code': posted({ ticket: 't1', code: '123456' }, json({ grant: 'g1' })),
      '/api/token': posted({ grant: 'g1' }, json({ accessToken: 'acc3ss' })),
      '/api/photos': open(json({ items: [item(1)], links: { next: '/api/photos?from=2' } })),
      '/api/photos?from=2': open(json({ items: [item(2)], links: {} })),
    },
    ['/o/1', '/o/2'],
  );
});

test('windows of time: each is asked for, also behind months without photos', async () => {
  const open = (answer: Answer) => closed('cookie', 'session=s1', answer);
  const entry = (id: number, picture = {}) => ({
    id,
    text: `Day ${id}`,
    time: 1_467_554_700,
    picture,
  });
  const file = (id: number) => entry(id, { url: `/o/${id}` });
  const second = (month: number) =>
    DateTime.local(2016, month, 1, { zone: 'Europe/Berlin' }).toUnixInteger();
  const months = Object.fromEntries(
    [1, 2, 3, 4].map((month) => {
      const address = `/api/entries?limit=200&since=${second(month)}&before=${second(month + 1)}`;
      return [address, open(json({ entries: [] }))];
    }),
  );
  const [january = '', , , april = ''] = Object.keys(months);
  const profile = profileOf('time-windows');
  const { next } = profile.listing;
  if (next?.by !== 'window') throw new Error('the template has no windows');
  // The template begins years ago, for as many requests as there are months since then.
  Object.assign(next, { from: '2016-01-01', until: '2016-04-30' });
  const photos = await savedWith(
    profile,
    {
      ...months,
      [january]: open(json({ entries: [file(1), entry(2)], cursor: 'c1' })),
      [`${january}&cursor=c1`]: open(json({ entries: [file(3)] })),
      [april]: open(json({ entries: [file(4)] })),
    },
    ['/o/1', '/o/3', '/o/4'],
    { cookie: 'session=s1' },
  );
  expect(photos.map(({ id }) => id)).toEqual(['1', '3', '4']);
});
