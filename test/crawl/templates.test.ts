import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import type { ExportedPhoto } from '../../src/exports/fields.js';
import { loadProfile, templateFile, type templates } from '../../src/profile/load.js';
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
  name: (typeof templates)[number],
  answers: Answers,
  files: readonly string[],
): Promise<ExportedPhoto[]> {
  let photos: ExportedPhoto[] = [];
  const site = { ...answers, ...(await pictures(files)) };
  await withTestSite(
    profileOf(name),
    () => site,
    async ({ run, storage, asked }) => {
      const change = { thumbnails: 'none', credentials } as const;
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
  const post = (id: number, types: readonly string[]) => ({
    subject: `Day ${id}`,
    text: `<p>Sand &amp; water ${id}</p>`,
    author: { name: 'Ms Lee' },
    createdAt: `2016-07-0${id}T09:30:00+02:00`,
    attachments: types.map((type, index) => ({
      id: `${id}-${index}`,
      type,
      url: `/files/${id}/${index}`,
      fileName: type === 'image/png' ? `IMG ${id}${index}.png` : 'menu.pdf',
    })),
  });
  const open = (answer: Answer) => closed('authorization', 'Bearer t0ken', answer);
  const pages = [
    { posts: [post(1, ['image/png', 'application/pdf', 'image/png'])], nextCursor: 'c1' },
    { posts: [post(2, []), post(3, ['image/png'])], nextCursor: null },
  ];
  const photos = await savedWith(
    'day-care-feed',
    {
      '/api/login': posted({ email: 'anna', password: 's3cret' }, json({ token: 't0ken' })),
      '/api/posts?limit=100': open(json(pages[0])),
      '/api/posts?limit=100&after=c1': open(json(pages[1])),
    },
    ['/files/1/0', '/files/1/2', '/files/3/0'],
  );
  expect(photos[1]).toMatchObject({
    id: '1-2',
    fileName: 'IMG 12.png',
    title: 'Day 1',
    caption: 'Sand & water 1',
    sender: 'Ms Lee',
    date: '2016-07-01T09:30:00+02:00',
  });
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
    'photo-frame',
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
    'token-exchange',
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
