import { writeFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Certificate, makeCertificate } from '../helpers/certificates.js';
import { picture } from '../helpers/escape-site.js';
import { bothClients, withClients } from '../helpers/http-clients.js';
import { startProgram } from '../helpers/program.js';
import { withRawServer } from '../helpers/raw-server.js';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withProxy } from '../helpers/test-proxy.js';

/** Serves an album over TLS on loopback while the work runs. */
async function withSecureAlbum<Result>(
  { key, cert }: Certificate,
  work: (origin: string, asked: string[]) => Promise<Result>,
): Promise<Result> {
  const asked: string[] = [];
  const photo = await picture(1);
  const server = https.createServer({ key, cert }, ({ url = '' }, response) => {
    asked.push(url);
    if (url.endsWith('.png')) response.end(photo);
    else response.setHeader('content-type', 'text/html').end('<img id="1" src="/1.png">');
  });
  server.on('tlsClientError', () => undefined);
  server.on('connection', () => asked.push('connection'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, asked);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const kinds: [string, (folder: string) => Certificate, RegExp][] = [
  ['is self-signed', (folder) => makeCertificate(folder), /it is self-signed/],
  ['has expired', (folder) => makeCertificate(folder, { days: -1 }), /it has expired|self-signed/],
  [
    'has an unknown issuer',
    (folder) => makeCertificate(folder, { issuer: makeCertificate(folder) }),
    /its issuer is not known here/,
  ],
];

describe.each(bothClients)('the %s client names a certificate that', (kind) => {
  test.each(kinds)('%s', (_name, make, fault) =>
    withTemporaryFolder((folder) =>
      withSecureAlbum(make(folder), (origin) =>
        withClients(origin, async ({ fetch }) => {
          const failed = fetch[kind](origin);
          await expect(failed).rejects.toMatchObject({ failure: 'barred' });
          await expect(failed).rejects.toThrow(fault);
          await expect(failed).rejects.toThrow(/NODE_EXTRA_CA_CERTS/);
        }),
      ),
    ),
  );
});

describe('the program', () => {
  const profile = (folder: string): string => {
    const path = join(folder, 'site.yaml');
    writeFileSync(
      path,
      'name: t\ntitle: T\nsignIn: { by: none }\nitem:\n  row: img\n  id: { attribute: id }\n  original: [{ attribute: src }]\n',
    );
    return path;
  };
  const words = (cwd: string, url: string) => {
    return ['crawl', '--profile', profile(cwd), '--url', url, '--thumbnails', 'none'];
  };
  /** Saves it in a process of its own: Node reads NODE_EXTRA_CA_CERTS when a process starts. */
  const crawl = (cwd: string, url: string, env: Record<string, string>) =>
    startProgram(words(cwd, url), { cwd, env }).ended;

  test('ends at once with what is wrong with the certificate', () =>
    withTemporaryFolder((folder) =>
      withSecureAlbum(makeCertificate(folder), async (origin, asked) => {
        const { code, err } = await runProgram(words(folder, origin), { cwd: folder });
        expect(code).toBe(5);
        expect(err).toMatch(/certificate is not trusted: it is self-signed .*NODE_EXTRA_CA_CERTS/);
        expect(err).not.toMatch(/later|out of order|down/);
        expect(asked).toEqual(['connection']);
      }),
    ));

  test.each([
    ['expired', { days: -1 }, /it has expired/],
    [
      'for another name',
      { name: 'DNS:other.example' },
      /127\.0\.0\.1 is not trusted: it is for another name/,
    ],
  ])('names a certificate of a known issuer that is %s', (_name, change, fault) =>
    withTemporaryFolder((folder) => {
      const issuer = makeCertificate(folder);
      return withSecureAlbum(makeCertificate(folder, { issuer, ...change }), async (origin) => {
        const env = { NODE_EXTRA_CA_CERTS: issuer.path };
        expect((await crawl(folder, origin, env)).err).toMatch(fault);
      });
    }),
  );

  test('saves an album by way of a proxy that is reached over TLS', () =>
    withTemporaryFolder((folder) => {
      const certificate = makeCertificate(folder);
      return withSecureAlbum(certificate, (origin) =>
        withProxy(
          async (proxy, seen) => {
            const env = {
              NODE_EXTRA_CA_CERTS: certificate.path,
              HTTPS_PROXY: proxy.replace('//', '//anna:s3cret-of-proxy@'),
            };
            const { code, out, err } = await crawl(folder, origin, env);
            expect(code).toBe(0);
            expect(out + err).not.toContain('s3cret-of-proxy');
            expect(seen.length).toBeGreaterThanOrEqual(2);
          },
          { tls: certificate },
        ),
      );
    }));

  // The certificate is trusted for pages and, in their thread, for originals.
  test.each([
    ['directly', false],
    ['through a proxy', true],
  ])('reads answers leniently over TLS, %s', (_name, isProxied) =>
    withTemporaryFolder(async (folder) => {
      const certificate = makeCertificate(folder);
      const photo = await picture(1);
      await withRawServer(
        (socket, target) => {
          const body = target === '/1.png' ? photo : Buffer.from('<img id="1" src="/1.png">');
          socket.write(`HTTP/1.1 200 OK\nContent-Type : text/html\nX By: me\n`);
          socket.write(`Transfer-Encoding: chunked\n\n${body.length.toString(16)} \n`);
          socket.write(body);
          socket.end('\n0 \n\n');
        },
        (origin) =>
          withProxy(async (proxy, seen) => {
            const env = { NODE_EXTRA_CA_CERTS: certificate.path };
            const { err } = await crawl(folder, `${origin}/`, {
              ...env,
              ...(isProxied && { HTTPS_PROXY: proxy }),
            });
            expect(err).toContain('saved 1 · already had 0 · failed 0 · listed 1');
            expect(seen.length > 0).toBe(isProxied);
          }),
        { key: certificate.key, cert: certificate.cert },
      );
    }),
  );

  test('refuses a proxy that is no address with code 2, without its password', () =>
    withTemporaryFolder(async (folder) => {
      const env = { HTTP_PROXY: 'socks5://anna:s3cret-of-proxy@proxy:1' };
      const order = words(folder, 'http://album.invalid/');
      const { code, err } = await runProgram(order, { cwd: folder, env });
      expect(code).toBe(2);
      expect(err).toMatch(/HTTP_PROXY is "socks5:\/\/…@proxy:1"; it takes/);
      expect(err).not.toContain('s3cret');
    }));
});
