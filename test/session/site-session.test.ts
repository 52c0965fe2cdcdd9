import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { SignInError } from '../../src/errors.js';
import { HostThrottle } from '../../src/http/host-throttle.js';
import { PageClient } from '../../src/http/page-client.js';
import { RequestSlots } from '../../src/http/request-slots.js';
import { SiteCookies } from '../../src/http/site-cookies.js';
import { loadProfile } from '../../src/profile/load.js';
import { signIn } from '../../src/session/sign-in.js';
import { refuseElsewhere, type SignInSite } from '../../src/session/sign-in-site.js';
import { SiteSession } from '../../src/session/site-session.js';
import { withServer } from '../helpers/with-server.js';

const kodakPulse = loadProfile('kodak-pulse');
const credentials = { username: 'anna', password: 's3cret' };
const fields = '<input name="username"><input name="password" type="password">';
const form = `<form method="post" action="/in">${fields}</form>`;
const page = (html: string) => (response: ServerResponse) => response.end(html);
const redirect = (location: string) => (response: ServerResponse) =>
  response.writeHead(302, { location }).end();

interface Site {
  origin: string;
  site: SignInSite;
  session: SiteSession;
  /** Forms that were posted. */
  posts: Record<string, string>[];
  /** Signs in with the form of a page of the site. */
  signIn(html?: string): Promise<void>;
}

/**
 * Serves a site on which the form stands at `/`.
 *
 * @param answer how it answers the form
 * @param home what it answers elsewhere
 */
function withSite<Result>(
  answer: (response: ServerResponse) => unknown,
  work: (site: Site) => Promise<Result>,
  home: (response: ServerResponse, request: IncomingMessage) => unknown = page('<h1>Album</h1>'),
): Promise<Result> {
  const posts: Site['posts'] = [];
  let front: string | undefined;
  return withServer(
    async (request, response) => {
      if (request.method === 'POST') {
        front = undefined;
        posts.push(Object.fromEntries(new URLSearchParams(await text(request))));
        answer(response);
      } else if (front !== undefined) response.end(front);
      else home(response, request);
    },
    (origin) => {
      const site = siteAt(origin);
      const session = new SiteSession(site);
      const signIn = (html = form) => {
        front = html;
        return session.signIn();
      };
      return work({ origin, site, session, posts, signIn });
    },
  );
}

function siteAt(origin: string): SignInSite {
  const signal = new AbortController().signal;
  const cookies = new SiteCookies(origin);
  const throttle = new HostThrottle(undefined, Number.POSITIVE_INFINITY, () => undefined);
  const manners = { idleTimeout: 10_000, pause: 1, userAgent: 'tester', signal };
  const client = new PageClient({
    cookies,
    throttle,
    slots: new RequestSlots(2, throttle, signal),
    ...manners,
  });
  const account = { siteUrl: `${origin}/`, username: credentials.username };
  return { profile: kodakPulse, account, credentials, client, cookies };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SignInError)) throw new Error('it was not refused', { cause: error });
  expect(error.message).not.toContain(credentials.password);
  return error.message;
}

const welcome = redirect('/home');

test('a sign-in that leads on to a page without the form has worked', () =>
  withSite(welcome, async ({ session, signIn, posts }) => {
    expect(session.generation).toBe(0);
    await signIn();
    await session.signedIn(new AbortController().signal);
    expect(session.generation).toBe(1);
    expect(posts).toEqual([credentials]);
  }));

test('the page that a sign-in leads to is there to be taken, once, as that of its address', () =>
  withSite(redirect('/Frame/AllPictures'), async ({ origin, session, signIn }) => {
    await signIn();
    expect(session.takeLanded(`${origin}/Frame/AllPictures`)?.text).toBe('<h1>Album</h1>');
    expect(session.takeLanded(`${origin}/Frame/AllPictures`)).toBeUndefined();
    await signIn();
    expect(session.takeLanded(`${origin}/`)).toBeUndefined();
  }));

test('the page with the form is not: it came before the sign-in', () =>
  withSite(page('<a href="/LogOff">Sign out</a>'), async ({ origin, session, signIn }) => {
    await signIn().catch(() => undefined);
    expect(session.takeLanded(`${origin}/`)).toBeUndefined();
  }));

test('what the form has beside the account is sent along, and the button', () =>
  withSite(welcome, async ({ signIn, posts }) => {
    const hidden = '<input type="hidden" name="token" value="a&b"><input name="more" value="x">';
    const button = '<button name="go" value="Log in">In</button>';
    await signIn(`<form method="post">${hidden}${fields}${button}</form>`);
    expect(posts).toEqual([{ token: 'a&b', more: 'x', go: 'Log in', ...credentials }]);
  }));

test('the reason that the site gives is passed on, in one clean line', () =>
  withSite(
    page(`<p class="error">Wrong\n \x1b[2Jpassword.</p>${form}`),
    async ({ session, signIn }) => {
      expect(await refusal(signIn())).toMatch(
        /^Kodak Pulse refused the sign-in: “Wrong \[2Jpassword\.”/,
      );
      expect(session.generation).toBe(0);
    },
  ));

test.each(['e', 'password', 'wrong', 's3cret'])(
  'the site’s own words stay in its reason, though the password is %s',
  (password) =>
    withSite(
      page(`<p class="error">Wrong password: s3cret.</p>${form}`),
      async ({ site }) => {
        const signedIn = signIn({ ...site, credentials: { ...credentials, password } }, false);
        const said = password === 's3cret' ? '“Wrong password: ….”' : '“Wrong password: s3cret.”';
        await expect(signedIn).rejects.toThrow(said);
      },
      page(form),
    ),
);

test('the form shown again without a reason is another failure', () =>
  withSite(
    redirect('/'),
    async ({ signIn }) => {
      expect(await refusal(signIn())).toMatch(/showed the sign-in form again and gave no reason/);
    },
    page(form),
  ));

test('a page that proves nothing is a third one', () =>
  withSite(page('<h1>Are you a robot?</h1>'), async ({ signIn }) => {
    expect(await refusal(signIn())).toMatch(/answered the sign-in with 200, but nothing shows/);
  }));

test.each([307, 308])('after %i the form is sent once more, to the new address', (status) => {
  let posts = 0;
  return withSite(
    (response) => {
      posts += 1;
      if (posts === 1) response.writeHead(status, { location: '/in/' }).end();
      else welcome(response);
    },
    async (site) => {
      await site.signIn();
      expect(site.posts).toEqual([credentials, credentials]);
    },
  );
});

test.each([307, 308])('after %i the form is not sent to another host', (status) =>
  withSite(
    (response) => response.writeHead(status, { location: 'http://other.example/in' }).end(),
    async ({ signIn, posts }) => {
      expect(await refusal(signIn())).toMatch(/would send the password to http:\/\/other.example/);
      expect(posts).toHaveLength(1);
    },
  ),
);

const leadsOn = (html: string) =>
  page(`<head><meta http-equiv="refresh" content="1; url=/home"></head>${html}`);

test('a page that leads on by itself is followed like a redirect', () =>
  withSite(leadsOn('<p>Welcome.</p>'), async ({ session, signIn }) => {
    await signIn();
    expect(session.generation).toBe(1);
  }));

test('the reason on a page that leads back to the form is passed on', () =>
  withSite(
    leadsOn('<p class="error">Wrong password.</p>'),
    async ({ signIn }) => {
      expect(await refusal(signIn())).toContain('“Wrong password.”');
    },
    page(form),
  ));

test('the proof does not repeat a password that a form sends by GET', () =>
  withServer(
    (request, response) => {
      if (request.url?.startsWith('/in?')) {
        response.writeHead(302, { location: `/home${request.url.slice(3)}` }).end();
      } else
        response.end(`<form action="/in">${fields}</form>`.repeat(request.url === '/' ? 1 : 0));
    },
    async (origin) => {
      expect(await signIn(siteAt(origin), false)).toBe(`a redirect to ${origin}/home`);
    },
  ));

test('a page without a form is named', () =>
  withSite(welcome, async ({ origin, signIn, posts }) => {
    expect(await refusal(signIn('<h1>Closed</h1>'))).toContain(`no sign-in form on ${origin}/`);
    expect(posts).toEqual([]);
  }));

test.each(['https://evil.example/', '//evil.example/in', 'javascript:alert(1)'])(
  'the password is not sent to %s',
  (action) =>
    withSite(welcome, async ({ signIn, posts }) => {
      expect(await refusal(signIn(`<form action="${action}">${fields}</form>`))).toMatch(
        /would send the password to .* It was not sent\./,
      );
      expect(posts).toEqual([]);
    }),
);

test('the password is not sent in the clear from a page that was encrypted', () =>
  withSite(welcome, async ({ origin, site }) => {
    const encrypted = origin.replace('http:', 'https:');
    const refused = async () => refuseElsewhere(site, new URL('/in', origin), `${encrypted}/`);
    expect(await refusal(refused())).toMatch(/It was not sent/);
  }));

test('a server error is no refusal: it may be tried again', () =>
  withSite(
    (response) => response.writeHead(503).end(),
    async ({ signIn }) => {
      await expect(signIn()).rejects.toThrow('the site answered the sign-in with 503');
      await expect(signIn()).rejects.not.toBeInstanceOf(SignInError);
    },
  ));

/** Gives the form at `/`, and the album elsewhere. */
const formAtTheFront = (response: ServerResponse, { url }: IncomingMessage) =>
  response.end(url === '/' ? form : '<h1>Album</h1>');

test('all who saw a session end share one sign-in', () =>
  withSite(
    welcome,
    async ({ session, posts }) => {
      await Promise.all([session.renew(0), session.renew(0), session.renew(0)]);
      await session.renew(0);
      expect(posts).toHaveLength(1);
      expect(session.generation).toBe(1);
      await session.renew(1);
      expect(posts).toHaveLength(2);
    },
    formAtTheFront,
  ));

test('a site that ends every session at once is not signed in to for ever', () =>
  withSite(
    welcome,
    async ({ session, posts }) => {
      for (const generation of [0, 1, 2]) await session.renew(generation);
      expect(await refusal(session.renew(3))).toMatch(/only a person can do/);
      expect(posts).toHaveLength(3);
    },
    formAtTheFront,
  ));

test('sessions that lasted for a page may end as often as they like', () =>
  withSite(
    welcome,
    async ({ session }) => {
      for (let generation = 0; generation < 8; generation++) {
        await session.renew(generation);
        session.confirm();
      }
      expect(session.generation).toBe(8);
    },
    formAtTheFront,
  ));

const listing = '/Frame/AllPictures';

test('nobody asks whether a session has ended while another one is being made', () => {
  let probes = 0;
  let answerForm: () => unknown = () => undefined;
  let noteForm: () => void = () => undefined;
  const formSent = new Promise<void>((resolve) => {
    noteForm = resolve;
  });
  return withSite(
    (response) => {
      answerForm = () => welcome(response);
      noteForm();
    },
    async ({ session }) => {
      const renewal = session.renew(0);
      await formSent;
      const doubted = session.renewIfEnded(0);
      answerForm();
      expect(await doubted).toBe(true);
      await renewal;
      expect(probes).toBe(0);
    },
    (response, request) => {
      if (request.url === listing) probes += 1;
      formAtTheFront(response, request);
    },
  );
});

test('what a probe of an earlier session finds says nothing of the present one', () => {
  let answerProbe: (() => unknown) | undefined;
  let noteProbe: () => void = () => undefined;
  const probed = new Promise<void>((resolve) => {
    noteProbe = resolve;
  });
  return withSite(
    welcome,
    async ({ session, posts }) => {
      const doubted = session.renewIfEnded(0);
      await probed;
      await session.renew(0);
      const doubtedAnew = session.renewIfEnded(1);
      answerProbe?.();
      expect(await Promise.all([doubted, doubtedAnew])).toEqual([true, false]);
      expect(posts).toHaveLength(1);
    },
    (response, request) => {
      if (request.url === listing && answerProbe === undefined) {
        answerProbe = () => response.end(form);
        noteProbe();
      } else formAtTheFront(response, request);
    },
  );
});

// Its page has no form, and that is all that is looked at.
test('a site that is down when a session is renewed has refused nothing', () =>
  withSite(
    welcome,
    async ({ session }) => {
      await expect(session.renew(0)).rejects.not.toBeInstanceOf(SignInError);
    },
    (response) => response.writeHead(503).end('<h1>Back soon</h1>'),
  ));

// 429 asks to come back later (exit code 5), and is told as a sign-in that did not work (4).
test('a rate limit on the sign-in is no refusal', () =>
  withSite(
    (response) => response.writeHead(429, { 'retry-after': '60' }).end(),
    async ({ signIn }) => {
      await expect(signIn()).rejects.not.toBeInstanceOf(SignInError);
    },
  ));
