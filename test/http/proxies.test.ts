import https from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { proxyFor } from '../../src/http/proxies.js';
import type { ProxySettings } from '../../src/settings/proxy-settings.js';
import { type Certificate, makeCertificate } from '../helpers/certificates.js';
import { bothClients, withClients } from '../helpers/http-clients.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withProxy } from '../helpers/test-proxy.js';
import { withServer } from '../helpers/with-server.js';

const through = (url: string): ProxySettings => ({
  http: { url, variable: 'HTTP_PROXY' },
  https: { url, variable: 'HTTPS_PROXY' },
  except: '',
});

describe.each([
  ['', 'http://a.example/', true],
  ['*', 'http://a.example/', false],
  ['a.example', 'http://a.example/', false],
  ['a.example', 'http://A.EXAMPLE./', false],
  ['A.Example', 'http://a.example:8080/', false],
  ['a.example', 'http://b.a.example/', false],
  ['.a.example', 'http://b.a.example/', false],
  ['*.a.example', 'http://b.a.example/', false],
  ['.a.example', 'http://a.example/', false],
  ['a.example', 'http://ba.example/', true],
  ['b.example, a.example', 'http://a.example/', false],
  ['b.example a.example', 'http://a.example/', false],
  ['a.example:8080', 'http://a.example/', true],
  ['a.example:80', 'http://a.example/', false],
  ['a.example:443', 'https://a.example/', false],
  ['a.example:8080', 'http://a.example:8080/', false],
  ['127.0.0.1', 'http://127.0.0.1:1/', false],
  ['127.0.0.1:2', 'http://127.0.0.1:1/', true],
  ['10.0.0.0/8', 'http://10.1.2.3/', false],
  ['10.0.0.0/8', 'http://11.1.2.3/', true],
  ['10.0.0.0/8', 'http://a.example/', true],
  ['::1', 'http://[::1]:1/', false],
  ['[::1]', 'http://[::1]:1/', false],
  ['[::1]:2', 'http://[::1]:1/', true],
  ['fd00::/8', 'http://[fd00::1]/', false],
  ['1', 'http://127.0.0.1/', true],
  [',', 'http://a.example/', true],
])('with NO_PROXY=%s', (except, url, isProxied) => {
  test(`${url} is reached ${isProxied ? 'through the proxy' : 'without it'}`, () => {
    const settings = { ...through('http://p:1'), except };
    expect(proxyFor(new URL(url), settings) !== undefined).toBe(isProxied);
  });
});

describe.each(bothClients)('the %s client', (kind) => {
  test('fetches by way of the proxy, which alone gets its password', () =>
    withServer(
      ({ headers }, response) => response.end(JSON.stringify(headers)),
      (site) =>
        withProxy(
          async (url, seen) => {
            const album = 'http://album.invalid/';
            const proxies = through(url.replace('//', '//anna:p%40ss@'));
            await withClients(
              album,
              async ({ fetch, cookies }) => {
                await cookies.setCookie('session=secret', album);
                const { bytes } = await fetch[kind](`${album}a%20b?c=d`);
                const got = JSON.parse(bytes.toString());
                expect(got).toMatchObject({ host: 'album.invalid', cookie: 'session=secret' });
                expect(got).not.toHaveProperty('authorization');
                expect(got).not.toHaveProperty('proxy-authorization');
              },
              { proxies },
            );
            expect(seen).toMatchObject([
              {
                line: 'GET http://album.invalid/a%20b?c=d',
                headers: { 'proxy-authorization': `Basic ${btoa('anna:p@ss')}` },
              },
            ]);
          },
          { port: Number(new URL(site).port) },
        ),
    ));

  test('goes round the proxy where NO_PROXY says so', () =>
    withServer(
      (_request, response) => response.end('bytes'),
      (site) =>
        withProxy((url, seen) =>
          withClients(
            site,
            async ({ fetch }) => {
              await fetch[kind](site);
              expect(seen).toEqual([]);
            },
            { proxies: { ...through(url), except: '127.0.0.1' } },
          ),
        ),
    ));

  test('opens a tunnel to https, and checks the certificate in it', () =>
    withTemporaryFolder((folder) =>
      withSecureSite(makeCertificate(folder), (site) =>
        withProxy((url, seen) =>
          withClients(
            site,
            async ({ fetch }) => {
              await expect(fetch[kind](site)).rejects.toThrow(
                /certificate is not trusted: it is self-signed/,
              );
              const { host } = new URL(site);
              expect(seen[0]).toMatchObject({
                line: `CONNECT ${host}`,
                headers: { host, 'proxy-authorization': `Basic ${btoa('anna:')}` },
              });
            },
            { proxies: through(url.replace('//', '//anna@')) },
          ),
        ),
      ),
    ));

  test.each(['http', 'https'])('names the proxy that wants a password for %s', (scheme) =>
    withProxy(
      (url) =>
        withClients(
          `${scheme}://album.invalid/`,
          async ({ fetch }) => {
            const variable = `${scheme.toUpperCase()}_PROXY`;
            await expect(fetch[kind](`${scheme}://album.invalid/`)).rejects.toMatchObject({
              reason: `the proxy ${new URL(url).host} (${variable}) wants a user name and a password (407); put those of your account into ${variable}: http://NAME:PASSWORD@HOST:PORT`,
              failure: 'barred',
            });
          },
          { proxies: through(url) },
        ),
      { refusal: 407 },
    ),
  );

  test('names the proxy that opens no tunnel', () =>
    withProxy(
      (url) =>
        withClients(
          'https://album.invalid/',
          async ({ fetch }) => {
            await expect(fetch[kind]('https://album.invalid/')).rejects.toMatchObject({
              reason: `the proxy ${new URL(url).host} (HTTPS_PROXY) answered 403`,
              failure: 'connection',
            });
          },
          { proxies: through(url) },
        ),
      { refusal: 403 },
    ));

  test.each(['http', 'https'])('names the proxy that is not there, for %s', async (scheme) => {
    const gone = await withProxy(async (url) => url);
    await withClients(
      `${scheme}://album.invalid/`,
      async ({ fetch }) => {
        await expect(fetch[kind](`${scheme}://album.invalid/`)).rejects.toMatchObject({
          reason: `the proxy ${new URL(gone).host} (${scheme.toUpperCase()}_PROXY) cannot be reached: the server refuses connections`,
          failure: 'connection',
        });
      },
      { proxies: through(gone) },
    );
  });

  test('names the proxy that falls silent', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      await withClients(
        'https://album.invalid/',
        async ({ fetch }) => {
          await expect(fetch[kind]('https://album.invalid/')).rejects.toThrow(/no byte/);
        },
        { proxies: through(`http://127.0.0.1:${port}`), idleTimeout: 50 },
      );
    } finally {
      server.close();
    }
  });

  test('reads answers leniently through a proxy too', async () => {
    const careless = createServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\nX By : me\n\nbytes')),
    );
    await new Promise<void>((resolve) => careless.listen(0, '127.0.0.1', resolve));
    const { port } = careless.address() as AddressInfo;
    try {
      // The careless server plays the proxy: its answers are those of the site.
      await withClients(
        'http://album.invalid/',
        async ({ fetch }) => {
          const { bytes } = await fetch[kind]('http://album.invalid/');
          expect(bytes.toString()).toBe('bytes');
        },
        { proxies: through(`http://127.0.0.1:${port}`) },
      );
    } finally {
      careless.close();
    }
  });
});

test('a password that encodes nothing goes to the proxy as it is', () =>
  withProxy(
    async (url, seen) => {
      const proxies = through(url.replace('//', '//anna:100%@'));
      await withClients(
        'http://album.invalid/',
        async ({ fetch }) => {
          await expect(fetch.page('http://album.invalid/')).rejects.toThrow('407');
          const authorization = `Basic ${btoa('anna:100%')}`;
          expect(seen[0]?.headers['proxy-authorization']).toBe(authorization);
        },
        { proxies },
      );
    },
    { refusal: 407 },
  ));

test.each([
  'http://127.0.0.1:1/1.jpg',
  'http://[::1]/1.jpg',
  'http://localhost/1.jpg',
  'http://10.0.0.1/',
])('through a proxy an original at %s is refused as ever', (address) =>
  withProxy((url, seen) =>
    withClients(
      'http://album.invalid/',
      async ({ originals }) => {
        await expect(originals.open(address)).rejects.toMatchObject({
          reason: expect.stringContaining('its address leads into a private network'),
          failure: 'lasting',
        });
        expect(seen).toEqual([]);
      },
      { proxies: through(url) },
    ),
  ),
);

/** Serves over TLS on loopback while the work runs. */
async function withSecureSite<Result>(
  { key, cert }: Certificate,
  work: (origin: string) => Promise<Result>,
): Promise<Result> {
  const server = https.createServer({ key, cert }, (_request, response) => response.end('bytes'));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
