import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { withProgramReplica } from '../helpers/program-replica.js';
import { runProgram } from '../helpers/run-program.js';
import { storedText } from '../helpers/stored-text.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';
import { draw } from './gallery.js';

const username = 'anna@example.com';
const password = 'Sommer-2016!x';
const session = '9f8e7d6c5b4a39281706';
const csrf = 'tok-93af77bb21c0dd18';

const ids = Array.from({ length: 12 }, (_, index) => 4000 + index * 7);
const row = (id: number) =>
  `<li class="photo"><a href="/200/${id}.jpg?sid=${session}"><img src="/60/${id}.jpg" alt=""></a></li>`;

/** An album that says its secrets wherever a site may: in titles, links, addresses and hidden fields. */
const indiscreet: RequestListener = async (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://album.test');
  const isOpen = request.headers.cookie?.includes(`session=${session}`) === true;
  const [, side, id] = /^\/(60|200)\/(\d+)\.jpg$/.exec(pathname) ?? [];
  response.setHeader('content-type', 'text/html');
  if (pathname === '/login' && request.method === 'POST') {
    const isRight = (await text(request)) === new URLSearchParams(account()).toString();
    const cookie = `session=${session}; Path=/`;
    const headers = { location: '/album', ...(isRight && { 'set-cookie': cookie }) };
    response.writeHead(303, headers).end();
  } else if (pathname === '/login') {
    response.end(
      `<form method="post" action="/login"><input type="hidden" name="csrf" value="${csrf}"><input name="user"><input type="password" name="pass"><button>Sign in</button></form>`,
    );
  } else if (pathname !== '/album' && id === undefined) response.writeHead(404).end();
  else if (!isOpen) response.writeHead(303, { location: '/login' }).end();
  else if (id !== undefined) response.end(await draw(Number(side), Number(id)));
  else {
    response.end(
      `<title>Photos of ${username}</title><h1>Photos of ${username}</h1><a href="/logout?token=${csrf}&sid=${session}">Sign out ${username}</a><ul>${ids.map(row).join('')}</ul>`,
    );
  }
};

const account = () => ({ csrf, user: username, pass: password });

test('no secret of the account gets into the profile or the output', () =>
  withTemporaryFolder((cwd) =>
    withServer(indiscreet, async (origin) => {
      const words = ['learn', `${origin}/album`, '--password-stdin'];
      const more = ['--out', 'album.yaml', '--verbose'];
      const { code, out, err } = await runProgram([...words, ...more], {
        cwd,
        env: { ALBUM_USERNAME: username },
        input: password,
      });
      const shown = `${out}${err}${readFileSync(join(cwd, 'album.yaml'), 'utf8')}`;
      for (const secret of [password, session, csrf, username]) expect(shown).not.toContain(secret);
      expect([code, err]).toEqual([0, expect.stringContaining('127.0.0.1: the profile works')]);
    }),
  ));

test('nor into the storage folder, where the album is learned and saved in one go', () =>
  withTemporaryFolder((cwd) =>
    withServer(indiscreet, async (origin) => {
      const env = { ALBUM_USERNAME: username, ALBUM_PASSWORD: password };
      const words = ['--url', `${origin}/album`, '--storage', 'saved', '--verbose'];
      const { code, out, err } = await runProgram(words, { cwd, env });
      expect([code, err]).toEqual([0, expect.stringContaining('saved 12')]);
      const kept = storedText(join(cwd, 'saved'));
      for (const secret of [password, session]) expect(out + err + kept).not.toContain(secret);
      expect(out + err).not.toContain(csrf);
      // The folder's album is told by the user's name, too; the profile is not.
      expect(readFileSync(join(cwd, 'saved', 'profile.yaml'), 'utf8')).not.toContain(username);
    }),
  ));

const isSignedIn = (request: IncomingMessage) => request.headers.cookie?.includes('pi=1') === true;

/** PiGallery2, as far as its profile asks for it. */
const piGallery: RequestListener = async (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://album.test');
  const json = (value: unknown) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
  if (pathname === '/') {
    response.setHeader('content-type', 'text/html').end('<app-pi-gallery2></app-pi-gallery2>');
  } else if (pathname === '/api/user/login') {
    const { loginCredential } = JSON.parse(await text(request));
    if (loginCredential.password !== password) return void json({ error: { code: 5 } });
    response.setHeader('set-cookie', 'pi=1; Path=/');
    json({ result: { name: username } });
  } else if (!isSignedIn(request)) json({ error: { code: 1 } });
  else if (/\.jpg(?:\/thumbnail)?$/.test(pathname)) response.end(await draw(40, 7));
  else {
    const media = [{ name: 'a 1.jpg', metadata: { creationDate: 1_467_554_700_000 } }];
    json({ result: { directory: { name: '.', directories: [], media, mediaCount: 1 } } });
  }
};

test('PiGallery2 is recognised by its address, and saved with its built-in profile', () =>
  withTemporaryFolder((cwd) =>
    withServer(piGallery, async (origin) => {
      const env = { ALBUM_USERNAME: username, ALBUM_PASSWORD: password };
      const words = ['--url', `${origin}/`, '--storage', 'saved', '--thumbnails', 'none'];
      const { code, err } = await runProgram(words, { cwd, env });
      expect(err).toContain('its built-in profile pigallery2 is used');
      expect([code, err]).toEqual([0, expect.stringContaining('saved 1 · already had 0')]);
    }),
  ));

test('Kodak Pulse is recognised by its address, from its start page and from the album', async () => {
  await withProgramReplica({ photos: 3 }, async (replica, cwd) => {
    const env = { ALBUM_USERNAME: replica.username, ALBUM_PASSWORD: replica.password };
    writeFileSync(join(cwd, '.env'), '');
    for (const path of ['/', '/Frame/AllPictures']) {
      const url = new URL(path, replica.url).href;
      const words = ['--url', url, '--storage', `saved${path.length}`, '--thumbnails', 'none'];
      const { code, err } = await runProgram(words, { cwd, env });
      expect(err).toContain('its built-in profile kodak-pulse is used');
      expect([code, err]).toEqual([0, expect.stringContaining('saved 3 · already had 0')]);
    }
  });
});
