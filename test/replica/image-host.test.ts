import { once } from 'node:events';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import type { ReplicaOptions } from '../../src/replica/options.js';
import type { Replica } from '../../src/replica/replica.js';
import { bytesOf, get, signIn, withReplica } from './visit.js';

const small = { photos: 2, photoBytes: 200_000 };

function withOriginal(
  visit: (url: string, bytes: Buffer, replica: Replica) => Promise<void>,
  options: ReplicaOptions = small,
): Promise<void> {
  return withReplica(options, async (replica) => {
    const [photo] = replica.photos();
    await visit(photo?.originalUrl ?? '', await replica.originalBytes(photo?.id ?? ''), replica);
  });
}

describe('the image host', () => {
  test('is another host of the same port: neither answers for the other', () =>
    withOriginal(async (url, _, replica) => {
      const cookie = await signIn(replica);
      expect(new URL(url).hostname).toBe('localhost');
      expect((await get(url.replace('localhost', '127.0.0.1'), { cookie })).status).toBe(404);
      expect((await get(`${replica.imageUrl}Frame/AllPictures`, { cookie })).status).toBe(404);
      expect((await get(replica.imageUrl)).status).toBe(404);
    }));

  test('names the port of what forwards to it, in pages too', () =>
    withOriginal(
      async (url, bytes, replica) => {
        expect(new URL(url).port).toBe('81');
        expect([replica.url, replica.imageUrl]).toEqual([
          'http://127.0.0.1:81/',
          'http://localhost:81/',
        ]);
        expect(replica.envLines).toContain('ALBUM_URL=http://127.0.0.1:81/\n');
        const { host, pathname: path } = new URL(url);
        const forwarded = request({ port: replica.port, path, headers: { host } }).end();
        const [answer] = await once(forwarded, 'response');
        expect((await buffer(answer)).equals(bytes)).toBe(true);
      },
      { ...small, publicPort: 81 },
    ));

  test.each([
    ['of another photo', (url: string) => url.replace(/~[0-9a-f]{8}-/, '~00000000-')],
    ['of another version', (url: string) => url.replace(/\d{3}\.jpg/, '999.jpg')],
    ['of another kind', (url: string) => url.replace('~a~', '~b~')],
    ['without an ending', (url: string) => url.replace('.jpg', '')],
  ])('an address %s leads nowhere', (_, change) =>
    withOriginal(async (url) => {
      expect((await get(change(url))).status).toBe(404);
    }),
  );

  test('sends one range of a picture', () =>
    withOriginal(async (url, bytes) => {
      for (const [range, start, end] of [
        ['bytes=0-99', 0, 99],
        ['bytes=100000-', 100_000, 199_999],
        ['bytes=-10', 199_990, 199_999],
        ['bytes=65500-131100', 65_500, 131_100],
        ['bytes=199999-999999', 199_999, 199_999],
      ] as const) {
        const answer = await get(url, { range });
        expect(answer.status).toBe(206);
        expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/200000`);
        expect((await bytesOf(answer)).equals(bytes.subarray(start, end + 1))).toBe(true);
      }
    }));

  test('refuses a range that lies outside, and passes over what is no range', () =>
    withOriginal(async (url) => {
      const answer = await get(url, { range: 'bytes=200000-' });
      expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */200000']);
      for (const range of ['bytes=5-2', 'bytes=-', 'pages=1-2', 'bytes=0-1,5-6']) {
        expect((await get(url, { range })).status).toBe(200);
      }
    }));

  test('holds a range to If-Range', () =>
    withOriginal(async (url) => {
      const { headers } = await get(url);
      const etag = headers.get('etag') ?? '';
      const modified = headers.get('last-modified') ?? '';
      const range = 'bytes=10-19';
      expect((await get(url, { range, 'if-range': etag })).status).toBe(206);
      expect((await get(url, { range, 'if-range': modified })).status).toBe(206);
      expect((await get(url, { range, 'if-range': '"other"' })).status).toBe(200);
    }));

  test('says that nothing changed to who has the picture', () =>
    withOriginal(async (url) => {
      const { headers } = await get(url);
      const held = { 'if-none-match': headers.get('etag') ?? '' };
      expect((await get(url, held)).status).toBe(304);
      const since = { 'if-modified-since': headers.get('last-modified') ?? '' };
      expect((await get(url, since)).status).toBe(304);
      expect((await get(url, { 'if-none-match': '"other"' })).status).toBe(200);
    }));

  test('HEAD has the headers of GET and no body', () =>
    withOriginal(async (url) => {
      const answer = await fetch(url, { method: 'HEAD' });
      expect(answer.headers.get('content-length')).toBe('200000');
      expect(await bytesOf(answer)).toHaveLength(0);
    }));

  test('moves: the first host answers 410 for an original, a later one is gone', () =>
    withOriginal(async (url, bytes, replica) => {
      const address = () => replica.photos()[0]?.originalUrl ?? '';
      await replica.moveImages();
      expect((await get(url)).status).toBe(410);
      expect((await bytesOf(await get(address()))).equals(bytes)).toBe(true);
      const second = address();
      await replica.moveImages();
      await expect(get(second)).rejects.toThrow();
      expect((await bytesOf(await get(address()))).equals(bytes)).toBe(true);
      expect(replica.served.byKind.moved).toBe(1);
    }));

  test('two photos have two ETags', () =>
    withReplica(small, async (replica) => {
      const tags = await Promise.all(
        replica.photos().map(async (photo) => (await get(photo.originalUrl)).headers.get('etag')),
      );
      expect(new Set(tags).size).toBe(2);
    }));
});

describe('what is seen of the requests', () => {
  test('each one, with its kind and whether it carried secrets', () =>
    withReplica(small, async (replica) => {
      const cookie = await signIn(replica);
      const [photo] = replica.photos();
      await (await get(`${replica.url}Frame/AllPictures?p=2`, { cookie })).text();
      await bytesOf(await get(photo?.originalUrl ?? '', { authorization: 'Basic x' }));
      await bytesOf(await get(`${replica.url}Content/Images/logo.png`));
      await (await get(`${replica.url}Account/LogOff`, { cookie })).text();
      const host = new URL(replica.url).host;
      expect(replica.requests.map(({ at, bytes, ...record }) => record)).toEqual([
        {
          method: 'POST',
          host,
          path: '/',
          kind: 'sign-in',
          cookie: false,
          authorization: false,
          status: 302,
        },
        {
          method: 'GET',
          host,
          path: '/Frame/AllPictures?p=2',
          kind: 'page',
          page: 2,
          cookie: true,
          authorization: false,
          status: 200,
        },
        {
          method: 'GET',
          host: host.replace('127.0.0.1', 'localhost'),
          path: new URL(photo?.originalUrl ?? '').pathname,
          kind: 'original',
          photoId: photo?.id,
          cookie: false,
          authorization: true,
          status: 200,
        },
        {
          method: 'GET',
          host,
          path: '/Content/Images/logo.png',
          kind: 'asset',
          cookie: false,
          authorization: false,
          status: 200,
        },
        {
          method: 'GET',
          host,
          path: '/Account/LogOff',
          kind: 'sign-out',
          cookie: true,
          authorization: false,
          status: 302,
        },
      ]);
      const times = replica.requests.map((record) => record.at);
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(replica.requests[2]?.bytes).toBe(200_000);
      expect(replica.served).toMatchObject({ requests: 5, byKind: { original: 1, page: 1 } });
      expect(replica.served.bytes).toBeGreaterThan(200_000);
    }));

  test('only counters without a log', () =>
    withOriginal(
      async (url, bytes, replica) => {
        expect((await bytesOf(await get(url))).equals(bytes)).toBe(true);
        expect(replica.requests).toHaveLength(0);
        expect(replica.served).toMatchObject({ requests: 1, bytes: 200_000 });
      },
      { ...small, log: false },
    ));
});

describe('the replica itself', () => {
  test('with a latency answers after one without, which is asked later', () =>
    withReplica({ ...small, latency: 300 }, (late) =>
      withReplica(small, async (prompt) => {
        const answered: string[] = [];
        const ask = async (name: string, { url }: Replica) => {
          await (await get(url)).text();
          answered.push(name);
        };
        await Promise.all([ask('late', late), ask('prompt', prompt)]);
        expect(answered).toEqual(['prompt', 'late']);
      }),
    ));

  test('ends open connections when it closes, and may be closed twice', () =>
    withOriginal(
      async (url, _, replica) => {
        const ended = new Promise((resolve) => {
          const open = request(url, (response) => {
            response
              .on('error', () => resolve('ended'))
              .once('data', () => {
                replica.close().catch(resolve);
              });
          });
          open.on('error', resolve).end();
        });
        expect(await ended).toBe('ended');
        await replica.close();
      },
      { photos: 1, photoBytes: 40_000_000 },
    ));

  test.each([{ photos: -1 }, { pageSize: 0 }, { latency: 0.5 }, { photoBytes: 1_499 }])(
    '%p is refused',
    async (options) => {
      await expect(withReplica(options, async () => undefined)).rejects.toThrow(RangeError);
    },
  );
});
