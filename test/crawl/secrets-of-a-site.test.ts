import { describe, expect, test } from '@jest/globals';
import { RunControl } from '../../src/crawl/run-control.js';
import { UnreachableError } from '../../src/errors.js';
import { type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { storedText } from '../helpers/stored-text.js';
import { profileOf } from '../profile/profile-of.js';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
const cookie = Array.from({ length: 4000 }, (_, i) => letters[(i * 7919 + (i >> 3)) % 65]).join('');
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

test.each(['photo', 'beach'])('the password %s strikes none of the site’s words', async (word) => {
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
      expect(photo).toMatchObject({ title: `My ${word}`, originalUrl: `${origin}/${word}.png` });
    },
  );
});
