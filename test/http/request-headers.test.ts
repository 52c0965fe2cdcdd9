import { describe, expect, test } from '@jest/globals';
import { basicAuthorization, challengesOf } from '../../src/http/http-authentication.js';
import { refererFor } from '../../src/http/referrer.js';
import { withClients } from '../helpers/http-clients.js';
import { withServer } from '../helpers/with-server.js';

describe('WWW-Authenticate and Authorization', () => {
  test.each([
    [undefined, []],
    ['', []],
    ['Basic realm="Family"', [{ scheme: 'basic', realm: 'Family' }]],
    ['Basic realm=Family, charset="UTF-8"', [{ scheme: 'basic', realm: 'Family' }]],
    ['BASIC Realm = "a \\"b\\", c=d"', [{ scheme: 'basic', realm: 'a "b", c=d' }]],
    ['Negotiate', [{ scheme: 'negotiate', realm: '' }]],
    [
      'Digest realm="d", nonce="x==", qop="auth", Basic realm="b"',
      [
        { scheme: 'digest', realm: 'd' },
        { scheme: 'basic', realm: 'b' },
      ],
    ],
    [
      'Negotiate YWJj==, Basic realm="b"',
      [
        { scheme: 'negotiate', realm: '' },
        { scheme: 'basic', realm: 'b' },
      ],
    ],
  ])('the challenges of %s', (header, challenges) => {
    expect(challengesOf(header)).toEqual(challenges);
  });

  test('a user name and a password are sent in UTF-8, colons in the password too', () => {
    const sent = basicAuthorization({ username: 'Jürgen', password: 'pa:ss' });
    expect(Buffer.from(sent.replace('Basic ', ''), 'base64').toString()).toBe('Jürgen:pa:ss');
  });
});

describe('Referer', () => {
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
});
