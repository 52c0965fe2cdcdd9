import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { RunControl } from '../../src/crawl/run-control.js';
import { EscapeError } from '../../src/errors.js';
import type { Fault, FaultHook } from '../../src/replica/fault/fault.js';
import type { Replica } from '../../src/replica/replica.js';
import { withRescue } from '../helpers/escape-replica.js';
import { type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { withOtherHost } from '../helpers/other-host.js';
import { profileOf } from '../profile/profile-of.js';

describe('headers of originals', () => {
  /** Answers that note the headers of each request under its path. */
  function noting(answers: Answers, seen: Map<string, IncomingHttpHeaders>): Answers {
    return Object.fromEntries(
      Object.entries(answers).map(([path, answer]) => [
        path,
        (request, response) => {
          seen.set(path, request.headers);
          const type = Buffer.isBuffer(answer) ? 'image/png' : 'text/html';
          response.setHeader('content-type', type).end(answer);
        },
      ]),
    );
  }

  const rows = profileOf(`
headers: { X-Requested-With: XMLHttpRequest, accept-language: de }
item:
  row: img
  id: { attribute: id }
  thumbnail: { attribute: src }
  original: [{ attribute: data-original }]
`);

  test('an original and a thumbnail say which page they come from, the album’s own host by its full address', async () => {
    const seen = new Map<string, IncomingHttpHeaders>();
    const photo = await picture(1);
    await withOtherHost(
      (response) => response.setHeader('content-type', 'image/png').end(photo),
      (images, elsewhere) =>
        withTestSite(
          rows,
          () =>
            noting(
              {
                '/': `<img id="1" src="/small/1.png" data-original="/1.png"><img id="2" data-original="${images}/2.png">`,
                '/1.png': photo,
                '/small/1.png': photo,
              },
              seen,
            ),
          async ({ run, origin }) => {
            await run();
            expect(seen.get('/')?.referer).toBeUndefined();
            expect(seen.get('/1.png')?.referer).toBe(`${origin}/`);
            expect(seen.get('/small/1.png')?.referer).toBe(`${origin}/`);
            expect(elsewhere[0]?.headers.referer).toBe(`${origin}/`);
          },
        ),
    );
  });

  test('fixed headers of the profile go to the album’s own host, and to no other', async () => {
    const seen = new Map<string, IncomingHttpHeaders>();
    const photo = await picture(1);
    await withOtherHost(
      (response) => response.setHeader('content-type', 'image/png').end(photo),
      (images, elsewhere) =>
        withTestSite(
          rows,
          () =>
            noting(
              {
                '/': `<img id="1" data-original="/1.png"><img id="2" data-original="${images}/2.png">`,
                '/1.png': photo,
              },
              seen,
            ),
          async ({ run }) => {
            await run();
            const fixed = { 'x-requested-with': 'XMLHttpRequest', 'accept-language': 'de' };
            expect(seen.get('/')).toMatchObject(fixed);
            expect(seen.get('/1.png')).toMatchObject(fixed);
            for (const name of Object.keys(fixed)) {
              expect(elsewhere[0]?.headers).not.toHaveProperty(name);
            }
          },
        ),
    );
  });

  test('an original on a page of its own comes from that page', async () => {
    const seen = new Map<string, IncomingHttpHeaders>();
    const photo = await picture(1);
    const detail = profileOf(`
item:
  row: a
  id: { attribute: id }
  detail: { attribute: href }
  original: [{ on: detail, select: img, attribute: src }]
`);
    await withTestSite(
      detail,
      () =>
        noting(
          {
            '/': '<a id="1" href="/photo?id=1&amp;size=l#top">1</a>',
            '/photo?id=1&size=l': '<img src="/1.png">',
            '/1.png': photo,
          },
          seen,
        ),
      async ({ run, origin }) => {
        await run();
        expect(seen.get('/1.png')?.referer).toBe(`${origin}/photo?id=1&size=l`);
      },
    );
  });
});

describe('thumbnails are measured', () => {
  const originalityIn = (storage: string) =>
    JSON.parse(readFileSync(join(storage, 'report.json'), 'utf8')).originality;
  const thumbnailsAsked = (replica: Replica) =>
    replica.requests.filter(({ kind }) => kind === 'thumbnail');

  test('a dozen thumbnails are measured in the life of an album', async () => {
    await withRescue({ photos: 5 }, async ({ run, storage, replica }) => {
      await run();
      expect(originalityIn(storage).thumbnails).toEqual({ measured: 5, longestSide: 120, own: 5 });
      replica.addPhotos(20);
      await run();
      expect(originalityIn(storage).thumbnails.measured).toBe(12);
      await run();
      const asked = thumbnailsAsked(replica).map(({ photoId }) => photoId);
      expect(asked).toHaveLength(12);
      expect(new Set(asked).size).toBe(12);
    });
  });

  test('thumbnails that cannot be read are passed over, and the album is complete', async () => {
    const faults: Fault[] = [
      { kind: 'status', status: 404 },
      { kind: 'body', body: '<p>No' },
      { kind: 'reset' },
      { kind: 'reset', afterBytes: 50 },
    ];
    const fault: FaultHook = ({ kind, photoIndex = 0 }) =>
      kind === 'thumbnail' ? faults[photoIndex % faults.length] : undefined;
    await withRescue({ photos: 8, fault }, async ({ run, storage, replica }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('complete');
      expect(lines.at(-1)).toBe('saved 8 · already had 0 · failed 0 · listed 8');
      expect(thumbnailsAsked(replica)).toHaveLength(8);
      expect(originalityIn(storage).thumbnails).toEqual({ measured: 0, own: 0 });
    });
  });

  test('a run in which an original failed asks for no thumbnails', async () => {
    const fault: FaultHook = ({ kind, photoIndex }) =>
      kind === 'original' && photoIndex === 2 ? { kind: 'status', status: 404 } : undefined;
    await withRescue({ photos: 8, fault }, async ({ run, replica }) => {
      expect((await run()).ending).toBe('incomplete');
      expect(thumbnailsAsked(replica)).toEqual([]);
    });
  });

  test('no thumbnails are asked for where none are wanted', async () => {
    await withRescue({ photos: 5 }, async ({ run, replica, storage }) => {
      await run({ thumbnails: 'none' });
      expect(thumbnailsAsked(replica)).toEqual([]);
      expect(originalityIn(storage).thumbnails).toEqual({ measured: 0, own: 0 });
    });
  });

  describe('where each original is to be compared with its own thumbnail', () => {
    const all = { thumbnails: 'all' } as const;
    const idsAsked = (replica: Replica) => thumbnailsAsked(replica).map(({ photoId }) => photoId);

    test('each is asked for once in the life of an album, also after it was saved', async () => {
      await withRescue({ photos: 30 }, async ({ run, storage, replica }) => {
        await run();
        expect(idsAsked(replica)).toHaveLength(12);
        const { ending, lines } = await run(all);
        expect(ending).toBe('complete');
        expect(lines).toContainEqual(expect.stringContaining('saved, 18 thumbnails measured'));
        const { measured, thumbnails } = originalityIn(storage);
        expect({ measured, thumbnails }).toEqual({
          measured: 30,
          thumbnails: { measured: 30, longestSide: 120, own: 30 },
        });
        replica.addPhotos(3);
        await run(all);
        await run(all);
        expect(idsAsked(replica)).toHaveLength(33);
        expect(new Set(idsAsked(replica)).size).toBe(33);
      });
    });

    test('one that cannot be had is asked for again in the next run, failures or not', async () => {
      let isDown = true;
      const fault: FaultHook = ({ kind, photoIndex }) =>
        (kind === 'thumbnail' && isDown) || (kind === 'original' && photoIndex === 0)
          ? { kind: 'status', status: 404 }
          : undefined;
      await withRescue({ photos: 20, fault }, async ({ run, storage }) => {
        expect((await run(all)).ending).toBe('incomplete');
        expect(originalityIn(storage).thumbnails).toEqual({ measured: 0, own: 0 });
        isDown = false;
        expect((await run(all)).ending).toBe('incomplete');
        expect(originalityIn(storage).thumbnails).toMatchObject({ measured: 19, own: 19 });
      });
    });

    test('a run that is stopped meanwhile keeps what it has measured, and the next run measures the rest', async () => {
      const control = new RunControl();
      let asked = 0;
      const fault: FaultHook = ({ kind }) => {
        if (kind === 'thumbnail' && ++asked === 15) {
          control.stop(new EscapeError('interrupted', 'Stopped.'), 1000);
        }
        return undefined;
      };
      await withRescue({ photos: 40, fault }, async ({ run, storage, replica }) => {
        expect((await run(all, control)).ending).toBe('interrupted');
        const { measured } = originalityIn(storage).thumbnails;
        expect(measured).toBeGreaterThanOrEqual(7);
        expect(measured).toBeLessThan(40);
        expect((await run(all)).ending).toBe('complete');
        expect(originalityIn(storage).thumbnails).toMatchObject({ measured: 40, own: 40 });
        const twice = idsAsked(replica).length - new Set(idsAsked(replica)).size;
        expect(twice).toBeLessThanOrEqual(8);
      });
    });
  });
});
