import { expect, test } from '@jest/globals';
import { refererFor } from '../../src/http/referrer.js';
import { withClients } from '../helpers/http-clients.js';
import { withServer } from '../helpers/with-server.js';

test.each([
  ['http://a.example/p?q=1#top', 'http://a.example/1.jpg', 'http://a.example/p?q=1'],
  ['http://anna:secret@a.example/p', 'http://a.example/1.jpg', 'http://a.example/p'],
  ['http://a.example/p', 'http://b.example/1.jpg', 'http://a.example/'],
  ['http://a.example/p', 'http://a.example:81/1.jpg', 'http://a.example/'],
  ['http://a.example/p', 'https://a.example/1.jpg', 'http://a.example/'],
  ['https://a.example/p', 'https://b.example/1.jpg', 'https://a.example/'],
  ['https://a.example/p', 'http://a.example/1.jpg', undefined],
  ['https://a.example/p', 'http://b.example/1.jpg', undefined],
  ['file:///home/anna/p.html', 'http://b.example/1.jpg', undefined],
  [undefined, 'http://b.example/1.jpg', undefined],
])('from %s to %s it is %s', (referrer, url, referer) => {
  expect(refererFor(referrer, url)).toBe(referer);
});

test('after a detour over another host the origin alone is left', () => {
  const seen: (string | undefined)[] = [];
  return withServer(
    ({ headers, url }, response) => {
      seen.push(headers.referer);
      response.writeHead(302, { location: decodeURIComponent(url?.slice(2) ?? '') }).end();
    },
    (other) =>
      withServer(
        ({ headers, url }, response) => {
          seen.push(headers.referer);
          if (url !== '/1.jpg') response.end('bytes');
          else {
            const back = encodeURIComponent(`http://${headers.host}/2.jpg`);
            response.writeHead(302, { location: `${other}/?${back}` }).end();
          }
        },
        (origin) =>
          withClients(origin, async ({ originals }) => {
            const referrer = `${origin}/album?page=2#p7`;
            (await originals.open(`${origin}/1.jpg`, { referrer })).body.resume();
            expect(seen).toEqual([`${origin}/album?page=2`, `${origin}/`, `${origin}/`]);
          }),
      ),
  );
});
