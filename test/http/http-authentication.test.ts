import { expect, test } from '@jest/globals';
import { basicAuthorization, challengesOf } from '../../src/http/http-authentication.js';

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
