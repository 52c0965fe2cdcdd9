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
  ['a cookie without Domain goes to', 'session=secret; Path=/', 'https://album.test/1.jpg', true],
  ['a cookie without Domain goes to', 'session=secret; Path=/', 'https://album.test:9/1.jpg', true],
  ['a cookie without Domain stays away from', 'session=secret', 'https://img.album.test/', false],
  ['Domain lets it go to', 'session=secret; Domain=album.test', 'https://img.album.test/', true],
  [
    'Domain keeps it from',
    'session=secret; Domain=album.test',
    'https://album.test.evil.example/',
    false,
  ],
  ['Domain keeps it from', 'session=secret; Domain=album.test', 'https://evilalbum.test/', false],
  [
    'Domain keeps it from',
    'session=secret; Domain=album.test',
    'https://album.test@evil.example/',
    false,
  ],
])('%s the hosts that browsers send it to: %s, %s', async (_name, header, url, goes) => {
  const cookies = await signedIn(header);
  expect(await cookies.getCookieString(site)).toBe('session=secret');
  expect(await cookies.getCookieString(url)).toBe(goes ? 'session=secret' : '');
});

test.each([
  ['https://www.album.co.uk/', 'session=a; Domain=co.uk'],
  ['https://me.github.io/', 'session=a; Domain=github.io'],
])('at %s no cookie is stored for the public suffix of %s', async (url, header) => {
  const cookies = new SiteCookies(url);
  await cookies.setCookie(header, url);
  expect(await cookies.cookiesFor(url)).toEqual(new Map());
});

test('a sister host sets a cookie for the domain of both, as browsers allow', async () => {
  const cookies = await signedIn('session=a; Domain=album.test', 'https://www.album.test/');
  expect(await cookies.getCookieString(site)).toBe('session=a');
});

test.each(['session=a; Domain=album.test', 'session=a'])(
  'a host of another site plants no cookie at the album: %s',
  async (header) => {
    const cookies = await signedIn(header, 'https://images.example/');
    expect(await cookies.getCookieString(site)).toBe('');
  },
);

test('an IP address may name itself as the domain', async () => {
  const cookies = new SiteCookies('http://127.0.0.1:8080/');
  await cookies.setCookie('session=a; Domain=127.0.0.1', 'http://127.0.0.1:8080/');
  expect(await cookies.getCookieString('http://127.0.0.1:9090/')).toBe('session=a');
});

test('a pair of 4,096 octets is stored, a longer one is not', async () => {
  const longest = `n=${'v'.repeat(4095)}`;
  expect(await (await signedIn(longest)).getCookieString(site)).toBe(longest);
  expect(await (await signedIn(`${longest}v`)).getCookieString(site)).toBe('');
});

test('an unencrypted answer replaces no secure cookie', async () => {
  const cookies = await signedIn('session=secret; Path=/; Secure');
  await cookies.setCookie('session=planted; Path=/', 'http://album.test:8443/');
  expect(await cookies.getCookieString(site)).toBe('session=secret');
});

test('pasted cookies whose names ask for attributes get them', async () => {
  const cookies = new SiteCookies(site);
  await cookies.paste('Cookie: __Secure-id=1; __Host-csrf=2; theme=dark');
  expect(await cookies.getCookieString(site)).toBe('__Secure-id=1; __Host-csrf=2; theme=dark');
  expect(await cookies.getCookieString('http://album.test:8443/')).toBe('theme=dark');
});

test('pasted letters are sent as the octets of UTF-8, and kept out of what is stored', async () => {
  const cookies = new SiteCookies(site);
  await cookies.paste('name=北1海2道の写真');
  const sent = await cookies.getCookieString(site);
  expect(Buffer.from(sent, 'latin1').toString()).toBe('name=北1海2道の写真');
  expect(cookies.secrets.hide('北1海2道の写真')).toMatch(/^\[secret-/);
});

test('an answer to a request of an earlier session changes no cookie', async () => {
  const cookies = await signedIn('session=old; Path=/');
  const late = cookies.session;
  cookies.startSession();
  await cookies.setCookie('session=new; Path=/', site);
  await cookies.setCookie('session=; Path=/; Max-Age=0', site, late);
  expect(await cookies.getCookieString(site)).toBe('session=new');
});

test('cookies of a browser go where the browser sends them', async () => {
  const cookies = new SiteCookies(site);
  const common = { value: 'x', path: '/', secure: true };
  await cookies.import([
    { ...common, name: 'host', domain: 'album.test', hostOnly: true },
    { ...common, name: 'domain', domain: 'album.test', hostOnly: false },
    { ...common, name: 'ended', domain: 'album.test', hostOnly: true, expires: new Date(0) },
  ]);
  expect(await cookies.getCookieString(site)).toBe('host=x; domain=x');
  expect(await cookies.getCookieString('https://img.album.test/')).toBe('domain=x');
});

test('HTTP Basic answers the album’s own host alone, once it asks', async () => {
  const cookies = new SiteCookies(site, { username: 'me', password: 'pä:ss' });
  const challenge = 'Digest realm="d", Basic realm="Family", charset="UTF-8"';
  expect(cookies.headersFor(site)).toEqual({});
  expect(cookies.answerChallenge('https://images.example/', challenge)).toBe(false);
  expect(cookies.answerChallenge('https://album.test:9/', challenge)).toBe(false);
  expect(cookies.answerChallenge('http://album.test:8443/', challenge)).toBe(false);
  expect(cookies.answerChallenge(site, 'Bearer')).toBe(false);
  expect(cookies.answerChallenge(site, challenge)).toBe(true);
  expect(cookies.answerChallenge(site, challenge)).toBe(false);
  const authorization = `Basic ${Buffer.from('me:pä:ss').toString('base64')}`;
  expect(cookies.headersFor(site)).toEqual({ authorization });
  expect(cookies.headersFor('https://images.example/')).toEqual({});
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
  await cookies.setCookie('session=f1rst', site);
  await cookies.setCookie('session=f2rst', site);
  await cookies.setCookie('other=s3cond; Path=/Elsewhere', site);
  await cookies.setCookie(`long=${'l0ng'.repeat(2000)}`, site);
  cookies.sendAlong({ headers: { authorization: 'Bearer mytokenofletters' } });
  for (const secret of ['f1rst', 'f2rst', 's3cond', 'l0ng'.repeat(2000), 'mytokenofletters']) {
    expect(cookies.secrets.hide(secret)).toMatch(/^\[secret-\w+\]$/);
  }
  expect(cookies.secrets.hide('Bearer')).toBe('Bearer');
});

test('what is sent along goes to the album’s own host alone, and in place of what was before', () => {
  const cookies = new SiteCookies('https://album.test/');
  cookies.sendAlong({ headers: { 'x-old': '1' }, query: { old: '1' } });
  cookies.sendAlong({ headers: { 'x-token': 'a' }, query: { nonce: 'b/c', of: '2' } });
  expect(cookies.headersFor('https://album.test/x')).toEqual({ 'x-token': 'a' });
  expect(cookies.addressFor('https://album.test/x?q=%7e&nonce=0')).toBe(
    'https://album.test/x?q=%7e&nonce=b%2Fc&of=2',
  );
  for (const url of [
    'https://www.album.test/x',
    'https://album.test:8443/',
    'http://album.test/',
  ]) {
    expect(cookies.headersFor(url)).toEqual({});
    expect(cookies.addressFor(url)).toBe(url);
  }
});

test('each address gets the cookies of today, whatever was asked for before', async () => {
  const cookies = await signedIn('session=a; Path=/');
  expect(await cookies.getCookieString(site)).toBe('session=a');

  await cookies.setCookie('session=b; Path=/', site);
  expect(await cookies.getCookieString(site)).toBe('session=b');

  await cookies.setCookie('view=c; Path=/Frame', site);
  expect(await cookies.getCookieString(`${site}/1.jpg`)).toBe('view=c; session=b');
  expect(await cookies.getCookieString('https://album.test:8443/1.jpg')).toBe('session=b');

  await cookies.setCookie('view=c; Path=/Frame; Max-Age=0', site);
  expect(await cookies.getCookieString(`${site}/1.jpg`)).toBe('session=b');
});

test('a cookie is not sent when its time is over', async () => {
  const cookies = await signedIn('session=a; Path=/; Max-Age=1');
  const ends = Date.now() + 1000;
  expect(await cookies.getCookieString(site)).toBe('session=a');
  while (Date.now() <= ends) await new Promise(setImmediate);
  expect(await cookies.getCookieString(site)).toBe('');
});
