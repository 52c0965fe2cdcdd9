import { describe, expect, test } from '@jest/globals';
import { SignInError } from '../../src/errors.js';
import type { LearnedRule } from '../../src/learn/learned-rule.js';
import { pageSignedIn, proofRules } from '../../src/learn/sign-in-proof.js';
import { signInRules } from '../../src/learn/sign-in-rule.js';
import { signedOutRules } from '../../src/learn/signed-out-rule.js';
import { Page } from '../../src/page/page.js';
import { type Profile, profileSchema } from '../../src/profile/schema.js';
import { signedOutBy } from '../../src/profile/signed-out.js';
import { startReplica } from '../../src/replica/server.js';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';
import { withLook } from './look-at.js';
import { servePages } from './page-server.js';
import { anna, photos, serveSite, type TestSite } from './sign-in-site.js';
import { signInSites } from './sign-in-sites.js';

function profileWith(signIn: unknown): Profile {
  const item = {
    row: '.photo',
    id: { select: 'a', attribute: 'href' },
    original: [{ select: 'a', attribute: 'href' }],
  };
  return profileSchema.parse({ name: 'learned', title: 'The site', signIn, item });
}

/** Learns to sign in to a site, signs in, and learns how that shows. */
function learnFrom(site: TestSite, origin: string) {
  const albumUrl = origin + site.album;
  return withLook(
    albumUrl,
    async ({ look, visit }) => {
      const signedOut = await visit.fetchPage(albumUrl);
      const [form] = (await signInRules(signedOut, look, true)) ?? [];
      const landed = await visit.signIn(profileWith(form?.rule));
      const signedIn = await pageSignedIn(albumUrl, landed, (url) => visit.fetchPage(url));
      const [proof] = proofRules(signedIn, signedOut);
      const [ended] = signedOutRules(signedIn, signedOut);
      const whole = {
        ...(form?.rule as object),
        proof: proof?.rule,
        ...(ended && { signedOut: ended.rule }),
      };
      return {
        form,
        proof,
        profile: profileWith(whole),
        signedIn,
        signedOut,
        albumUrl,
      };
    },
    anna,
  );
}

describe('signs in to', () => {
  test.each(signInSites.map((site) => [site.name, site] as const))('%s', (_name, site) =>
    serveSite(site, async (origin, mistakes) => {
      const { form, proof, profile, signedIn, signedOut, albumUrl } = await learnFrom(site, origin);
      expect(form).toMatchObject({ place: 'signIn', rule: { by: 'form', ...site.learned } });
      expect(Object.keys(form?.rule as object).includes('button')).toBe('button' in site.learned);
      expect(form?.isUncertain).toBeUndefined();
      expect(proof?.rule).toMatchObject({ select: expect.stringContaining(site.proof) });
      expect(signedOutBy(signedIn, profile)).toBeUndefined();
      expect(mistakes).toEqual([]);
      await withLook(albumUrl, ({ visit }) => visit.signIn(profile), anna);
      const wrong = { ...anna, password: 'wrong' };
      const refused = withLook(albumUrl, ({ visit }) => visit.signIn(profile), wrong);
      await expect(refused).rejects.toThrow(SignInError);
      expect([signedOutBy(signedOut, profile), site.name]).not.toContain(undefined);
      expect(mistakes).toEqual([]);
    }),
  );
});

/** Learns from pages by their paths how to sign in to an album at `/`. */
function learnFromPages(
  pages: Readonly<Record<string, string>>,
  hasAccount = true,
): Promise<{ rules: LearnedRule[] | undefined; requests: string[] }> {
  const requests: string[] = [];
  return withServer(
    (request, response) => {
      requests.push(`${request.method} ${request.url}`);
      const html = pages[request.url ?? ''];
      response.writeHead(html === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(html);
    },
    (origin) =>
      withLook(`${origin}/`, async ({ look, visit }) => {
        const page = await visit.fetchPage(`${origin}/`);
        return { rules: await signInRules(page, look, hasAccount), requests };
      }),
  );
}

const fields = '<input name="user"><input type="password" name="pass">';
const loginForm = `<form method="post" action="/login">${fields}<button>Log in</button></form>`;

test.each(['/', '/Frame/AllPictures'])('signs in to Kodak Pulse from %s', async (path) => {
  const replica = await startReplica({ photos: 10, photoBytes: 4000 });
  try {
    const url = new URL(path, replica.url).href;
    const account = { username: replica.username, password: replica.password };
    await withLook(
      url,
      async ({ look, visit }) => {
        const signedOut = await visit.fetchPage(url);
        const [learned] = (await signInRules(signedOut, look, true)) ?? [];
        const rule = learned?.rule as Record<string, unknown>;
        expect(rule).toMatchObject({
          by: 'form',
          form: 'form:has(input[name="password"])',
          fields: { username: '{username}', password: '{password}' },
        });
        const proved = await visit.signIn(profileWith(rule));
        const signedIn = await pageSignedIn(url, proved, (address) => visit.fetchPage(address));
        const [proof] = proofRules(signedIn, signedOut);
        expect(proof?.rule).toEqual({ page: '/Frame/AllPictures', select: 'a[href*="LogOff"]' });
        await visit.signIn(profileWith({ ...rule, proof: proof?.rule }));
      },
      account,
    );
    const wrong = { ...account, password: 'wrong' };
    await withLook(
      url,
      async ({ look, visit }) => {
        const [learned] = (await signInRules(await visit.fetchPage(url), look, true)) ?? [];
        await expect(visit.signIn(profileWith(learned?.rule))).rejects.toThrow(
          /incorrect|unsuccessful/i,
        );
      },
      wrong,
    );
  } finally {
    await replica.close();
  }
});

test('asks for HTTP Basic where the site does', () =>
  withServer(
    (_, response) => response.writeHead(401, { 'www-authenticate': 'Basic realm="Photos"' }).end(),
    (origin) =>
      withLook(origin, async ({ look, visit }) => {
        const rules = await signInRules(await visit.fetchPage(origin), look, false);
        expect(rules).toMatchObject([{ place: 'signIn', rule: { by: 'basic' } }]);
      }),
  ));

test('needs no sign-in for an album that is open, with a form beside it', async () => {
  const { rules, requests } = await learnFromPages(
    { '/': `${loginForm}<ul>${photos}</ul>` },
    false,
  );
  expect(rules).toMatchObject([{ place: 'signIn', rule: { by: 'none' } }]);
  expect(requests).toEqual(['GET /']);
});

test('finds the form of an album that is closed, without an account too', async () => {
  const { rules } = await learnFromPages({ '/': loginForm }, false);
  expect(rules).toMatchObject([{ rule: { by: 'form', page: '/' } }]);
});

test.each([
  [
    'registers',
    '<form method="post"><h2>Sign up</h2><input name="user"><input type="password" name="pass"><button>Create account</button></form>',
  ],
  [
    'changes a password',
    `<form method="post" action="/reset">${fields}<input type="password" name="again"><button>Save</button></form>`,
  ],
  [
    'sends the password to another host',
    `<form method="post" action="https://elsewhere.example/login">${fields}<button>Log in</button></form>`,
  ],
  [
    'needs the page’s scripts',
    '<form><input id="user"><input id="pass" type="password"><button>Log in</button></form>',
  ],
  [
    'asks for the name first',
    '<form method="post"><h2>Sign in</h2><input name="email" type="email"><button>Next</button></form>',
  ],
  ['searches', '<form action="/search"><input name="q"><button>Search</button></form>'],
])('takes no form that %s', async (_what, html) => {
  const { rules, requests } = await learnFromPages({ '/': html });
  expect(rules).toBeUndefined();
  expect(requests.every((request) => request.startsWith('GET '))).toBe(true);
  expect(requests.length).toBeLessThanOrEqual(7);
});

test('goes through a page of ways to sign in, and follows no way out of the site', async () => {
  const { rules, requests } = await learnFromPages({
    '/': '<a href="/sign-up">Sign up</a><a href="https://elsewhere.example/login">Log in</a><a href="/welcome?login=1">Login</a>',
    '/welcome?login=1':
      '<a href="/auth/google">Sign in with Google</a><a href="/logout">Log out</a><a href="/by-mail">Sign in with e-mail</a>',
    '/by-mail': loginForm,
  });
  expect(rules).toMatchObject([{ rule: { by: 'form', page: '/by-mail' } }]);
  expect(requests).toEqual(['GET /', 'GET /welcome?login=1', 'GET /by-mail']);
});

test('what asks for a captcha is marked', async () => {
  const html = `<form method="post">${fields}<div class="g-recaptcha"></div><button>Log in</button></form>`;
  expect((await learnFromPages({ '/': html })).rules).toMatchObject([
    { isUncertain: true, seenOn: expect.stringContaining('captcha') },
  ]);
});

test('a name that changes with every page is marked', async () => {
  const html =
    '<form method="post"><input name="u_8f3a9c21"><input type="password" name="p_8f3a9c21"><button>Log in</button></form>';
  const { rules } = await learnFromPages({ '/': html });
  expect(rules).toMatchObject([{ isUncertain: true }]);
});

describe('a signed-out page shows itself', () => {
  const url = 'https://photos.example/albums/1';
  const signedIn = new Page({ url, text: '<a href="/logout">Log out</a>' });

  test.each([
    ['by its status', new Page({ url, text: 'No', status: 401 }), { status: [401] }],
    [
      'by a redirect',
      new Page({ url: 'https://photos.example/welcome/', requestedUrl: url, text: 'Hello' }),
      { redirect: '/welcome/?(?:[?#]|$)' },
    ],
    [
      'by a redirect to another host',
      new Page({ url: 'https://id.example/', requestedUrl: url, text: 'Hello' }),
      { redirect: '//id\\.example/?(?:[?#]|$)' },
    ],
    [
      'by a link',
      new Page({ url, text: '<a href="/in?x=1" id="sign-in">Sign in</a>' }),
      { select: 'a#sign-in' },
    ],
  ])('%s', (_how, signedOut, rule) => {
    const [learned] = signedOutRules(signedIn, signedOut);
    expect(learned?.rule).toEqual(rule);
    const profile = profileWith({ by: 'pasted', signedOut: learned?.rule });
    expect(signedOutBy(signedOut, profile)).toBeDefined();
    expect(signedOutBy(signedIn, profile)).toBeUndefined();
  });

  test('not by a redirect to the front page, nor by what the signed-in see too', () => {
    const front = new Page({ url: 'https://photos.example/', requestedUrl: url, text: 'Hello' });
    expect(signedOutRules(signedIn, front)).toEqual([]);
    const both = new Page({ url, text: '<a class="sign-in" href="/login">Sign in</a>' });
    expect(signedOutRules(both, both)).toEqual([]);
    expect(proofRules(both, both)).toEqual([]);
  });
});

test('without an account a closed album says that it needs one', () =>
  servePages({ '/': loginForm }, (origin) =>
    withTemporaryFolder(async (cwd) => {
      const { code, err } = await runProgram(['learn', origin], { cwd });
      expect([code, err]).toEqual([2, expect.stringMatching(/asks for a sign-in: set ALBUM_USER/)]);
    }),
  ));

test('a sign-in that changes nothing is no sign-in', () =>
  withServer(
    (request, response) => {
      response.setHeader('content-type', 'text/html');
      if (request.method === 'POST') response.writeHead(302, { location: '/' }).end();
      else response.end(request.url === '/login' ? loginForm : '<a href="/login">Log in</a>');
    },
    (origin) =>
      withTemporaryFolder(async (cwd) => {
        const env = { ALBUM_USERNAME: anna.username, ALBUM_PASSWORD: anna.password };
        const { code, err } = await runProgram(['learn', `${origin}/`], { cwd, env });
        expect([code, err]).toEqual([2, expect.stringMatching(/signIn\.proof: nothing was seen/)]);
      }),
  ));
