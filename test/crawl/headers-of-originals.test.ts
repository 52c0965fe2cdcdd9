import type { IncomingHttpHeaders } from 'node:http';
import { expect, test } from '@jest/globals';
import { type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { withOtherHost } from '../helpers/other-host.js';
import { profileOf } from '../profile/profile-of.js';

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
