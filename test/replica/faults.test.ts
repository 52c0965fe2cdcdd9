import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import sharp from 'sharp';
import type { Fault, FaultHook, FaultRequest } from '../../src/replica/fault/fault.js';
import type { Replica } from '../../src/replica/replica.js';
import {
  bytesOf,
  get,
  getRaw,
  pageIds,
  pageText,
  postSignIn,
  signIn,
  withReplica,
} from './visit.js';

const photoBytes = 150_000;

/** A replica whose every request of the kind is struck. */
function struck(
  kind: FaultRequest['kind'],
  fault: Fault | FaultHook,
  visit: (replica: Replica, original: string, cookie: string) => Promise<void>,
): Promise<void> {
  const hook: FaultHook = (request) => {
    if (request.kind !== kind) return undefined;
    return typeof fault === 'function' ? fault(request) : fault;
  };
  return withReplica({ photos: 100, photoBytes, fault: hook }, async (replica) => {
    const cookie = kind === 'sign-in' ? '' : await signIn(replica);
    await visit(replica, replica.photos()[0]?.originalUrl ?? '', cookie);
  });
}

describe('the hook', () => {
  test('learns what is asked for, and the how-many-eth time', () => {
    const seen: FaultRequest[] = [];
    return struck(
      'original',
      (request) => {
        seen.push(request);
        return request.attempt === 2 ? { kind: 'status', status: 503 } : undefined;
      },
      async (replica, original) => {
        const other = replica.photos()[7];
        const answers = [];
        for (const url of [original, original, other?.originalUrl ?? '', original]) {
          answers.push((await getRaw(url, { range: 'bytes=0-9' })).status);
        }
        expect(answers).toEqual([206, 503, 206, 206]);
        expect(seen.map(({ attempt, photoIndex }) => [attempt, photoIndex])).toEqual([
          [1, 0],
          [2, 0],
          [1, 7],
          [3, 0],
        ]);
        expect(seen[2]).toMatchObject({
          kind: 'original',
          method: 'GET',
          host: new URL(original).host,
          photoId: other?.id,
          cookie: false,
          signedIn: false,
          range: 'bytes=0-9',
        });
        expect(replica.requests.map((record) => record.fault)).toContain('status');
      },
    );
  });

  test('counts a page apart for who is signed out', () =>
    struck(
      'page',
      ({ signedIn, attempt }) =>
        signedIn && attempt === 1 ? { kind: 'status', status: 500 } : undefined,
      async (replica, _, cookie) => {
        const url = `${replica.url}Frame/AllPictures`;
        expect((await get(url)).status).toBe(302);
        expect((await get(url, { cookie })).status).toBe(500);
        expect((await get(`${url}?p=1`, { cookie })).status).toBe(200);
      },
    ));
});

describe('another answer', () => {
  test.each([401, 403, 404, 408, 410, 429, 500, 502, 503])('status %p', (status) =>
    struck('original', { kind: 'status', status }, async (replica, original) => {
      const answer = await getRaw(original);
      expect([answer.status, answer.complete]).toEqual([status, true]);
      expect(answer.headers['retry-after']).toBeUndefined();
      expect(replica.requests.at(-1)?.status).toBe(status);
    }),
  );

  test.each([
    ['seconds', 7, '7'],
    ['a date', new Date(1_700_000_000_000), 'Tue, 14 Nov 2023 22:13:20 GMT'],
  ])('Retry-After as %s', (_, retryAfter, header) =>
    struck('page', { kind: 'status', status: 429, retryAfter }, async (replica, __, cookie) => {
      const answer = await getRaw(`${replica.url}Frame/AllPictures`, { cookie });
      expect(answer.headers['retry-after']).toBe(header);
    }),
  );

  test('an empty body', () =>
    struck('original', { kind: 'body', body: '' }, async (_, original) => {
      const answer = await getRaw(original);
      expect(answer).toMatchObject({ status: 200, complete: true, body: Buffer.alloc(0) });
      expect(answer.headers).toMatchObject({ 'content-type': 'image/jpeg', 'content-length': '0' });
    }));

  test('HTML that says it is a JPEG, and a hostile page', async () => {
    const body = '<html><img src="x" id="picture_../../etc/passwd"></html>';
    await struck('original', { kind: 'body', body }, async (_, original) => {
      const answer = await getRaw(original);
      expect(answer.headers['content-type']).toBe('image/jpeg');
      expect(answer.body.toString()).toBe(body);
    });
    await struck('page', { kind: 'body', body }, async (replica, _, cookie) => {
      expect(await pageText(replica, cookie, 1)).toBe(body);
    });
  });

  test('a redirect to anywhere', () =>
    struck(
      'original',
      { kind: 'redirect', to: 'http://elsewhere.example/?a&b' },
      async (_, url) => {
        const answer = await getRaw(url);
        expect([answer.status, answer.headers.location]).toEqual([
          302,
          'http://elsewhere.example/?a&b',
        ]);
      },
    ));

  test.each([301, 303, 307, 308] as const)('a redirect with %p', (status) =>
    struck('sign-in', { kind: 'redirect', to: '/', status }, async (replica) => {
      expect((await postSignIn(replica, 'a', 'b')).status).toBe(status);
    }),
  );

  test('a page without end', () =>
    struck('page', { kind: 'huge', bytes: 3_000_000 }, async (replica, _, cookie) => {
      const answer = await getRaw(`${replica.url}Frame/AllPictures`, { cookie });
      expect(answer.headers['content-length']).toBeUndefined();
      expect([answer.body.length, answer.complete]).toEqual([3_000_000, true]);
      expect(load(answer.body)('img[src*="cloudfront"]')).toHaveLength(48);
    }));

  test('more bytes than anyone would hold can be left half way', () =>
    struck('original', { kind: 'huge', bytes: 2 ** 31 }, async (replica, original) => {
      const answer = await getRaw(original, {}, ({ body }, leave) => {
        if (body.length > 500_000) leave();
      });
      expect(answer.complete).toBe(false);
      expect(replica.served.bytes).toBeLessThan(100_000_000);
    }));
});

describe('another file', () => {
  test.each(['png', 'gif', 'webp'] as const)('a %s', (format) =>
    struck('original', { kind: 'format', format }, async (_, original) => {
      const answer = await getRaw(original);
      expect(answer.headers['content-type']).toBe(`image/${format}`);
      expect((await sharp(answer.body).metadata()).format).toBe(format);
    }),
  );

  test('a film under the name of a picture', () =>
    struck(
      'original',
      { kind: 'format', format: 'mp4', contentType: 'image/jpeg' },
      async (_, original) => {
        const answer = await getRaw(original);
        expect(answer.headers['content-type']).toBe('image/jpeg');
        expect(answer.body.toString('latin1', 4, 12)).toBe('ftypisom');
      },
    ));

  test('the right bytes under a wrong name', () =>
    struck(
      'original',
      { kind: 'content-type', contentType: 'text/html' },
      async (replica, original) => {
        const answer = await getRaw(original);
        expect(answer.headers['content-type']).toBe('text/html');
        const right = await replica.originalBytes(replica.photos()[0]?.id ?? '');
        expect(answer.body.equals(right)).toBe(true);
      },
    ));

  test('a range that is passed over', () =>
    struck('original', { kind: 'range', range: 'ignored' }, async (replica, original) => {
      const answer = await getRaw(original, { range: 'bytes=1000-' });
      expect([answer.status, answer.body.length]).toEqual([200, photoBytes]);
      expect(answer.headers['accept-ranges']).toBeUndefined();
      expect(replica.requests.at(-1)?.range).toBe('bytes=1000-');
    }));

  test('a file that has changed since', () =>
    struck(
      'original',
      ({ attempt }) => (attempt > 1 ? { kind: 'range', range: 'changed' } : undefined),
      async (_, original) => {
        const before = await getRaw(original);
        const etag = before.headers.etag ?? '';
        const whole = await getRaw(original, { range: 'bytes=1000-', 'if-range': etag });
        expect(whole.status).toBe(200);
        expect(whole.headers.etag).not.toBe(etag);
        expect(whole.body.equals(before.body)).toBe(false);
        expect((await getRaw(original, { range: 'bytes=1000-' })).status).toBe(206);
      },
    ));
});

describe('another page', () => {
  test('without a photo, though it is not the end', () =>
    struck(
      'page',
      ({ attempt, page }) => (page === 2 && attempt === 1 ? { kind: 'no-photos' } : undefined),
      async (replica, _, cookie) => {
        expect(await pageIds(replica, cookie, 2)).toHaveLength(0);
        expect(await pageIds(replica, cookie, 2)).toHaveLength(48);
      },
    ));

  test('with items of any kind', () => {
    const items = [
      { source: 'http://cloudfront.example/"><script>', id: '../../x' },
      { source: 'file:///etc/passwd?cloudfront', id: 'picture_', rotation: 'Rotate<' },
    ];
    return struck('page', { kind: 'extra-items', items }, async (replica, _, cookie) => {
      const $ = load(await pageText(replica, cookie, 1));
      const images = $('#pictures img').toArray().slice(48);
      expect(images.map(({ attribs }) => [attribs.src, attribs.id, attribs.rot])).toEqual([
        [items[0]?.source, '../../x', 'RotateNone'],
        [items[1]?.source, 'picture_', 'Rotate<'],
      ]);
    });
  });

  test('full of photos that no one uploaded, for ever', () =>
    struck('page', { kind: 'invented-photos' }, async (replica, _, cookie) => {
      const ids = [
        ...(await pageIds(replica, cookie, 1)),
        ...(await pageIds(replica, cookie, 900)),
        ...(await pageIds(replica, cookie, 1)),
      ];
      expect(new Set(ids).size).toBe(144);
      expect(replica.photos()).toHaveLength(100);
      const source = load(await pageText(replica, cookie, 4))('#pictures img').attr('src') ?? '';
      const original = await get(source.replace('~t~', '~a~'));
      expect(await bytesOf(original)).toHaveLength(photoBytes);
    }));

  test.each([
    ['redirect', 302],
    ['form', 200],
  ] as const)('the session ends, said by a %s', (by, status) =>
    struck(
      'page',
      ({ attempt, page }) => (page === 2 && attempt === 1 ? { kind: 'signed-out', by } : undefined),
      async (replica, _, cookie) => {
        const answer = await get(`${replica.url}Frame/AllPictures?p=2`, { cookie });
        expect(answer.status).toBe(status);
        if (by === 'form') expect(await answer.text()).toContain('name="password"');
        expect((await get(`${replica.url}Frame/AllPictures`, { cookie })).status).toBe(302);
        expect(await pageIds(replica, await signIn(replica), 2)).toHaveLength(48);
      },
    ),
  );

  test('the form is shown by mistake', () =>
    struck(
      'page',
      ({ attempt }) =>
        attempt === 1 ? { kind: 'signed-out', by: 'form', keepsSession: true } : undefined,
      async (replica, _, cookie) => {
        expect(await pageIds(replica, cookie, 1)).toHaveLength(0);
        expect(await pageIds(replica, cookie, 1)).toHaveLength(48);
      },
    ));
});

describe('another sign-in', () => {
  test('the form is to be posted elsewhere', () =>
    struck(
      'sign-in',
      { kind: 'form-action', action: 'http://thief.example/?a&b' },
      async (replica) => {
        const $ = load(await (await get(replica.url)).text());
        expect($('form').attr('action')).toBe('http://thief.example/?a&b');
        expect((await postSignIn(replica, replica.username, replica.password)).status).toBe(302);
      },
    ));

  test('it breaks', () =>
    struck('sign-in', { kind: 'status', status: 500 }, async (replica) => {
      expect((await postSignIn(replica, replica.username, replica.password)).status).toBe(500);
    }));

  test.each([
    ['error', 200, 1],
    ['form', 200, 0],
    ['redirect', 302, 0],
  ] as const)('good fields are refused by %s', (by, status, errors) =>
    struck('sign-in', { kind: 'refuse-sign-in', by }, async (replica) => {
      const answer = await postSignIn(replica, replica.username, replica.password);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('set-cookie')).toBeNull();
      const $ = load(await answer.text());
      expect($('.validation-summary-errors')).toHaveLength(errors);
      expect($('input[name="password"]')).toHaveLength(status === 200 ? 1 : 0);
    }),
  );
});
