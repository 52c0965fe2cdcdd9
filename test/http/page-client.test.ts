import { EventEmitter, once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { HostThrottle } from '../../src/http/host-throttle.js';
import { PageClient } from '../../src/http/page-client.js';
import { RequestSlots } from '../../src/http/request-slots.js';
import { SiteCookies } from '../../src/http/site-cookies.js';
import { underOtherName } from '../helpers/other-host.js';
import { withServer } from '../helpers/with-server.js';

/** A client of the site, and what ends its run. */
function clientOf(origin: string) {
  const run = new AbortController();
  const cookies = new SiteCookies(origin);
  const throttle = new HostThrottle(undefined, Number.POSITIVE_INFINITY, () => undefined);
  const client = new PageClient({
    cookies,
    throttle,
    slots: new RequestSlots(1, throttle, run.signal),
    userAgent: 'tester',
    idleTimeout: 10_000,
    pause: 1,
    signal: run.signal,
  });
  return { client, run };
}

test('a form is posted to its address alone: no redirect carries it on', () => {
  const elsewhere: string[] = [];
  const types: (string | undefined)[] = [];
  return withServer(
    async (request, response) => {
      elsewhere.push(await text(request));
      response.end();
    },
    (other) =>
      withServer(
        async (request, response) => {
          const form = await text(request);
          types.push(request.headers['content-type']);
          response.writeHead(307, { location: `${other}/?${form.length}` }).end('moved');
        },
        async (origin) => {
          const type = 'application/x-www-form-urlencoded';
          const body = { bytes: Buffer.from('username=anna'), type };
          const post = { method: 'POST', url: `${origin}/in`, body } as const;
          expect(await clientOf(origin).client.submit(post, origin)).toMatchObject({
            page: { url: `${origin}/in`, status: 307, text: 'moved' },
            location: `${other}/?${body.bytes.length}`,
          });
          expect(types).toEqual(['application/x-www-form-urlencoded']);
          expect(elsewhere).toEqual([]);
        },
      ),
  );
});

test('where a redirect leads is given in full, and nothing where there is none', () =>
  withServer(
    ({ url }, response) =>
      url === '/in'
        ? response.writeHead(302, { location: 'home?a=1' }).end()
        : response.end('the form again'),
    async (origin) => {
      const { client } = clientOf(origin);
      const post = (url: string) => client.submit({ method: 'POST', url }, origin);
      expect(await post(`${origin}/in`)).toMatchObject({
        location: `${origin}/home?a=1`,
      });
      expect(await post(`${origin}/`)).toMatchObject({
        page: { status: 200, text: 'the form again' },
        location: undefined,
      });
    },
  ));

test('it keeps the cookies of the album and gives them to no other host', () => {
  const seen: IncomingHttpHeaders[] = [];
  return withServer(
    ({ headers }, response) => {
      seen.push(headers);
      response.setHeader('set-cookie', 'session=planted; Path=/').end();
    },
    (other) =>
      withServer(
        ({ headers, url }, response) => {
          seen.push(headers);
          if (url === '/away') response.writeHead(302, { location: underOtherName(other) }).end();
          else response.setHeader('set-cookie', 'session=secret; Path=/').end();
        },
        async (origin) => {
          const { client } = clientOf(origin);
          for (const path of ['/', '/away', '/']) await client.fetchPage(origin + path);
          expect(seen.map(({ cookie }) => cookie)).toEqual([
            undefined,
            'session=secret',
            undefined,
            'session=secret',
          ]);
        },
      ),
  );
});

test('it says who it is, and takes no browser’s name', () => {
  let asked: IncomingHttpHeaders = {};
  return withServer(
    ({ headers }, response) => {
      asked = headers;
      response.end('ok');
    },
    async (origin) => {
      await clientOf(origin).client.fetchPage(origin);
      expect(asked['user-agent']).toBe('tester');
      expect(asked).not.toHaveProperty('accept-language');
      expect(asked).not.toHaveProperty('sec-ch-ua');
    },
  );
});

test('an answer of any status is an answer', () =>
  withServer(
    (_request, response) => response.writeHead(503).end('later'),
    async (origin) => {
      const { client } = clientOf(origin);
      expect(await client.fetchPage(origin)).toMatchObject({
        status: 503,
        text: 'later',
      });
      const answer = await client.stream({ url: origin });
      expect(answer.statusCode).toBe(503);
      expect(await text(answer.stream)).toBe('later');
    },
  ));

test('the end of the run drops a request that is under way, and no other is begun', () => {
  const asked = new EventEmitter();
  return withServer(
    () => asked.emit('request'),
    async (origin) => {
      const { client, run } = clientOf(origin);
      const dropped = expect(client.fetchPage(origin)).rejects.toThrow();
      await once(asked, 'request');
      run.abort(new Error('the run is over'));
      await dropped;
      await expect(client.stream({ url: origin })).rejects.toThrow('the run is over');
    },
  );
});

test('a page knows where it came from, what was requested, and its type', () =>
  withServer(
    ({ url }, response) =>
      url === '/here'
        ? response.setHeader('content-type', 'Text/HTML; Charset="UTF-8"').end('<p>Gänse</p>')
        : response.writeHead(302, { location: '/here' }).end(),
    async (origin) => {
      const page = await clientOf(origin).client.fetchPage(`${origin}/there`);
      expect(page).toMatchObject({
        url: `${origin}/here`,
        requestedUrl: `${origin}/there`,
        status: 200,
        type: 'text/html',
        isHtml: true,
      });
      expect(page.document('p').text()).toBe('Gänse');
    },
  ));

test.each([
  ['text/html; charset=iso-8859-15', Buffer.from([0xa4]), '€'],
  ['text/html; charset=no-such-charset', Buffer.from('€'), '€'],
  ['text/html', Buffer.from('\uFEFF€'), '€'],
])('the text of a page of the type %s is decoded', (type, body, text) =>
  withServer(
    (_request, response) => response.setHeader('content-type', type).end(body),
    async (origin) => {
      expect((await clientOf(origin).client.fetchPage(origin)).text).toBe(text);
    },
  ),
);
