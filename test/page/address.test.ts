import { expect, test } from '@jest/globals';
import { decodeValid, parameterOf, webUrl, withParameter } from '../../src/page/address.js';

test.each([
  ['?album=Caf%E9', '?album=Caf%E9&p=2'],
  ['?/category/7', '?/category/7&p=2'],
  ['?id=7;view=thumbs', '?id=7;view=thumbs;p=2'],
  ['?all&sort=date', '?all&sort=date&p=2'],
  ['?p=1&a=b%20c+d', '?p=2&a=b%20c+d'],
  ['?a&p=1&p=7&b=', '?a&p=2&b='],
  ['?a=b;p=1', '?a=b;p=2'],
  ['?f=a;b.jpg', '?f=a;b.jpg&p=2'],
  ['?100%', '?100%&p=2'],
  ['?a=1&', '?a=1&p=2'],
  ['', '?p=2'],
  ['?', '?p=2'],
  ['?xp=1#part', '?xp=1&p=2#part'],
])('a page number goes into %j as %j', (before, after) => {
  expect(withParameter(`https://album.test/a${before}`, 'p', '2')).toBe(
    `https://album.test/a${after}`,
  );
});

test('a parameter is found under whatever spelling of its name, and keeps it', () => {
  const address = 'https://album.test/?photos%5Bpage%5D=1';
  expect(withParameter(address, 'photos[page]', '2')).toBe(address.replace('=1', '=2'));
  expect(parameterOf(new URL(address), 'photos[page]')).toBe('1');
});

test('a cursor is encoded where it would change the query', () => {
  expect(withParameter('https://album.test/', 'c', 'a&b=c+d#')).toBe(
    'https://album.test/?c=a%26b%3Dc%2Bd%23',
  );
});

test.each([
  ['utf-8', '/é?q=é', '/%C3%A9?q=%C3%A9'],
  ['windows-1252', '/é?q=é€', '/%C3%A9?q=%E9%80'],
  ['windows-1252', '?q=北', '/?q=%26%2321271%3B'],
  ['shift_jis', '?q=北&r=a b', '/?q=%96k&r=a%20b'],
  ['utf-16le', '?q=é', '/?q=%C3%A9'],
  ['windows-1252', '/100%.jpg?q=caf%E9é#é', '/100%.jpg?q=caf%E9%E9#%C3%A9'],
])('on a page in %s, %s is %s', (encoding, text, expected) => {
  const base = { baseUrl: 'https://album.test/', encoding };
  expect(webUrl(text, base)?.href).toBe(`https://album.test${expected}`);
});

test.each([
  ['100%.jpg', '100%.jpg'],
  ['caf%E9.jpg', 'caf%E9.jpg'],
  ['caf%C3%A9%E9.jpg', 'café%E9.jpg'],
  ['%F0%9F%93%B7%C3', '📷%C3'],
  ['%C0%80%ED%A0%80', '%C0%80%ED%A0%80'],
  ['%zz%2', '%zz%2'],
])('%s is decoded to %s', (text, decoded) => {
  expect(decodeValid(text)).toBe(decoded);
});
