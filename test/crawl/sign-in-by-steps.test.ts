import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { SignInError } from '../../src/errors.js';
import { type Answer, type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { storedText } from '../helpers/stored-text.js';
import { profileOf } from '../profile/profile-of.js';

const account = { username: 'anna', password: 's3cret' };
const item = `
item:
  row: img
  id: { attribute: alt }
  original: [{ attribute: src }]`;
const [first, second] = [picture(0), picture(1)];
const savedBoth = 'saved 2 · already had 0 · failed 0 · listed 2';

/** Answers those whose request shows what opens the site. */
function closed(isOpen: (request: IncomingMessage) => boolean, body: string | Buffer): Answer {
  return (request, response) => {
    const type = typeof body === 'string' ? 'text/html' : 'image/png';
    if (isOpen(request)) response.writeHead(200, { 'content-type': type }).end(body);
    else response.writeHead(401).end('<h1>No</h1>');
  };
}

/** An album of two photos, which stand at these addresses. */
async function album(
  isOpen: (request: IncomingMessage) => boolean,
  { page = '/', query = '', elsewhere = '', echo = '' } = {},
): Promise<Answers> {
  const html = `<img alt="0" src="/0.png"><img alt="1" src="${elsewhere}/1.png"><p>${echo}</p>`;
  return {
    [`${page}${query}`]: closed(isOpen, html),
    [`/0.png${query}`]: closed(isOpen, await first),
    [`/1.png${query}`]: closed(isOpen, await second),
  };
}

describe('a form without a page, a page behind it, and a request of JSON', () => {
  const profile = profileOf(`
signIn:
  by: steps
  steps:
    - post: /session
      form: { user: '{username}', pass: '{password}', stay: '1' }
      headers: { X-App: web }
      take:
        key: { header: X-Key }
        family: { header: x-family }
        forgery: { cookie: ^XSRF-, filters: [decode] }
    - get: /start/{family}
      take: { nonce: { select: 'meta[name=nonce]', attribute: content } }
    - post: /token?for={username}
      json: { grants: [{ nonce: '{nonce}' }], days: 7 }
      headers: { X-XSRF: '{forgery}', X-Key: '{key}' }
      take: { token: { select: $.access.token } }
  headers: { Authorization: 'Bearer {token}', X-Family: '{family}' }
${item}`);
  const token = 'f00ba4-t0ken-91c7';
  const forms: string[] = [];
  const grants: unknown[] = [];
  const steps: Answers = {
    '/session': async (request, response) => {
      forms.push(`${request.headers['x-app']} ${await text(request)}`);
      const cookies = ['XSRF-TOKEN=a%3Db; Path=/', 'session=s; Path=/'];
      const headers = { 'x-key': 'k3y-of-the-app-1', 'x-family': '4711 a' };
      response.writeHead(302, { ...headers, 'set-cookie': cookies, location: '/home' }).end();
    },
    '/home': '<h1>Welcome</h1>',
    '/start/4711%20a': '<meta name="nonce" content="b7e0c4d19f">',
    '/token?for=anna': async (request, response) => {
      const { cookie, referer, 'x-xsrf': forgery, 'x-key': key } = request.headers;
      grants.push({ cookie, forgery, key, referer, body: JSON.parse(await text(request)) });
      response.end(JSON.stringify({ access: { token } }));
    },
  };

  test('take what the later ones and the album need, and nothing of it is stored', async () => {
    const isOpen = ({ headers }: IncomingMessage) =>
      headers.authorization === `Bearer ${token}` && headers['x-family'] === '4711 a';
    const secrets = [token, 's3cret', 'k3y-of-the-app-1', 'b7e0c4d19f'];
    const answers = { ...steps, ...(await album(isOpen, { echo: `Yours: ${secrets}` })) };
    await withTestSite(
      profile,
      () => answers,
      async ({ run, storage, asked, origin }) => {
        expect((await run()).lines.at(-1)).toBe(savedBoth);
        expect(forms).toEqual(['web user=anna&pass=s3cret&stay=1']);
        expect(grants).toEqual([
          {
            cookie: 'XSRF-TOKEN=a%3Db; session=s',
            forgery: 'a=b',
            key: 'k3y-of-the-app-1',
            referer: `${origin}/start/4711%20a`,
            body: { grants: [{ nonce: 'b7e0c4d19f' }], days: 7 },
          },
        ]);
        expect(asked.slice(0, 3)).toEqual(['POST /session', '/home', '/start/4711%20a']);
        const stored = storedText(storage);
        expect(stored).toContain('Yours: ');
        for (const secret of secrets) expect(stored).not.toContain(secret);
      },
    );
  });

  test('give another host nothing of it', async () => {
    const elsewhere: IncomingMessage['headers'][] = [];
    const isOpen = ({ headers }: IncomingMessage) => {
      if (headers.host?.startsWith('localhost')) elsewhere.push(headers);
      return headers.host?.startsWith('localhost') || headers.authorization !== undefined;
    };
    let pages: Answers = {};
    await withTestSite(
      profile,
      () => pages,
      async ({ run, origin }) => {
        // The same server under another name: another host.
        const other = origin.replace('127.0.0.1', 'localhost');
        Object.assign(pages, steps, await album(isOpen, { elsewhere: other }));
        expect((await run({ thumbnails: 'none' })).lines.at(-1)).toBe(savedBoth);
        expect(elsewhere).toHaveLength(1);
        expect(elsewhere[0]).not.toHaveProperty('authorization');
        expect(elsewhere[0]).not.toHaveProperty('x-family');
      },
    );
    pages = {};
  });
});

describe('a one-time code', () => {
  const profile = profileOf(`
signIn:
  by: steps
  steps:
    - post: /in
      json: { user: '{username}', pass: '{password}' }
      take: { ticket: { select: $.ticket } }
      refusal: $.error
    - post: /code?otp={code}
      form: { ticket: '{ticket}', digits: '{code}' }
      refusal: .error
  proof: { cookie: ^session }
${item}`);

  /** A site that ends each session after so many requests, and takes one code a session. */
  async function site(codes: readonly string[], most = 100) {
    let [sessions, left] = [0, 0];
    const isOpen = ({ headers }: IncomingMessage) =>
      headers.cookie === `session=${sessions}` && left-- > 0;
    const answers: Answers = {
      ...(await album(isOpen)),
      '/in': async (request, response) => {
        const isRight = (await text(request)) === '{"user":"anna","pass":"s3cret"}';
        response.writeHead(isRight ? 200 : 403);
        response.end(isRight ? '{"ticket":"t-1-ck-3t"}' : '{"error":"Not so, Anna."}');
      },
    };
    for (const code of ['123456', '000000', '777777']) {
      answers[`/code?otp=${code}`] = async (request, response) => {
        const isRight = (await text(request)) === `ticket=t-1-ck-3t&digits=${codes[sessions]}`;
        if (!isRight) response.writeHead(422).end('<p class="error">000000 is wrong</p>');
        else {
          sessions += 1;
          left = most;
          response.setHeader('set-cookie', `session=${sessions}; Path=/`);
          response.end(`<a href="/?digits=${code}">Go on</a>`);
        }
      };
    }
    return answers;
  }

  test('is asked for when its turn has come, once, and is not stored', async () => {
    const answers = await site(['123456']);
    answers['/'] = closed(
      () => true,
      `<a href="/?otp=123456&a"></a><img alt="0" src="/0.png"><img alt="1" src="/1.png">`,
    );
    const asked: boolean[] = [];
    await withTestSite(
      profile,
      () => answers,
      async (site) => {
        const code = async (again: boolean) => {
          expect(site.asked).toEqual(['POST /in']);
          asked.push(again);
          return '123456';
        };
        const { lines } = await site.run({ credentials: { ...account, code }, verbose: true });
        expect(lines.at(-1)).toBe(savedBoth);
        expect(asked).toEqual([false]);
        expect(storedText(site.storage)).toContain('?otp=0&a');
        expect(storedText(site.storage) + lines.join()).not.toContain('123456');
      },
    );
  });

  test('that is wrong ends with the step, the site’s reason, and what to do', async () => {
    const answers = await site(['123456']);
    await withTestSite(
      profile,
      () => answers,
      async ({ run }) => {
        const code = async () => '000000';
        const { ending, lines } = await run({ credentials: { ...account, code } });
        expect(ending).toBe('signIn');
        expect(lines).toContain(
          'Mine refused step 2 of the sign-in (POST /code?otp={code}) with 422. It says: “… is wrong” A one-time code works once, and for a short time: run the same command again with a new one (in ALBUM_CODE; a terminal asks for it).',
        );
      },
    );
  });

  test('is not reached where the password is wrong', async () => {
    const answers = await site([]);
    await withTestSite(
      profile,
      () => answers,
      async ({ run, asked }) => {
        const { ending, lines } = await run({ credentials: { ...account, password: 's3cre' } });
        expect(ending).toBe('signIn');
        expect(lines).toContain(
          'Mine refused step 1 of the sign-in (POST /in) with 403. It says: “Not so, Anna.” Check ALBUM_USERNAME and ALBUM_PASSWORD by signing in with a browser.',
        );
        expect(asked).toEqual(['POST /in']);
      },
    );
  });

  test('is asked for again where the session ends', async () => {
    const answers = await site(['123456', '777777'], 2);
    await withTestSite(
      profile,
      () => answers,
      async ({ run }) => {
        const code = async (again: boolean) => (again ? '777777' : '123456');
        const change = { credentials: { ...account, code }, concurrency: 1 };
        expect((await run({ ...change, thumbnails: 'none' })).lines.at(-1)).toBe(savedBoth);
      },
    );
  });

  test('that is not there when the session ends stops the run with what to do', async () => {
    const answers = await site(['123456'], 2);
    await withTestSite(
      profile,
      () => answers,
      async ({ run }) => {
        const code = async (again: boolean) => {
          if (again) throw new SignInError('Mine asks for a new one-time code.');
          return '123456';
        };
        const { ending, lines } = await run({ credentials: { ...account, code } });
        expect(ending).toBe('signIn');
        expect(lines).toContain('Mine asks for a new one-time code.');
      },
    );
  });
});

describe('a nonce of a page that is open to all', () => {
  const profile = profileOf(`
signIn:
  by: steps
  steps: [{ get: /gallery, take: { nonce: { select: script, filters: [match: 'nonce: "(.+?)"'] } } }]
  query: { _nonce: '{nonce}' }
listing: { start: /list?album=a%20b }
${item}`);

  test('goes into the query of the listing and of originals, and is taken anew when it runs out', async () => {
    let [page, left] = [0, 0];
    const isOpen = ({ url = '' }: IncomingMessage) => url.endsWith(`=n-${page}%2Fx`) && left-- > 0;
    const answers: Answers = {
      '/gallery': (_request, response) => {
        [page, left] = [page + 1, 2];
        response.end(`<script>var api = { nonce: "n-${page}/x" };</script>`);
      },
    };
    for (const nonce of ['n-1%2Fx', 'n-2%2Fx']) {
      const query = `_nonce=${nonce}`;
      const { [`/list?${query}`]: list, ...originals } = await album(isOpen, {
        ...{ page: '/list', query: `?${query}` },
      });
      Object.assign(answers, originals, { [`/list?album=a%20b&${query}`]: list });
    }
    await withTestSite(
      profile,
      () => answers,
      async ({ run, storage, asked }) => {
        const credentials = { username: '', password: '' };
        const { lines } = await run({ credentials, thumbnails: 'none', concurrency: 1 });
        expect(lines.at(-1)).toBe(savedBoth);
        expect(asked.filter((path) => path === '/gallery')).toHaveLength(2);
        expect(storedText(storage)).not.toMatch(/_nonce=n-/);
      },
    );
  });
});

describe('a step', () => {
  /** Runs a sign-in of these steps on a site with these answers. */
  async function refused(steps: string, answers: (origin: string) => Answers): Promise<string> {
    const profile = profileOf(`signIn: { by: steps, steps: [${steps}] }\n${item}`);
    let said = '';
    await withTestSite(profile, answers, async ({ run }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('signIn');
      said = lines.at(-2) ?? '';
    });
    expect(said).not.toContain('s3cret');
    return said;
  }
  const takesToken = 'take: { token: { select: $.token } }';
  const posts = `post: /in, json: { pass: '{password}' }`;

  test('in whose answer nothing stands where a value is to be taken is named', async () => {
    const answers = { '/in': '<p class="error">No s3cret</p>', '/token': '{"token":""}' };
    const first = `{ ${posts}, refusal: .error }`;
    expect(await refused(`${first}, { get: /token, ${takesToken} }`, () => answers)).toBe(
      'Mine answered step 2 of the sign-in (GET /token) with 200, but nothing shows that it worked (looked for: $.token). To step 1 of the sign-in (POST /in) it said: “No …” Check ALBUM_USERNAME and ALBUM_PASSWORD by signing in with a browser.',
    );
  });

  test.each(['http://other.example/in', '//other.example/in'])('is not sent to %s', async (url) => {
    const step = `{ ${posts.replace('/in', url)}, ${takesToken} }`;
    expect(await refused(step, () => ({}))).toMatch(
      /would send the password to http:\/\/other\.example\. It was not sent\./,
    );
  });

  test('is not sent on to another host, by no redirect', async () => {
    const bodies: string[] = [];
    const answersAt =
      (status: number) =>
      (origin: string): Answers => ({
        '/in': (_request, response) => {
          const location = `${origin.replace('127.0.0.1', 'localhost')}/away`;
          response.writeHead(status, { location }).end();
        },
        '/away': async (request, response) => {
          bodies.push(await text(request));
          response.end('{"token":"t"}');
        },
      });
    const step = `{ ${posts}, ${takesToken} }`;
    expect(await refused(step, answersAt(307))).toContain('It was not sent.');
    expect(await refused(step, answersAt(302))).toContain('looked for: $.token');
    expect(bodies).toEqual([]);
  });

  test('takes nothing into a header that no header can hold', async () => {
    const answers = { '/in': JSON.stringify({ token: 'a\r\nX-Other: b' }) };
    const next = "{ get: /next, headers: { X-Token: '{token}' } }";
    expect(await refused(`{ ${posts}, ${takesToken} }, ${next}`, () => answers)).toMatch(
      /the header x-token has line breaks/,
    );
  });
});
