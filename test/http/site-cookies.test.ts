import { expect, test } from '@jest/globals';
import { SiteCookies } from '../../src/http/site-cookies.js';

const site = 'https://album.test:8443/Frame';

async function signedIn(header = 'session=secret; Path=/; HttpOnly', from = site) {
  const cookies = new SiteCookies(site);
  await cookies.setCookie(header, from);
  return cookies;
}

test('the album gets its cookies back', async () => {
  expect(await (await signedIn()).getCookieString(site)).toBe('session=secret');
});

test.each([
  'https://images.album.test:8443/1.jpg',
  'https://album.test/1.jpg',
  'https://album.test:8444/1.jpg',
  'https://album.test.evil.example:8443/',
  'https://album.test:8443@evil.example/',
])('%s gets none, not even of a cookie for the whole domain', async (url) => {
  const cookies = await signedIn('session=secret; Domain=album.test; Path=/');
  expect(await cookies.getCookieString(site)).toBe('session=secret');
  expect(await cookies.getCookieString(url)).toBe('');
});

test('another host cannot plant a cookie', async () => {
  const cookies = await signedIn('session=planted; Domain=album.test', 'https://www.album.test/');
  expect(await cookies.getCookieString(site)).toBe('');
});

test('a secure cookie does not travel in the clear', async () => {
  const cookies = await signedIn('session=secret; Path=/; Secure');
  expect(await cookies.getCookieString('http://album.test:8443/')).toBe('');
});

test('a cookie that the site takes back is gone', async () => {
  const cookies = await signedIn();
  await cookies.setCookie('session=; Path=/; Max-Age=0', site);
  expect(await cookies.getCookieString(site)).toBe('');
});

test.each(['', '=;;;', 'a=b; Domain=com', 'a=b; Domain=other.test'])(
  'the useless header %j is passed over',
  async (header) => {
    expect(await (await signedIn(header)).getCookieString(site)).toBe('');
  },
);

test.each([
  'http://localhost:8080/',
  'http://127.0.0.1:8080/',
  'http://[::1]:8080/',
  'http://nas/',
])('an album at %s keeps its session', async (url) => {
  const cookies = new SiteCookies(url);
  await cookies.setCookie('session=secret', url);
  expect(await cookies.getCookieString(url)).toBe('session=secret');
});

test('what must not be kept is known of all cookies, whatever their path, and of the token', async () => {
  const cookies = new SiteCookies(site);
  await cookies.setCookie('session=first-secret', site);
  await cookies.setCookie('other=second-secret; Path=/Elsewhere', site);
  cookies.setToken({ name: 'Authorization', value: 'Bearer third-secret' });
  expect(await cookies.secrets()).toEqual(
    expect.arrayContaining(['first-secret', 'second-secret', 'third-secret']),
  );
});
