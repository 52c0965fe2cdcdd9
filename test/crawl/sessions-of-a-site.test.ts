import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { type Answer, type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { profileOf } from '../profile/profile-of.js';

const item = `
item:
  row: img
  id: { attribute: src }
  original: [{ attribute: src }]`;

/** Answers only those whose request shows what opens the site. */
function closed(
  open: (request: IncomingMessage) => boolean,
  answer: string | Buffer,
  refuse: (response: ServerResponse) => unknown,
): Answer {
  return (request, response) => {
    if (!open(request)) refuse(response);
    else {
      const type = typeof answer === 'string' ? 'text/html' : 'image/png';
      response.setHeader('content-type', type).end(answer);
    }
  };
}
const unauthorized = (response: ServerResponse) => response.writeHead(401).end('<h1>No</h1>');
const photos = (count: number, from = '') =>
  Array.from({ length: count }, (_, index) => `<img src="${from}/${index}.png">`).join('');

describe('a sign-in by JSON', () => {
  const profile = profileOf(`
signIn:
  by: json
  page: /api/login
  body: { user: '{username}', deep: [{ secret: '{password}' }], remember: true }
  refusal: $.error.message
  token: $.token
  header: { name: X-Auth, value: 'Token {token}' }
listing: {}
${item}`);
  const signedIn = (request: IncomingMessage) => request.headers['x-auth'] === 'Token t0ken';
  const login: Answer = async (request, response) => {
    const sent = await text(request);
    const right = '{"user":"anna","deep":[{"secret":"s3cret"}],"remember":true}';
    if (sent === right) response.end('{"token":"t0ken"}');
    else response.writeHead(403).end('{"error":{"message":"Wrong s3cre"}}');
  };

  test('sends its token to the album’s own host from then on, and to no other', async () => {
    const elsewhere: (string | undefined)[] = [];
    const other: Answer = async (request, response) => {
      elsewhere.push(request.headers['x-auth'] as string | undefined);
      response.end(await picture(9));
    };
    const own = await picture(0);
    await withTestSite(
      profile,
      (origin): Answers => ({
        '/api/login': login,
        // The same server under another name: another host.
        '/': closed(
          signedIn,
          photos(1) + photos(1, `${origin.replace('127.0.0.1', 'localhost')}/x`),
          unauthorized,
        ),
        '/0.png': closed(signedIn, own, unauthorized),
        '/x/0.png': other,
      }),
      async ({ run, asked }) => {
        expect((await run()).lines.at(-1)).toBe('saved 2 · already had 0 · failed 0 · listed 2');
        expect(elsewhere).toEqual([undefined]);
        expect(asked.filter((path) => path.startsWith('POST'))).toEqual(['POST /api/login']);
      },
    );
  });

  test('tells why it was refused', async () => {
    await withTestSite(
      profile,
      () => ({ '/api/login': login }),
      async ({ run }) => {
        const credentials = { username: 'anna', password: 's3cre' };
        const { ending, lines } = await run({ credentials });
        expect(ending).toBe('signIn');
        expect(lines.join('\n')).toContain('refused the sign-in with 403. It says: “Wrong …”');
      },
    );
  });

  test.each(['{}', '[]', 'null', 'Welcome!', ''])('needs its token in %s', async (answer) => {
    const site: Answers = { '/api/login': (_request, response) => response.end(answer) };
    await withTestSite(
      profile,
      () => site,
      async ({ run }) => {
        const { ending, lines } = await run();
        expect(ending).toBe('signIn');
        expect(lines.join('\n')).toContain('nothing shows that it worked (looked for: $.token)');
      },
    );
  });
});

describe('what was pasted', () => {
  const profile = profileOf(`
signIn: { by: pasted }
${item}`);
  const own = picture(0);

  test.each([
    ['cookies', { cookie: 'Cookie: id=7; session=abc=' }, 'cookie', 'id=7; session=abc='],
    ['a token', { token: 'abc' }, 'authorization', 'Bearer abc'],
  ])('%s open the site', async (_what, pasted, header, value) => {
    const open = ({ headers }: IncomingMessage) => headers[header] === value;
    const site = {
      '/': closed(open, photos(1), unauthorized),
      '/0.png': closed(open, await own, unauthorized),
    };
    await withTestSite(
      profile,
      () => site,
      async ({ run }) => {
        const credentials = { username: '', password: '', ...pasted };
        expect((await run({ credentials })).ending).toBe('complete');
      },
    );
  });

  test('is said to be no longer valid where the site asks for a sign-in', async () => {
    const site = { '/': closed(() => false, '', unauthorized) };
    await withTestSite(
      profile,
      () => site,
      async ({ run }) => {
        const { ending, lines } = await run({
          credentials: { username: '', password: '', cookie: 'a=b' },
        });
        expect(ending).toBe('signIn');
        expect(lines.join('\n')).toContain('no longer, valid');
        expect(lines.join('\n')).not.toContain('a=b');
      },
    );
  });
});

describe('a session that ends while originals are fetched', () => {
  const profile = profileOf(`
signIn:
  by: form
  page: /login
  form: '#in'
  fields: { name: '{username}', pass: '{password}' }
  proof: { cookie: ^session }
  signedOut: { select: .sign-in-first }
${item}`);

  /** A site that ends a session after so many originals. */
  async function site(after: number, refuse: (response: ServerResponse) => unknown) {
    const all = new Set<string>();
    let given = 0;
    let sessions = 0;
    const open = ({ headers }: IncomingMessage) =>
      headers.cookie === `session-x=${sessions}` && given < after * sessions;
    const answers: Answers = {
      '/login': async (request, response) => {
        if (request.method === 'POST') {
          sessions += 1;
          await text(request);
          response.writeHead(302, { 'set-cookie': `session-x=${sessions}; Path=/`, location: '/' });
          response.end();
        } else response.end('<form id="in" method="post"></form>');
      },
      '/': closed(open, photos(9), (response) => response.end('<p class="sign-in-first">.</p>')),
    };
    for (let index = 0; index < 9; index++) {
      const bytes = await picture(index);
      answers[`/${index}.png`] = (request, response) => {
        if (!open(request)) refuse(response);
        else {
          given += 1;
          all.add(`${index}`);
          response.end(bytes);
        }
      };
    }
    return { answers, sessions: () => sessions };
  }

  test.each<[string, (response: ServerResponse) => unknown]>([
    ['401', unauthorized],
    ['403', (response) => response.writeHead(403).end()],
    ['a page with 200', (response) => response.end('<p class="sign-in-first">.</p>')],
    ['a redirect to the form', (response) => response.writeHead(302, { location: '/login' }).end()],
  ])(
    'by %s is renewed, once for all, and the originals are asked for again',
    async (_how, refuse) => {
      const { answers, sessions } = await site(4, refuse);
      await withTestSite(
        profile,
        () => answers,
        async ({ run }) => {
          const { ending, lines } = await run();
          expect(lines.at(-1)).toBe('saved 9 · already had 0 · failed 0 · listed 9');
          expect(ending).toBe('complete');
          expect(sessions()).toBe(3);
        },
      );
    },
  );

  test('is renewed also where the form cannot be had at once', async () => {
    const { answers, sessions } = await site(4, unauthorized);
    const form = answers['/login'] as Answer;
    let asked = 0;
    answers['/login'] = (request, response) => {
      if (request.method === 'GET') asked += 1;
      if (asked === 2) response.writeHead(503).end();
      else form(request, response);
    };
    await withTestSite(
      profile,
      () => answers,
      async ({ run }) => {
        expect((await run()).lines.at(-1)).toBe('saved 9 · already had 0 · failed 0 · listed 9');
        expect(sessions()).toBe(3);
      },
    );
  });

  test('is not taken for ended where one original alone is refused', async () => {
    const { answers, sessions } = await site(100, unauthorized);
    answers['/3.png'] = (_request, response) => unauthorized(response);
    await withTestSite(
      profile,
      () => answers,
      async ({ run, asked }) => {
        expect((await run()).lines.at(-1)).toBe('saved 8 · already had 0 · failed 1 · listed 9');
        expect(sessions()).toBe(1);
        expect(asked.filter((path) => path === '/3.png')).toHaveLength(2);
      },
    );
  });
});

describe('a session that ends while photos’ own pages are read', () => {
  const profile = profileOf(`
signIn:
  by: form
  page: /login
  form: '#in'
  fields: { name: '{username}', pass: '{password}' }
  proof: { cookie: ^session }
  signedOut: { select: .sign-in-first }
item:
  row: a
  id: { attribute: href }
  detail: { attribute: href }
  original:
    - { on: detail, select: img, attribute: src }
    - { attribute: data-small }
  title: { on: detail, select: h1 }`);
  const rows = Array.from(
    { length: 9 },
    (_, index) => `<a href="/p/${index}" data-small="/small.png">.</a>`,
  ).join('');

  /** A site that ends each session after four own pages. */
  async function site(refuse: (response: ServerResponse) => unknown, after = 4) {
    let [sessions, given] = [0, 0];
    const open = ({ headers }: IncomingMessage) =>
      headers.cookie === `session-x=${sessions}` && given < after * sessions;
    const first = (response: ServerResponse) => response.end('<p class="sign-in-first">.</p>');
    const answers: Answers = {
      '/login': async (request, response) => {
        if (request.method === 'POST') {
          await text(request);
          sessions += 1;
          response.writeHead(302, { 'set-cookie': `session-x=${sessions}; Path=/`, location: '/' });
          response.end();
        } else response.end('<form id="in" method="post"></form>');
      },
      '/': closed(open, rows, first),
      '/small.png': await picture(99),
    };
    for (let index = 0; index < 9; index++) {
      answers[`/${index}.png`] = await picture(index);
      answers[`/p/${index}`] = (request, response) => {
        if (!open(request)) refuse(response);
        else {
          given += 1;
          response.end(`<h1>Photo</h1><img src="/${index}.png">`);
        }
      };
    }
    return { answers, sessions: () => sessions };
  }

  test.each<[string, (response: ServerResponse) => unknown]>([
    ['404', (response) => response.writeHead(404).end('<h1>No such page</h1>')],
    ['401', unauthorized],
    ['a page that denies it, with 200', (response) => response.end('<h1>Denied</h1>')],
    [
      'a page that asks for a sign-in',
      (response) => response.end('<p class="sign-in-first">.</p>'),
    ],
    ['a redirect to the form', (response) => response.writeHead(302, { location: '/login' }).end()],
  ])('by %s is renewed, once for all, and no smaller picture is taken', async (_how, refuse) => {
    const { answers, sessions } = await site(refuse);
    await withTestSite(
      profile,
      () => answers,
      async ({ run, asked }) => {
        const { ending, lines } = await run({ thumbnails: 'none' });
        expect(lines.at(-1)).toBe('saved 9 · already had 0 · failed 0 · listed 9');
        expect(ending).toBe('complete');
        expect(sessions()).toBe(3);
        expect(asked).not.toContain('/small.png');
      },
    );
  });

  test('is not taken for ended where one own page alone is refused', async () => {
    const { answers, sessions } = await site(unauthorized, 100);
    answers['/p/3'] = (_request, response) => response.writeHead(404).end();
    answers['/p/4'] = (_request, response) => response.end('<h1>No picture</h1>');
    answers['/p/5'] = (_request, response) => response.end('<p class="sign-in-first">.</p>');
    await withTestSite(
      profile,
      () => answers,
      async ({ run }) => {
        const { lines } = await run({ thumbnails: 'none' });
        expect(lines.at(-1)).toBe('saved 7 · already had 0 · failed 2 · listed 9');
        expect(lines.join('\n')).toMatch(/\/p\/3: its own page \S+ answered 404/);
        expect(lines.join('\n')).toMatch(/\/p\/5: its own page \S+ asks for a sign-in, also after/);
        expect(sessions()).toBe(2);
      },
    );
  });
});
