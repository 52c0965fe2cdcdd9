import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { type Answer, picture } from '../helpers/escape-site.js';

/** A site of the kind that one of the templates is for, and how a person visits it. */
export interface TemplateSite {
  name: string;
  answers(): Promise<(request: IncomingMessage) => Promise<string | Buffer | Answer | undefined>>;
  visit(page: Page, origin: string): Promise<void>;
  /** The originals, in any order. */
  files: string[];
}

export const username = 'anna@example.com';
export const password = 'Sommer-2016!x';
export const token = 'eyJhbGciOi.J9x8.f3K2mQ71';

const json =
  (value: unknown, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response
      .writeHead(200, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(value));

const refused: Answer = (_request, response) =>
  response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}');

const opened = (request: IncomingMessage) =>
  request.headers.authorization === `Bearer ${token}` ||
  request.headers.cookie?.includes(`session=${token}`);

/** The page of an app: it signs in, lists photos, and shows them, by requests of its script. */
const app = (script: string) => `<!doctype html><title>Our photos</title><meta charset="utf-8">
<form id="in"><input name="user" autocomplete="username"><input name="word" type="password"><button>Sign in</button></form>
<div id="list"></div><button id="more">More</button><script>
let head = { 'content-type': 'application/json' };
const ask = async (address, body, headers = {}) => {
  const answer = await fetch(address, { ...(body && { method: 'POST', body: JSON.stringify(body) }), headers: { ...head, ...headers } });
  if (!answer.ok) throw new Error(answer.status);
  return answer;
};
const show = (photos) => { for (const { small, large } of photos) {
  const image = document.createElement('img');
  image.src = small; image.onclick = () => { const big = document.createElement('img'); big.className = 'big'; big.src = large; document.body.append(big); };
  document.getElementById('list').append(image);
} };
const form = document.getElementById('in');
${script}
form.onsubmit = async (event) => { event.preventDefault(); await signIn(form.user.value, form.word.value); form.remove(); await load(); };
document.getElementById('more').onclick = () => load();
</script>`;

async function signInAndLook(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await page.fill('[name=user]', username);
  await page.fill('[name=word]', password);
  await page.click('text=Sign in');
  await page.waitForSelector('#list img');
  const before = await page.locator('#list img').count();
  await page.click('#more');
  await page.locator('#list img').nth(before).waitFor();
  await page.locator('#list img').nth(1).click();
  await page.waitForFunction('document.querySelector(".big")?.complete');
}

async function files(addresses: readonly string[]): Promise<Record<string, Buffer>> {
  const all = addresses.map(async (address, index) => [address, await picture(index + 1)] as const);
  return Object.fromEntries(await Promise.all(all));
}

const bodyOf = async (request: IncomingMessage) => JSON.parse(await text(request));

function site(
  name: string,
  script: string,
  originals: readonly string[],
  thumbnails: readonly string[],
  answer: (
    url: string,
    request: IncomingMessage,
  ) => Promise<Answer | undefined> | Answer | undefined,
  visit = signInAndLook,
): TemplateSite {
  return {
    name,
    files: [...originals],
    visit,
    async answers() {
      const pictures = await files([...originals, ...thumbnails]);
      return async (request) => {
        const { url = '/' } = request;
        if (url === '/') return app(script);
        return pictures[url] ?? answer(url, request);
      };
    },
  };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** Ids of a database, which grow by more than one. */
const ids = [4102, 4109, 4127, 4133, 4158];

const post = (id: number) => ({
  id: `p-${id}`,
  subject: `Day ${id}`,
  text: `<p>Sand &amp; water ${id}</p>`,
  author: { name: 'Ms Lee' },
  createdAt: `2016-07-0${id}T09:30:00+02:00`,
  attachments: [1, 2].map((one) => ({
    id: `file-${id}${one}`,
    type: 'image/png',
    originalUrl: `/files/${id}/${one}`,
    thumbnailUrl: `/small/${id}/${one}`,
    fileName: `IMG ${id}${one}.png`,
  })),
});
const children = [
  { id: 'a/17', firstName: 'Ada' },
  { id: 'b-18', firstName: 'Ben' },
];
const ofPosts = (ids: readonly number[], folder: string) =>
  ids.flatMap((id) => [1, 2].map((one) => `/${folder}/${id}/${one}`));

/** Apps of day-cares: a feed of posts for each child. */
const dayCare = site(
  'day-care-feed',
  `let child = 0, after = '';
  const signIn = async (email, password) => { const { token } = await (await ask('/api/login', { email, password })).json(); head.authorization = 'Bearer ' + token; };
  const load = async () => { const { children } = await (await ask('/api/children')).json();
    const feed = await (await ask('/api/children/' + encodeURIComponent(children[child].id) + '/posts?limit=100' + (after && '&after=' + after))).json();
    if (feed.nextCursor) after = feed.nextCursor; else { after = ''; child++; }
    show(feed.posts.flatMap(({ attachments }) => attachments.map((one) => ({ small: one.thumbnailUrl, large: one.originalUrl })))); };`,
  ofPosts([1, 2, 3, 4], 'files'),
  ofPosts([1, 2, 3, 4], 'small'),
  async (url, request) => {
    if (url === '/api/login') {
      const body = await bodyOf(request);
      return body.email === username && body.password === password ? json({ token }) : refused;
    }
    if (!opened(request)) return refused;
    return {
      '/api/children': json({ children }),
      '/api/children/a%2F17/posts?limit=100': json({
        posts: [post(1), post(2)],
        nextCursor: 'c-2x7',
      }),
      '/api/children/a%2F17/posts?limit=100&after=c-2x7': json({
        posts: [post(3)],
        nextCursor: null,
      }),
      '/api/children/b-18/posts?limit=100': json({ posts: [post(4)], nextCursor: null }),
    }[url];
  },
  async (page, origin) => {
    await signInAndLook(page, origin);
    await page.click('#more');
    await page.locator('#list img').nth(7).waitFor();
  },
);

const node = (id: number) => ({
  id,
  name: `${id}.png`,
  takenAt: `2016-07-0${id % 10}T14:05:00Z`,
  originalUrl: `/o/${id}`,
  previewUrl: `/t/${id}`,
  owner: { name: 'Ben' },
});

/** Newer clouds: one address that answers queries. */
const graphql = site(
  'graphql-feed',
  `let after;
  const signIn = async (email, password) => { const { data } = await (await ask('/graphql', { query: 'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) {token} }', variables: { email, password } })).json();
    head.authorization = 'Bearer ' + data.signIn.token; };
  const load = async () => { const { data: { album: { photos } } } = await (await ask('/graphql', { query: 'query ($after: String) { album { photos(first: 2, after: $after) { totalCount nodes { id name takenAt originalUrl previewUrl owner { name } } pageInfo { endCursor } } } }', variables: { after } })).json();
    after = photos.pageInfo.endCursor; show(photos.nodes.map((one) => ({ small: one.previewUrl, large: one.originalUrl }))); };`,
  ids.map((id) => `/o/${id}`),
  ids.map((id) => `/t/${id}`),
  async (url, request) => {
    if (url !== '/graphql') return undefined;
    const { query, variables } = await bodyOf(request);
    if (query.startsWith('mutation')) {
      const isRight = variables.email === username && variables.password === password;
      return json({ data: { signIn: { token: isRight ? token : null } } });
    }
    if (!opened(request)) return refused;
    const pages: Record<string, [object[], string | null]> = {
      '': [ids.slice(0, 2).map(node), 'cur-2a'],
      'cur-2a': [ids.slice(2, 4).map(node), 'cur-4b'],
      'cur-4b': [ids.slice(4).map(node), null],
    };
    const [nodes, endCursor] = pages[variables.after ?? ''] ?? [];
    return json({ data: { album: { photos: { totalCount: 5, nodes, pageInfo: { endCursor } } } } });
  },
);

const framed = (id: number) => ({
  id: 4000 + id * 7,
  folder: id % 2 ? '2016/Summer trip' : '2017',
  file: `IMG_${id} & ${id}.png`,
  thumbnailKey: `k${id}x`,
  from: 'Grandma',
  receivedAt: 1_467_554_700 + id * 86_400,
});

/** Photo frames: addresses are put together from folder and file. */
const frame = site(
  'photo-frame',
  `let number = 1;
  const signIn = (user, password) => ask('/api/session', { user, password });
  const load = async () => { const { pictures } = await (await ask('/api/frame/pictures' + (number > 1 ? '?page=' + number : ''))).json(); number++;
    show(pictures.map((one) => ({ small: '/thumbnails/' + one.thumbnailKey + '.jpg', large: '/media/' + one.folder.split('/').map(encodeURIComponent).join('/') + '/' + encodeURIComponent(one.file) }))); };`,
  numbers(1, 7).map((id) => {
    const { folder, file } = framed(id);
    return `/media/${folder.split('/').map(encodeURIComponent).join('/')}/${encodeURIComponent(file)}`;
  }),
  numbers(1, 7).map((id) => `/thumbnails/k${id}x.jpg`),
  async (url, request) => {
    if (url === '/api/session') {
      const body = await bodyOf(request);
      const isRight = body.user === username && body.password === password;
      return isRight ? json({}, { 'set-cookie': `session=${token}; Path=/` }) : refused;
    }
    if (!url.startsWith('/api/frame/pictures')) return undefined;
    if (!opened(request)) return refused;
    const page = Number(new URL(url, 'http://x').searchParams.get('page') ?? 1);
    const pictures = numbers(1, 7)
      .slice((page - 1) * 3, page * 3)
      .map(framed);
    return json({ total: 7, pictures });
  },
);

const entry = (id: number, month: number) => ({
  id,
  text: `Day ${id}`,
  time: Date.UTC(2016, month, 3, 12) / 1000 + id,
  picture: { url: `/o/${id}`, preview: `/t/${id}` },
});

/** Diaries: entries from when until when. */
const windows = site(
  'time-windows',
  `let month = 6, cursor = '';
  const signIn = (user, password) => ask('/api/session', { user, password });
  const load = async () => { const [since, before] = [month, month + 1].map((one) => Date.UTC(2016, one, 1) / 1000);
    const { entries, cursor: next } = await (await ask('/api/entries?limit=2&since=' + since + '&before=' + before + (cursor && '&cursor=' + cursor))).json();
    if (next) cursor = next; else { cursor = ''; month--; }
    show(entries.map(({ picture }) => ({ small: picture.preview, large: picture.url }))); };`,
  ids.map((id) => `/o/${id}`),
  ids.map((id) => `/t/${id}`),
  async (url, request) => {
    if (url === '/api/session') {
      const body = await bodyOf(request);
      const isRight = body.user === username && body.password === password;
      return isRight ? json({}, { 'set-cookie': `session=${token}; Path=/` }) : refused;
    }
    if (!url.startsWith('/api/entries')) return undefined;
    if (!opened(request)) return refused;
    const { searchParams } = new URL(url, 'http://x');
    const [since, before] = ['since', 'before'].map((name) => Number(searchParams.get(name)));
    const all = ids.map((id, at) => entry(id, [6, 6, 6, 5, 2][at] ?? 0));
    const found = all.filter(({ time }) => time >= (since ?? 0) && time < (before ?? 0));
    const isFurther = searchParams.has('cursor');
    return json({
      entries: isFurther ? found.slice(2) : found.slice(0, 2),
      ...(!isFurther && found.length > 2 && { cursor: 'k9-next' }),
    });
  },
  async (page, origin) => {
    await signInAndLook(page, origin);
    await page.click('#more');
    await page.locator('#list img').nth(3).waitFor();
  },
);

const linked = (id: number) => ({
  id,
  name: `Lake ${id}`,
  takenAt: `2016-07-0${id % 10}T14:05:00Z`,
  links: { original: `/o/${id}`, preview: `/t/${id}` },
});

const ticket = 'tick-19ab';
const grant = 'gr4nt-5';
const csrf = 'f0rgery-77ab';

/** The steps of a sign-in, by their addresses. */
const steps: Record<string, (request: IncomingMessage) => Answer | Promise<Answer>> = {
  '/account': () => (_request, response) =>
    response
      .setHeader('content-type', 'text/html')
      .end(`<meta name="csrf-token" content="${csrf}">`),
  '/account/session': async (request) => {
    const given = Object.fromEntries(new URLSearchParams(await text(request)));
    const isRight = given.user === username && given.pass === password && given.csrf === csrf;
    return isRight ? json({}, { 'x-ticket': ticket }) : refused;
  },
  '/account/code': async (request) => {
    const given = await bodyOf(request);
    return given.ticket === ticket && given.code === '123456' ? json({ grant }) : refused;
  },
  '/api/token': async (request) => {
    const isRight =
      (await bodyOf(request)).grant === grant && request.headers['x-ticket'] === ticket;
    return isRight ? json({ accessToken: token }) : refused;
  },
};

/** Portals: what a sign-in gives is exchanged for the token that opens the album. */
const exchange = site(
  'token-exchange',
  `let next = '/api/photos';
  const signIn = async (user, pass) => {
    const account = new DOMParser().parseFromString(await (await fetch('/account')).text(), 'text/html');
    const csrf = account.querySelector('meta[name="csrf-token"]').content;
    const answer = await fetch('/account/session', { method: 'POST', body: new URLSearchParams({ user, pass, csrf }) });
    const ticket = answer.headers.get('x-ticket');
    const { grant } = await (await ask('/account/code', { ticket, code: '123456' })).json();
    const { accessToken } = await (await ask('/api/token', { grant }, { 'x-ticket': ticket })).json();
    head.authorization = 'Bearer ' + accessToken;
  };
  const load = async () => { const { items, links } = await (await ask(next)).json(); next = links.next;
    show(items.map((one) => ({ small: one.links.preview, large: one.links.original }))); };`,
  ids.map((id) => `/o/${id}`),
  ids.map((id) => `/t/${id}`),
  async (url, request) => {
    const step = steps[url];
    if (step !== undefined) return step(request);
    if (!url.startsWith('/api/photos')) return undefined;
    if (!opened(request)) return refused;
    return url === '/api/photos'
      ? json({ items: ids.slice(0, 3).map(linked), links: { next: '/api/photos?from=4' } })
      : json({ items: ids.slice(3).map(linked), links: {} });
  },
);

/** Sites of the kinds that the templates are for. */
export const templateSites: readonly TemplateSite[] = [dayCare, graphql, frame, windows, exchange];

/** Answers of a site, for a server. */
export async function serve(
  answer: string | Buffer | Answer | undefined,
  request: IncomingMessage,
  response: Parameters<Answer>[1],
): Promise<void> {
  if (typeof answer === 'function') await answer(request, response);
  else if (answer === undefined) response.writeHead(404).end('<h1>Not found</h1>');
  else {
    const type = typeof answer === 'string' ? 'text/html; charset=utf-8' : 'image/png';
    response.setHeader('content-type', type).end(answer);
  }
}
