import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { RunControl } from '../../src/crawl/run-control.js';
import { UnreachableError } from '../../src/errors.js';
import { type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { withOtherHost } from '../helpers/other-host.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { storedText } from '../helpers/stored-text.js';
import { withServer } from '../helpers/with-server.js';
import { profileOf } from '../profile/profile-of.js';

describe('cookies of a site', () => {
  const item = `
item:
  row: img
  id: { attribute: src }
  original: [{ attribute: src }]`;
  const form = '<form method="post"><input name="user"><input name="word"></form>';
  const signedIn = profileOf(`
signIn:
  by: form
  page: /in
  form: form
  fields: { user: '{username}', word: '{password}' }
  proof: redirect
listing: {}
${item}`);

  /** A page of sign-in that sets a new session each time: s1, s2, … */
  function signInPage(): Answers[string] {
    let sessions = 0;
    return async (request, response) => {
      await text(request);
      if (request.method === 'GET') return response.end(form);
      sessions += 1;
      const cookie = `sid=s${sessions}; Path=/`;
      return response.writeHead(302, { location: '/', 'set-cookie': cookie }).end();
    };
  }

  test('the cookies of answers to originals count for what is requested after them', async () => {
    const pictures = await Promise.all([0, 1, 2].map(picture));
    let used = 0;
    const answers = (): Answers => ({
      '/in': signInPage(),
      '/': (_request, response) =>
        response.end('<img src="/0.png"><img src="/1.png"><img src="/2.png">'),
      ...Object.fromEntries(
        pictures.map((bytes, index) => [
          `/${index}.png`,
          (request, response) => {
            // The session is renewed with each use, and each of its states is good once.
            const expected = used === 0 ? 'sid=s1' : `sid=s1-${used}`;
            if (request.headers.cookie !== expected) return response.writeHead(403).end();
            used += 1;
            return response.setHeader('set-cookie', `sid=s1-${used}; Path=/`).end(bytes);
          },
        ]),
      ),
    });
    await withTestSite(signedIn, answers, async ({ run }) => {
      expect((await run({ concurrency: 1, thumbnails: 'none' })).ending).toBe('complete');
      expect(used).toBe(3);
    });
  });

  test('a late answer of an ended session takes nothing back from the new one', async () => {
    const [first, second] = await Promise.all([picture(0), picture(1)]);
    const signIn = signInPage();
    let signIns = 0;
    const late = new EventTarget();
    const answers = (): Answers => ({
      '/in': (request, response) => {
        if (request.method === 'POST') signIns += 1;
        if (typeof signIn === 'function') signIn(request, response);
      },
      '/': (request, response) => {
        // The new session is in use: now the old one's answer comes.
        if (signIns === 2) late.dispatchEvent(new Event('renewed'));
        const isOpen = request.headers.cookie === `sid=s${signIns}`;
        response.end(isOpen ? '<img src="/0.png"><img src="/1.png">' : form);
      },
      '/0.png': async (request, response) => {
        if (request.headers.cookie === 'sid=s2') return response.end(first);
        await once(late, 'renewed');
        return response.writeHead(403, { 'set-cookie': 'sid=gone; Path=/; Max-Age=0' }).end();
      },
      '/1.png': (request, response) => {
        if (request.headers.cookie === 'sid=s2') return response.end(second);
        // The session ends here, while the other original is still requested with it.
        signIns = Math.max(signIns, 1);
        ended = true;
        return response.writeHead(403).end();
      },
    });
    let ended = false;
    const withEnd = (): Answers => {
      const all = answers();
      const start = all['/'];
      return {
        ...all,
        '/': (request, response) => {
          if (ended && signIns < 2) response.end(form);
          else if (typeof start === 'function') start(request, response);
        },
      };
    };
    await withTestSite(signedIn, withEnd, async ({ run }) => {
      const { ending } = await run({ thumbnails: 'none' });
      expect(ending).toBe('complete');
      expect(signIns).toBe(2);
    });
  });

  test('a cookie goes to another port of the album’s host, and to no other name', () =>
    withOtherHost(
      async (response) => response.end(await picture(1)),
      async (other, seen) => {
        const bytes = await picture(0);
        await withServer(
          ({ headers }, response) => {
            if (headers.cookie === 'sid=s1') response.end(bytes);
            else response.writeHead(403).end();
          },
          (samePorts) =>
            withTestSite(
              signedIn,
              () => ({
                '/in': signInPage(),
                '/': `<img src="${samePorts}/0.png"><img src="${other}/1.png">`,
              }),
              async ({ run }) => {
                expect((await run({ thumbnails: 'none' })).ending).toBe('complete');
                expect(seen).toHaveLength(1);
                expect(seen[0]?.headers).not.toHaveProperty('cookie');
              },
            ),
        );
      },
    ));
});

describe('secrets of a site', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
  const cookie = Array.from({ length: 4000 }, (_, i) => letters[(i * 7919 + (i >> 3)) % 65]).join(
    '',
  );
  const setCookie = { 'set-cookie': `session=${cookie}; Path=/`, 'content-type': 'text/html' };

  /** How many letters of the cookie, from its first or anywhere, stand in a text. */
  function expectNoCookie(text: string): void {
    expect(text.includes(cookie.slice(0, 4))).toBe(false);
    expect(text.includes(cookie.slice(2000, 2012))).toBe(false);
  }

  const rows = `
signIn: { by: none }
item:
  row: a
  id: { attribute: id }
  title: { attribute: title }
  original: [{ attribute: href }]`;

  describe('a session cookie of 4,000 characters that stands in the site’s addresses and texts', () => {
    const html = [1, 2, 3].map(
      (id) => `<a id="${id}" title="Photo ${id} ${cookie}" href="/${id}.png?sid=${cookie}">.</a>`,
    );
    const site = async (): Promise<Answers> => ({
      '/': (_request, response) => response.writeHead(200, setCookie).end(html.join('')),
      [`/1.png?sid=${cookie}`]: await picture(1),
      [`/2.png?sid=${cookie}`]: await picture(2),
      [`/3.png?sid=${cookie}`]: (_request, response) => response.end(`<p>${cookie}</p>`),
    });

    test('is sent, and kept nowhere', async () => {
      const answers = await site();
      await withTestSite(
        profileOf(rows),
        () => answers,
        async ({ run, storage }) => {
          const { lines } = await run({ verbose: true });
          expect(lines.at(-1)).toBe('saved 2 · already had 0 · failed 1 · listed 3');
          expectNoCookie(lines.join('\n'));
          expectNoCookie(storedText(storage));
          expect(storedText(storage)).toContain('Photo 1 ');
        },
      );
    });

    test('nor in the queue of a run that was stopped', async () => {
      const answers = await site();
      const control = new RunControl();
      for (const id of [1, 2, 3]) {
        answers[`/${id}.png?sid=${cookie}`] = () => control.stop(new UnreachableError('Stopped.'));
      }
      await withTestSite(
        profileOf(rows),
        () => answers,
        async ({ run, storage }) => {
          expect((await run({}, control)).ending).toBe('later');
          expect(storedText(storage)).toContain('IMAGE 3');
          expectNoCookie(storedText(storage));
        },
      );
    });
  });

  test('a cookie that an error quotes, cut in its midst, is not told', async () => {
    const json = profileOf(`
signIn: { by: none }
item: { row: '$.photos[*]', id: { select: $.id }, original: [{ select: $.url }] }`);
    await withTestSite(
      json,
      () => ({ '/': (_request, response) => response.writeHead(200, setCookie).end(`{${cookie}`) }),
      async ({ run, storage }) => {
        const { ending, lines } = await run({ verbose: true });
        expect(ending).toBe('later');
        expect(lines.join('\n')).toContain('it is no JSON: {[secret-');
        expectNoCookie(lines.join('\n'));
        expectNoCookie(storedText(storage));
      },
    );
  });

  test.each(['photo', 'beach'])(
    'the password %s strikes none of the site’s words',
    async (word) => {
      const profile = profileOf(`
signIn: { by: form, page: /login, form: '#in', fields: { kw: '{password}' }, proof: redirect }
item:
  row: '#album a'
  id: { attribute: href }
  title: {}
  original: [{ attribute: href }]`);
      const html = `<h1>${word}s</h1><div id="album"><a class="${word}" href="/${word}.png">My ${word}</a></div><a href="/?kw=${word}">Settings</a>`;
      const image = await picture(1);
      await withTestSite(
        profile,
        () => ({
          '/login': (request, response) => {
            if (request.method === 'POST') response.writeHead(302, { location: '/' });
            response.end('<form id="in" method="post"><input name="kw"></form>');
          },
          '/': html,
          [`/${word}.png`]: image,
        }),
        async ({ run, storage, origin }) => {
          const credentials = { username: 'anna', password: word };
          const { ending } = await run({ credentials });
          expect(ending).toBe('complete');
          expect(storedText(storage)).toContain(html.replace(`kw=${word}`, 'kw='));
          const [photo] = await savedAlbum(storage);
          expect(photo).toMatchObject({
            title: `My ${word}`,
            originalUrl: `${origin}/${word}.png`,
          });
        },
      );
    },
  );
});
