import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';
import { draw } from './gallery.js';

const [user, password] = ['anna@example.com', 'Sommer-2016!x'];
const ids = Array.from({ length: 12 }, (_, index) => 4000 + index * 7);
const photos = ids
  .map(
    (id) => `<li class="photo"><a href="/200/${id}.jpg"><img src="/60/${id}.jpg" alt=""></a></li>`,
  )
  .join('');
const search = '<form action="/search"><input name="q"><button>Search</button></form>';

/** How the page for the password comes: in the answer to the name, or behind a redirect. */
type Way = 'answered' | 'redirected' | 'on the album’s page';

const page = (html: string) => `<title>Ours</title>${search}${html}`;
const nameForm = (visit: string) =>
  page(
    `<h1>Sign in</h1><form method="post" action="/login/name"><input type="hidden" name="_token" value="name-${visit}-71"><input type="email" name="mail"><button>Continue</button></form>`,
  );
const passwordForm = (visit: string) =>
  page(
    `<form method="post" action="/login/password"><input type="hidden" name="flow" value="flow-${visit}-82"><input type="hidden" name="back" value="/album"><input type="password" name="secret"><button>Sign in</button></form>`,
  );

/** A request of a visit, by its cookie. */
interface Asked {
  visit: string;
  posted: URLSearchParams;
  isOpen: boolean;
}
/** A page, or where a redirect leads to. */
type Answer = string | { to: string; cookie?: string };

/** The pages of a site that asks for the name, then for the password, each with a token of the visit. */
function routes(way: Way): Record<string, (asked: Asked) => Answer> {
  const named = new Set<string>();
  return {
    'GET /login': ({ visit }) => nameForm(visit),
    'POST /login/name': ({ visit, posted }) => {
      if (posted.get('_token') !== `name-${visit}-71`) return nameForm(visit);
      if (posted.get('mail') === user) named.add(visit);
      return way === 'redirected' ? { to: '/login/password' } : passwordForm(visit);
    },
    'GET /login/password': ({ visit }) => passwordForm(visit),
    'POST /login/password': ({ visit, posted }) => {
      const isRight =
        posted.get('flow') === `flow-${visit}-82` && posted.get('secret') === password;
      if (!isRight || !named.has(visit)) return passwordForm(visit);
      return { to: posted.get('back') ?? '/nowhere', cookie: 'session=s3ss10n; Path=/' };
    },
    'GET /album': ({ visit, isOpen }) => {
      if (isOpen) return page(`<a href="/logout">Sign out</a><ul>${photos}</ul>`);
      return way === 'on the album’s page' ? nameForm(visit) : { to: '/login' };
    },
  };
}

function site(way: Way): RequestListener {
  const pages = routes(way);
  let visits = 0;
  return async (request, response) => {
    const { method, url = '/', headers } = request;
    const cookies = headers.cookie ?? '';
    const isOpen = cookies.includes('session=s3ss10n');
    const [, side, id] = /^\/(60|200)\/(\d+)\.jpg$/.exec(url) ?? [];
    if (isOpen && id !== undefined) return void response.end(await draw(Number(side), Number(id)));
    const visit = /visit=(\w+)/.exec(cookies)?.[1] ?? `v${1000 + ++visits}`;
    const posted = new URLSearchParams(await text(request));
    const answer = pages[`${method} ${url}`]?.({ visit, posted, isOpen });
    response.setHeader('set-cookie', `visit=${visit}; Path=/`);
    if (answer === undefined) response.writeHead(404).end();
    else if (typeof answer === 'string') {
      response.setHeader('content-type', 'text/html').end(answer);
    } else {
      if (answer.cookie !== undefined) response.appendHeader('set-cookie', answer.cookie);
      response.writeHead(303, { location: answer.to }).end();
    }
  };
}

const env = { ALBUM_USERNAME: user, ALBUM_PASSWORD: password };

test.each<[Way]>([['answered'], ['redirected'], ['on the album’s page']])(
  'a sign-in by two forms is learned, and works: the second is %s',
  (way) =>
    withTemporaryFolder((cwd) =>
      withServer(site(way), async (origin) => {
        const words = ['learn', `${origin}/album`, '--out', 'album.yaml'];
        const learned = await runProgram(words, { cwd, env });
        expect([learned.code, learned.err]).toEqual([0, expect.stringContaining('Ours: the')]);
        expect(learned.err).toMatch(/signed out +recognised/);
        expect(learned.err).not.toContain(user);
        const crawl = ['--profile', './album.yaml', '--thumbnails', 'none'];
        const saved = await runProgram(crawl, { cwd, env });
        expect([saved.code, saved.err]).toEqual([0, expect.stringContaining('saved 12 · ')]);
      }),
    ),
);

test('a wrong password ends it with code 4, a missing account with code 2', () =>
  withTemporaryFolder((cwd) =>
    withServer(site('redirected'), async (origin) => {
      const words = ['learn', `${origin}/album`];
      const wrong = { ...env, ALBUM_PASSWORD: 'Winter-2015?y' };
      const refused = await runProgram(words, { cwd, env: wrong });
      expect([refused.code, refused.err]).toEqual([4, expect.stringMatching(/password/)]);
      const missing = await runProgram(words, { cwd });
      expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('ALBUM_USERNAME')]);
    }),
  ));
