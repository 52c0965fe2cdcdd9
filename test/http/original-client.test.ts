import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { AddressGuard } from '../../src/http/address-guard.js';
import { CannotResumeError, DownloadError } from '../../src/http/download-error.js';
import { HostThrottle } from '../../src/http/host-throttle.js';
import { OriginalClient } from '../../src/http/original-client.js';
import { SiteAuthorization } from '../../src/http/site-authorization.js';
import { SiteCookies } from '../../src/http/site-cookies.js';
import { type Resume, receiveOriginal } from '../../src/originals/original-bytes.js';
import { underOtherName } from '../helpers/other-host.js';
import { withServer } from '../helpers/with-server.js';

/** For transfers that are not to go on: the cause of the break is what comes of it. */
const noResume: Resume = async (_from, cause) => {
  throw cause;
};

const drop = () => undefined;

interface Visit {
  origin: string;
  client: OriginalClient;
  cookies: SiteCookies;
  run: AbortController;
}

/** Serves, and hands a client of that site to `work`. */
function visit<Result>(
  listener: RequestListener,
  work: (visit: Visit) => Promise<Result>,
  idleTimeout = 10_000,
): Promise<Result> {
  return withServer(listener, async (origin) => {
    const run = new AbortController();
    const cookies = new SiteCookies(origin);
    const throttle = new HostThrottle(undefined, Number.POSITIVE_INFINITY, () => undefined);
    const client = new OriginalClient({
      authorization: new SiteAuthorization(throttle, cookies, run.signal),
      guard: new AddressGuard(origin),
      userAgent: 'tester',
      idleTimeout,
      pause: 1,
      signal: run.signal,
    });
    try {
      return await work({ origin, client, cookies, run });
    } finally {
      client.close();
    }
  });
}

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test('an original comes with its bytes and what the server announced', () =>
  visit(
    (_request, response) => response.setHeader('content-type', 'image/png').end('bytes'),
    async ({ client, origin }) => {
      const { body, announced } = await client.open(`${origin}/1.png`);
      expect(announced).toBe(5);
      expect((await buffer(body)).toString()).toBe('bytes');
    },
  ));

test('what the server does not announce is not known', () =>
  visit(
    (_request, response) => {
      response.write('by');
      response.end('tes');
    },
    async ({ client, origin }) => {
      const { body, announced } = await client.open(origin);
      expect(announced).toBeUndefined();
      expect((await buffer(body)).toString()).toBe('bytes');
    },
  ));

test('it asks for the bytes as they are, under its own name, with the cookies of the album', () => {
  let asked: IncomingMessage | undefined;
  return visit(
    (request, response) => {
      asked = request;
      response.end('bytes');
    },
    async ({ client, cookies, origin }) => {
      await cookies.setCookie('session=secret', origin);
      (await client.open(`${origin}/1.jpg`)).body.resume();
      expect(asked?.headers).toMatchObject({
        'user-agent': 'tester',
        'accept-encoding': 'identity',
        cookie: 'session=secret',
      });
    },
  );
});

test('a redirect to another host is followed without the cookies of the album', () => {
  let cookie: string | undefined = 'not asked';
  return withServer(
    (request, response) => {
      cookie = request.headers.cookie;
      response.end('bytes');
    },
    (images) =>
      visit(
        (_request, response) =>
          response.writeHead(302, { location: `${underOtherName(images)}/1.jpg` }).end(),
        async ({ client, cookies, origin }) => {
          await cookies.setCookie('session=secret', origin);
          const { body } = await client.open(origin);
          expect((await buffer(body)).toString()).toBe('bytes');
          expect(cookie).toBeUndefined();
        },
      ),
  );
});

test('a redirect to a file of this machine is not followed', () =>
  visit(
    (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    async ({ client, origin }) => {
      expect(await failure(client.open(origin))).toMatchObject({
        name: 'DownloadError',
        reason: 'its address begins with file:, not with http:',
      });
    },
  ));

test.each([
  [403, 'lasting'],
  [404, 'lasting'],
  [410, 'lasting'],
  [204, 'answer'],
  [302, 'answer'],
  [408, 'answer'],
  [425, 'answer'],
  [429, 'answer'],
  [500, 'answer'],
  [503, 'answer'],
])('%i is no original; the failure is of the kind %s', (status, kind) =>
  visit(
    (_request, response) => response.writeHead(status).end(),
    async ({ client, origin }) => {
      expect(await failure(client.open(origin))).toMatchObject({
        name: 'DownloadError',
        reason: `the server answered ${status}`,
        failure: kind,
      });
    },
  ),
);

test.each(['"2"', undefined])('the rest of a file whose ETag is %s by now', (etag) =>
  visit(
    (_request, response) => {
      if (etag !== undefined) response.setHeader('etag', etag);
      response.writeHead(206, { 'content-range': 'bytes 3-5/6' }).end('def');
    },
    async ({ client, origin }) => {
      const rest = client.open(origin, { resume: { from: 3, validator: '"1"' } });
      if (etag === undefined) expect((await rest).announced).toBe(6);
      else expect(await failure(rest)).toBeInstanceOf(CannotResumeError);
    },
  ),
);

test('a server that hangs up before it answers is a reason', () =>
  visit(
    (request) => request.socket.destroy(),
    async ({ client, origin }) => {
      expect(await failure(client.open(origin))).toEqual(
        new DownloadError('the connection broke off', 'connection'),
      );
    },
  ));

test('a server that hangs up in mid-body is a reason', () =>
  visit(
    (request, response) => {
      response.setHeader('content-length', 10_000);
      response.write(Buffer.alloc(5000, 1), () => request.socket.destroy());
    },
    async ({ client, origin }) => {
      const receiving = receiveOriginal(await client.open(origin), noResume, drop);
      expect(await failure(receiving)).toMatchObject({ name: 'DownloadError' });
    },
  ));

test('a server that is not there is a reason', async () => {
  const gone = await visit(
    () => undefined,
    async ({ origin }) => origin,
  );
  await visit(
    () => undefined,
    async ({ client }) => {
      expect(await failure(client.open(gone))).toEqual(
        new DownloadError('the server refuses connections', 'connection'),
      );
    },
  );
});

test('a server that falls silent is a reason', () =>
  visit(
    () => undefined,
    async ({ client, origin }) => {
      expect(await failure(client.open(origin))).toMatchObject({
        name: 'DownloadError',
        reason: 'no byte came for 0.02 s',
        failure: 'connection',
      });
    },
    20,
  ));

test('the end of the run drops a download in mid-body', () =>
  visit(
    (_request, response) => {
      response.setHeader('content-length', 10_000);
      response.write(Buffer.alloc(5000, 1));
    },
    async ({ client, origin, run }) => {
      const reading = failure(receiveOriginal(await client.open(origin), noResume, drop));
      run.abort(new Error('the run is over'));
      expect(await reading).toBeDefined();
    },
  ));

test('a request dropped at the end of the run is no reason against the photo', async () => {
  const asked = new EventEmitter();
  await visit(
    () => asked.emit('request'),
    async ({ client, origin, run }) => {
      const opening = failure(client.open(origin));
      await once(asked, 'request');
      run.abort(new Error('the run is over'));
      expect(await opening).toEqual(new Error('the run is over'));
    },
  );
});

test('closing lets go of the connections that were kept open', () => {
  let socket: IncomingMessage['socket'] | undefined;
  return visit(
    (request, response) => {
      socket = request.socket;
      response.end('bytes');
    },
    async ({ client, origin }) => {
      await buffer((await client.open(origin)).body);
      expect(socket?.destroyed).toBe(false);
      const closed = once(socket as NonNullable<typeof socket>, 'close');
      client.close();
      await closed;
    },
  );
});

test('it says that it wants pictures and films', () => {
  let accept: string | undefined;
  return visit(
    ({ headers }, response) => {
      accept = headers.accept;
      response.end('bytes');
    },
    async ({ client, origin }) => {
      (await client.open(origin)).body.resume();
      expect(accept).toBe('image/*,video/*,*/*;q=0.8');
    },
  );
});
