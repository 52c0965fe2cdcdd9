import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { findSignInForm } from '../../src/learn/find-sign-in-form.js';
import { Page } from '../../src/page/page.js';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';
import { draw } from './gallery.js';

const find = (text: string) => findSignInForm(new Page({ url: 'https://photos.example/', text }));

/** Forms as galleries and portals have them, with the names of their fields. */
const forms: readonly (readonly [string, string, string | undefined, string])[] = [
  [
    'Piwigo',
    '<form action="identification.php" method="post" name="login_form" class="properties"><fieldset><legend>Connection settings</legend><ul><li><input tabindex="1" type="text" name="username" id="username"></li><li><input type="password" name="password"></li><li><input type="checkbox" name="remember_me" value="1"></li></ul></fieldset><input type="hidden" name="redirect" value=""><input type="submit" name="login" value="Submit"></form><form action="qsearch.php"><input name="q"></form>',
    'username',
    'password',
  ],
  [
    'Coppermine',
    '<form action="login.php?referer=index.php" method="post" name="loginbox"><input type="text" class="textinput" name="username"><input type="password" class="textinput" name="password"><input name="remember_me" type="checkbox" value="1"><button type="submit" name="submitted" value="Login">OK</button></form>',
    'username',
    'password',
  ],
  [
    'Gallery 3',
    '<form action="/index.php/login/html" method="post" id="g-login-form"><input type="hidden" name="csrf" value="1a"><fieldset><legend>Login</legend><input type="text" name="name"><input type="password" name="password"><input type="submit" value="Login"></fieldset></form>',
    'name',
    'password',
  ],
  [
    'Zenphoto',
    '<form name="login" id="login" action="/admin.php" method="post"><input type="hidden" name="login" value="1"><input type="hidden" name="password" value="1"><fieldset><legend>Login</legend><input class="textfield" name="user" type="text"><input class="textfield" name="pass" type="password"></fieldset><button type="submit">Log in</button><button type="reset">Reset</button></form>',
    'user',
    'pass',
  ],
  [
    'Joomla',
    '<form action="/" method="post" id="login-form"><input name="username" type="text"><input name="password" type="password"><button type="button" class="input-password-toggle">Show Password</button><button type="submit" name="Submit">Log in</button><a href="/reset">Forgot your password?</a><input type="hidden" name="option" value="com_users"><input type="hidden" name="9f3c51aa0e4b4d1c8a7e6b5d4c3f2e1a" value="1"></form>',
    'username',
    'password',
  ],
  [
    'phpBB',
    '<form method="post" action="./ucp.php?mode=login" id="login"><h2 class="login-title">Login</h2><input type="text" name="username"><input type="password" name="password" autocomplete="off"><label><input type="checkbox" name="autologin">Remember me</label><input type="hidden" name="sid" value="ab"><input type="submit" name="login" value="Login"><h3>Register</h3></form>',
    'username',
    'password',
  ],
  [
    'Nextcloud without its scripts',
    '<form method="post" name="login"><fieldset><input type="text" name="user" autocomplete="username"><input type="password" name="password" autocomplete="current-password"><input type="submit" id="submit-form" value="Log in"><input type="hidden" name="requesttoken" value="x"></fieldset></form>',
    'user',
    'password',
  ],
  [
    'Moodle',
    '<form class="login-form" action="/login/index.php" method="post" id="login"><input type="hidden" name="logintoken" value="x"><input type="text" name="username"><input type="password" name="password"><button type="submit" id="loginbtn">Log in</button></form><form action="/login/index.php" method="post" id="guestlogin"><input type="hidden" name="username" value="guest"><input type="hidden" name="password" value="guest"><button type="submit">Access as a guest</button></form>',
    'username',
    'password',
  ],
  [
    'a portal with registration before it, of one form each',
    '<div class="signup"><form method="post" action="/signup"><input name="email"><input type="password" name="pw1" autocomplete="new-password"><button>Join</button></form></div><div class="signin"><form method="post" action="/session"><input name="email"><input type="password" name="pw" autocomplete="current-password"><button>Continue</button></form></div>',
    'email',
    'pw',
  ],
  [
    'a Czech portal with a field for the school',
    '<form method="post" action="/prihlaseni"><input name="skola" value="12"><input name="jmeno"><input type="password" name="heslo"><input type="submit" value="Přihlásit se"></form>',
    'jmeno',
    'heslo',
  ],
  [
    'a Japanese portal',
    '<form method="post" action="/auth"><input name="login_id"><input type="password" name="passwd"><button>ログイン</button></form><form method="post" action="/new"><input name="login_id"><input type="password" name="passwd2"><button>新規登録</button></form>',
    'login_id',
    'passwd',
  ],
];

test.each(forms)('finds the form of %s', (_name, html, username, password) => {
  expect(find(html)).toMatchObject({ username, password });
});

test.each([
  [
    'to delete an account',
    '<form method="post" action="/account/delete"><h2>Delete account</h2><input type="password" name="password"><button>Delete</button></form>',
  ],
  [
    'for Wi-Fi in hidden fields',
    '<form method="post"><input type="hidden" name="user"><input type="hidden" name="password"><button>Log in</button></form>',
  ],
  [
    'of a disabled field',
    '<form method="post"><input name="user"><input type="password" name="password" disabled><button>Log in</button></form>',
  ],
])('takes none %s', (_name, html) => {
  expect(find(html)).toBeUndefined();
});

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
