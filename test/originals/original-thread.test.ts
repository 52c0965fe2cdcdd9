import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { RequestListener, ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { Semaphore } from 'async-mutex';
import sharp from 'sharp';
import { DiskError, EscapeError } from '../../src/errors.js';
import { DownloadError, NotAnOriginalError } from '../../src/http/download-error.js';
import type { RequestAuthorization } from '../../src/http/request-authorization.js';
import { OriginalThread } from '../../src/originals/original-thread.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { waitUntil } from '../helpers/wait-until.js';
import { withServer } from '../helpers/with-server.js';

const drawn = sharp({ create: { width: 64, height: 48, channels: 3, background: 'teal' } });
const picture = await drawn
  .withExif({ IFD2: { DateTimeOriginal: '2012:07:04 12:34:56' } })
  .jpeg()
  .toBuffer();
/** More than comes in one piece. */
const large = Buffer.concat([picture, Buffer.alloc(300_000)]);

/** Where a range begins; 0 without one. A connection that is cut may lose the last bytes sent. */
function firstByte(range: string | undefined): number {
  return Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
}

interface Visit {
  origin: string;
  thread: OriginalThread;
  folder: string;
  run: AbortController;
  /** What the authorization was told, in order. */
  told: unknown[];
  /** Slots that are taken. */
  taken: () => number;
  /** The addresses for which slots were asked for. */
  asked: (string | undefined)[];
  /** Gives out no more slots. */
  endSlots: (reason: Error) => void;
}

/** Serves, and hands a thread whose run has begun to `work`. */
function visit(
  listener: RequestListener,
  work: (visit: Visit) => Promise<void>,
  change: {
    script?: URL;
    folder?: string;
    authorize?: RequestAuthorization['authorize'];
    /** How many slots there are. */
    slots?: number;
  } = {},
): Promise<void> {
  return withServer(listener, (origin) =>
    withTemporaryFolder(async (folder) => {
      const run = new AbortController();
      const told: unknown[] = [];
      const asked: (string | undefined)[] = [];
      let taken = 0;
      const free = new Semaphore(change.slots ?? 100);
      let endSlots: Visit['endSlots'] = () => undefined;
      const noMore = new Promise<never>((_resolve, reject) => {
        endSlots = reject;
      });
      noMore.catch(() => undefined);
      const thread = new OriginalThread(change.script);
      thread.begin({
        siteUrl: origin,
        userAgent: 'tester',
        idleTimeout: 10_000,
        pause: 1,
        retryDelay: 1,
        folder: change.folder ?? folder,
        signal: run.signal,
        authorization: {
          authorize:
            change.authorize ??
            (async (address) => ({
              ...{ address, session: 0 },
              headers: { cookie: 'session=secret' },
            })),
          setCookies: (...values) => told.push(['setCookies', ...values]),
          answered: (url) => told.push(['answered', url]),
          failed: (...values) => told.push(['failed', ...values]),
          slowDown: (...values) => told.push(['slowDown', ...values]),
        },
        acquireSlot: async (url) => {
          asked.push(url);
          const [, release] = await Promise.race([free.acquire(), noMore]);
          taken += 1;
          return () => {
            taken -= 1;
            release();
          };
        },
        needsOnlySlot: () => true,
      });
      try {
        await work({ origin, thread, folder, run, told, taken: () => taken, asked, endSlots });
      } finally {
        await thread.close();
      }
    }),
  );
}

const begins = () => undefined;

test('an original comes into a file, byte for byte, with all that its bytes tell', () => {
  let cookie: string | undefined;
  return visit(
    (request, response) => {
      cookie = request.headers.cookie;
      response.end(picture);
    },
    async ({ origin, thread, told, taken }) => {
      const url = `${origin}/1.jpg`;
      const { file, extension, facts } = await thread.saveOriginal(url, begins);
      expect(readFileSync(file.path).equals(picture)).toBe(true);
      expect(file.size).toBe(picture.length);
      expect(extension).toBe('jpg');
      expect(facts).toMatchObject({
        contentType: 'image/jpeg',
        bytes: picture.length,
        sha256: createHash('sha256').update(picture).digest('hex'),
        width: 64,
        height: 48,
        takenAt: '2012-07-04T12:34:56',
      });
      expect(cookie).toBe('session=secret');
      expect(told).toEqual([['answered', url]]);
      expect(taken()).toBe(0);
    },
  );
});

test('what is refused comes out as the error that it is, and leaves no file', () =>
  visit(
    (_request, response) => response.end('<!DOCTYPE html><title>Sign in</title>'),
    async ({ origin, thread, folder, told }) => {
      const error = await thread.saveOriginal(origin, begins).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(NotAnOriginalError);
      expect(error).toMatchObject({ mayBeSignedOut: true, failure: 'answer' });
      expect(told).toEqual([
        ['failed', origin, origin, 'answer', expect.stringMatching(/web page/)],
      ]);
      expect(readdirSync(folder)).toEqual([]);
    },
  ));

test('a pause that the host asks for is told before the failure', () =>
  visit(
    (_request, response) => response.writeHead(429, { 'retry-after': '7' }).end(),
    async ({ origin, thread, told }) => {
      await expect(thread.saveOriginal(origin, begins)).rejects.toEqual(
        new DownloadError('the server answered 429'),
      );
      expect(told).toEqual([
        ['slowDown', origin, 7000],
        ['failed', origin, origin, 'answer', 'the server answered 429'],
      ]);
    },
  ));

test('each address of a redirect is authorized', () => {
  const passed: string[] = [];
  return visit(
    ({ url }, response) => {
      if (url === '/2.jpg') response.end(picture);
      else response.writeHead(302, { location: '/2.jpg' }).end();
    },
    async ({ origin, thread }) => {
      await thread.saveOriginal(`${origin}/1.jpg`, begins);
      expect(passed).toEqual([`${origin}/1.jpg`, `${origin}/2.jpg`]);
    },
    {
      authorize: async (url) => {
        passed.push(url);
        return { headers: {}, address: url, session: 0 };
      },
    },
  );
});

test('a transfer that breaks off is resumed where it stopped', () => {
  const asked: (string | undefined)[] = [];
  const cut = (response: ServerResponse, part: Buffer, more: number) => {
    response.setHeader('content-length', part.length + more);
    response.write(part, () => response.socket?.destroy());
  };
  return visit(
    (request, response) => {
      asked.push(request.headers.range);
      response.setHeader('etag', '"1"');
      if (asked.length === 1) cut(response, large.subarray(0, 100_000), large.length - 100_000);
      else if (asked.length === 2) response.destroy();
      else {
        const from = firstByte(request.headers.range);
        const range = `bytes ${from}-${large.length - 1}/${large.length}`;
        response.writeHead(206, { 'content-range': range }).end(large.subarray(from));
      }
    },
    async ({ origin, thread }) => {
      const { file } = await thread.saveOriginal(`${origin}/1.jpg`, begins);
      const [first, second, third] = asked;
      expect(first).toBeUndefined();
      expect(firstByte(second)).toBeGreaterThan(0);
      expect(third).toBe(second);
      expect(readFileSync(file.path).equals(large)).toBe(true);
    },
  );
});

test('a transfer that brings no further byte is given up after five resumes', () => {
  const ranges: (string | undefined)[] = [];
  return visit(
    (request, response) => {
      ranges.push(request.headers.range);
      if (ranges.length > 1) return response.destroy();
      response.setHeader('etag', '"1"').setHeader('content-length', large.length);
      return response.write(large.subarray(0, 100_000), () => response.socket?.destroy());
    },
    async ({ origin, thread, folder }) => {
      await expect(thread.saveOriginal(origin, begins)).rejects.toBeInstanceOf(DownloadError);
      const [, second] = ranges;
      expect(firstByte(second)).toBeGreaterThan(0);
      expect(ranges).toEqual([undefined, ...Array(5).fill(second)]);
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});

test('the slot is left when the last byte has come, or when it fails', () =>
  visit(
    ({ url }, response) =>
      url === '/1.jpg' ? response.end(picture) : response.writeHead(404).end(),
    async ({ origin, thread, taken }) => {
      await thread.saveOriginal(`${origin}/1.jpg`, begins);
      expect(taken()).toBe(0);
      await thread.saveOriginal(`${origin}/2.jpg`, begins).catch(() => undefined);
      expect(taken()).toBe(0);
    },
  ));

describe('where more originals are wanted than there are slots', () => {
  /** Answers in the order of the requests, and notes the most that were under way at once. */
  function counting(answer: RequestListener) {
    const seen = { most: 0, paths: [] as (string | undefined)[] };
    let now = 0;
    const listener: RequestListener = (request, response) => {
      now += 1;
      seen.most = Math.max(seen.most, now);
      seen.paths.push(request.url);
      response.once('finish', () => {
        now -= 1;
      });
      answer(request, response);
    };
    return { seen, listener };
  }

  const saveAll = ({ thread, origin }: Visit, names: readonly string[]) =>
    Promise.all(names.map((name) => thread.saveOriginal(`${origin}/${name}`, begins)));
  const names = Array.from({ length: 12 }, (_, index) => `${index}.jpg`);

  test('the thread passes a slot on by itself, in their order, and gives it back in the end', () => {
    const { seen, listener } = counting((_request, response) => response.end(picture));
    return visit(
      listener,
      async (own) => {
        await saveAll(own, names);
        expect(seen).toEqual({ most: 1, paths: names.map((name) => `/${name}`) });
        expect(own.asked.length).toBeLessThan(4);
        // The last request for a slot may have been on its way.
        await waitUntil(() => own.taken() === 0);
      },
      { slots: 1 },
    );
  });

  test('a slot that is asked for comes back, and all are fetched nevertheless', () => {
    let give: () => void = () => undefined;
    const { seen, listener } = counting((_request, response) => {
      give();
      response.end(picture);
    });
    return visit(
      listener,
      async (own) => {
        own.thread.askForSlot();
        await saveAll(own, ['first.jpg']);
        give = () => own.thread.askForSlot();
        await saveAll(own, names);
        const paths = ['first.jpg', ...names].map((name) => `/${name}`);
        expect(seen).toEqual({ most: 1, paths });
        expect(own.asked.length).toBeGreaterThan(6);
      },
      { slots: 1 },
    );
  });

  test('those that wait ask for a slot anew when the host asks for a pause', () => {
    const { seen, listener } = counting((_request, response) =>
      seen.paths.length === 1 ? response.writeHead(429).end() : response.end(picture),
    );
    return visit(
      listener,
      async (own) => {
        await expect(saveAll(own, names.slice(0, 3))).rejects.toThrow('429');
        await waitUntil(() => seen.paths.length === 3);
        const [, second, third] = names.map((name) => `${own.origin}/${name}`);
        expect(own.asked.filter((url) => url !== undefined)).toEqual([second, third]);
      },
      { slots: 1 },
    );
  });

  test('those that wait are told why there is no slot any more, and what is under way ends', () => {
    let first: ServerResponse | undefined;
    return visit(
      (_request, response) => {
        first = response;
      },
      async (own) => {
        const all = names.map((name) => own.thread.saveOriginal(`${own.origin}/${name}`, begins));
        const others = Promise.allSettled(all.slice(1));
        await waitUntil(() => first !== undefined);
        own.endSlots(new Error('the run is ending'));
        const reasons = (await others).map((one) => one.status === 'rejected' && one.reason);
        expect(reasons).toEqual(reasons.map(() => new Error('the run is ending')));
        first?.end(picture);
        expect(await all[0]).toMatchObject({ extension: 'jpg' });
      },
      { slots: 1 },
    );
  });
});

test('a folder that cannot be written is an error of the disk', () =>
  visit(
    (_request, response) => response.end(large),
    async ({ origin, thread }) => {
      const error = await thread.saveOriginal(origin, begins).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DiskError);
    },
    { folder: '/dev/null/none' },
  ));

test('the size of a picture is told without a file', () =>
  visit(
    (_request, response) => response.end(picture),
    async ({ origin, thread, folder, taken }) => {
      expect(await thread.measurePicture(origin)).toMatchObject({
        size: { width: 64, height: 48 },
      });
      expect(readdirSync(folder)).toEqual([]);
      expect(taken()).toBe(0);
    },
  ));

test('the end of the run ends what is under way at once, with its reason, and leaves no file', async () => {
  const half = new EventEmitter();
  const responses: ServerResponse[] = [];
  let left = '';
  await visit(
    (_request, response) => {
      responses.push(response);
      response.setHeader('content-length', large.length);
      response.write(large.subarray(0, 100_000), () => half.emit('sent'));
    },
    async ({ origin, thread, folder, run }) => {
      left = folder;
      const saving = thread.saveOriginal(origin, begins).catch((thrown: unknown) => thrown);
      await once(half, 'sent');
      run.abort(new Error('the run is over'));
      expect(await saving).toEqual(new Error('the run is over'));
      await expect(thread.saveOriginal(origin, begins)).rejects.toThrow('the run is over');
      await thread.close();
      expect(readdirSync(folder)).toEqual([]);
    },
  );
  expect(responses).toHaveLength(1);
  expect(existsSync(left)).toBe(false);
});

test('what is asked of a thread that was closed is refused', () =>
  visit(
    (_request, response) => response.end(picture),
    async ({ origin, thread }) => {
      await thread.close();
      await expect(thread.saveOriginal(origin, begins)).rejects.toThrow('was closed');
    },
  ));

test('a thread that breaks down ends the run: it is nothing against the photos', () =>
  visit(
    (_request, response) => response.end(picture),
    async ({ origin, thread }) => {
      for (const _attempt of ['under way', 'after']) {
        const error = await thread.saveOriginal(origin, begins).catch((thrown) => thrown);
        expect(error).toBeInstanceOf(EscapeError);
        expect(error).toMatchObject({ ending: 'unexpected' });
        expect(error.message).toContain('out of order');
      }
    },
    { script: new URL('data:text/javascript,throw new Error("out of order")') },
  ));

test('closing does not wait for an authorization', () => {
  const asked = new EventEmitter();
  return visit(
    (_request, response) => response.writeHead(302, { location: '/2.jpg' }).end(),
    async ({ origin, thread }) => {
      const saving = thread.saveOriginal(origin, begins).catch((thrown: unknown) => thrown);
      await once(asked, 'redirected');
      await thread.close();
      expect(await saving).toEqual(new Error('the thread for originals was closed'));
    },
    {
      authorize: async (url) => {
        if (!url.endsWith('/2.jpg')) return { headers: {}, address: url, session: 0 };
        asked.emit('redirected');
        return new Promise(() => undefined);
      },
    },
  );
});
