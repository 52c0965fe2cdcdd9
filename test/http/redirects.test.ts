import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { bothClients, withClients } from '../helpers/http-clients.js';
import { withRawServer } from '../helpers/raw-server.js';
import { withServer } from '../helpers/with-server.js';

/** A Location as its bytes, and the path that is requested next. */
const locations = [
  ['relative', 'there', '/a/there'],
  ['relative to the host', '/b/../c', '/c'],
  ['a query alone', '?page=2', '/a/here?page=2'],
  ['raw UTF-8', '/Gänse.jpg', '/G%C3%A4nse.jpg'],
  ['raw Latin-1', Buffer.from('/G\xe4nse.jpg', 'latin1'), '/G%E4nse.jpg'],
  ['spaces', '/a b/c d.jpg', '/a%20b/c%20d.jpg'],
  ['a percent sign that encodes nothing', '/100%.jpg', '/100%.jpg'],
  ['a fragment', '/c#top', '/c'],
  ['spaces around it', '  /c  ', '/c'],
] as const;

describe.each(bothClients)('a redirect of the %s client', (kind) => {
  test.each(locations)('to an address that is %s', (_name, location, expected) => {
    const asked: string[] = [];
    return withRawServer(
      (socket, target) => {
        asked.push(target);
        if (target !== '/a/here') {
          socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nbytes');
          return;
        }
        socket.write('HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: ');
        socket.write(location);
        socket.end('\r\n\r\n');
      },
      (origin) =>
        withClients(origin, async ({ fetch }) => {
          const { url = origin + expected, bytes } = await fetch[kind](`${origin}/a/here`);
          expect(bytes.toString()).toBe('bytes');
          expect(asked).toEqual(['/a/here', expected]);
          expect(url.replace(/#.*/, '')).toBe(origin + expected);
        }),
    );
  });

  test.each([301, 302, 303, 307, 308])('by %i is followed', (status) =>
    withServer(
      ({ url }, response) =>
        url === '/' ? response.writeHead(status, { location: '/b' }).end() : response.end('bytes'),
      (origin) =>
        withClients(origin, async ({ fetch }) => {
          expect((await fetch[kind](`${origin}/`)).bytes.toString()).toBe('bytes');
        }),
    ),
  );

  test('is followed 20 times, and no further', () =>
    withServer(
      ({ url = '' }, response) => {
        const left = Number(url.slice(1));
        if (left === 0) response.end('bytes');
        else response.writeHead(302, { location: String(left - 1) }).end();
      },
      (origin) =>
        withClients(origin, async ({ fetch }) => {
          expect((await fetch[kind](`${origin}/20`)).bytes.toString()).toBe('bytes');
          await expect(fetch[kind](`${origin}/21`)).rejects.toThrow(
            'the server redirects more than 20 times',
          );
        }),
    ));

  test('may lead over a page that sets a cookie back to the same address', () =>
    withServer(
      ({ url, headers }, response) => {
        if (url === '/consent') {
          response.writeHead(302, { location: '/', 'set-cookie': 'agreed=1; Path=/' }).end();
        } else if (headers.cookie === 'agreed=1') response.end('bytes');
        else response.writeHead(302, { location: '/consent' }).end();
      },
      (origin) =>
        withClients(origin, async ({ fetch }) => {
          expect((await fetch[kind](`${origin}/`)).bytes.toString()).toBe('bytes');
        }),
    ));

  test('may be to the same address by an empty Location', () => {
    let asked = 0;
    return withServer(
      (_request, response) => {
        asked += 1;
        if (asked === 1) response.writeHead(302, { location: '' }).end();
        else response.end('bytes');
      },
      (origin) =>
        withClients(origin, async ({ fetch }) => {
          expect((await fetch[kind](`${origin}/x`)).bytes.toString()).toBe('bytes');
        }),
    );
  });

  test('to something that is no address is an error', () =>
    withServer(
      (_request, response) => response.writeHead(302, { location: 'http://[' }).end(),
      (origin) =>
        withClients(origin, async ({ fetch }) => {
          await expect(fetch[kind](origin)).rejects.toThrow(
            'the server redirects to something that is not an address',
          );
        }),
    ));
});

test.each([300, 304, 305, 306])('%i is no redirect', (status) =>
  withServer(
    (_request, response) => response.writeHead(status, { location: '/elsewhere' }).end(),
    (origin) =>
      withClients(origin, async ({ pages, originals }) => {
        expect((await pages.fetchPage(`${origin}/here`)).url).toBe(`${origin}/here`);
        await expect(originals.open(origin)).rejects.toThrow(`the server answered ${status}`);
      }),
  ),
);

test.each([
  [301, 'GET', ''],
  [302, 'GET', ''],
  [303, 'GET', ''],
  [307, 'POST', 'a=1'],
  [308, 'POST', 'a=1'],
])('a POST that is redirected by %i goes on as a %s', (status, method, body) => {
  const seen: { method: string | undefined; type: string | undefined; body: string }[] = [];
  const note = async (request: IncomingMessage) =>
    seen.push({
      method: request.method,
      type: request.headers['content-type'],
      body: await text(request),
    });
  return withServer(
    async (request, response) => {
      await note(request);
      if (request.url === '/in') response.writeHead(status, { location: '/out' }).end();
      else response.end();
    },
    (origin) =>
      withClients(origin, async ({ pages }) => {
        const type = 'application/x-www-form-urlencoded';
        const headers = { 'content-type': type };
        await pages.stream({ url: `${origin}/in`, method: 'POST', body: 'a=1', headers });
        expect(seen[1]).toEqual({ method, body, type: body === '' ? undefined : type });
      }),
  );
});
