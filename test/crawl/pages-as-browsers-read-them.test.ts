import { describe, expect, test } from '@jest/globals';
import type { Profile } from '../../src/profile/schema.js';
import { type Answer, type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { withOtherHost } from '../helpers/other-host.js';
import { profileOf } from '../profile/profile-of.js';

describe('pages as browsers read them', () => {
  const item = `
item:
  row: li
  id: { attribute: data-id }
  title: { select: a }
  original: [{ select: a, attribute: href }]`;

  /** Bytes under a type, as an old site serves them. */
  function bytes(type: string, text: string): Answer {
    return (_request, response) =>
      response.setHeader('content-type', type).end(Buffer.from(text, 'latin1'));
  }

  test('an album in an old encoding, with a base, is walked by its own queries', async () => {
    const [first, second] = await Promise.all([picture(0), picture(1)]);
    const page = (id: number, name: string) =>
      bytes(
        'text/html; charset=ISO-8859-1',
        `<head><base href="/files/"></head><ul><li data-id="${id}"><a href="o.php?f=${name}">\x93${name}\x94</a></ul>`,
      );
    const answers = (): Answers => ({
      '/?/category/7': page(1, 'caf\xe9'),
      '/?/category/7&p=2': page(2, '100%'),
      '/?/category/7&p=3': bytes('text/html', '<ul></ul>'),
      '/?/category/7&p=4': bytes('text/html', '<ul></ul>'),
      '/files/o.php?f=caf%E9': first,
      '/files/o.php?f=100%': second,
    });
    const profile = profileOf(`
signIn: { by: none }
listing:
  start: '?/category/7'
  mark: ul
  next: { by: number, parameter: p }
${item}`);
    await withTestSite(profile, answers, async ({ run, asked }) => {
      const { ending, lines } = await run({ thumbnails: 'none' });
      expect(lines.at(-1)).toBe('saved 2 · already had 0 · failed 0 · listed 2');
      expect(ending).toBe('complete');
      expect(asked).toEqual(expect.arrayContaining(['/files/o.php?f=caf%E9', '/?/category/7&p=2']));
    });
  });

  test('a page that leads on at once counts as a redirect, with the cookie that it sets', async () => {
    const original = await picture(0);
    const answers = (): Answers => ({
      '/': (request, response) => {
        if (request.headers.cookie === 'seen=1') {
          response.end('<ul><li data-id="1"><a href="/1.png">One</a></ul>');
        } else {
          response.setHeader('set-cookie', 'seen=1; Path=/');
          response.end('<head><meta http-equiv="refresh" content="0; url=/?again"></head>');
        }
      },
      '/?again': '<head><meta http-equiv="refresh" content="0; url=/"></head>',
      '/1.png': original,
    });
    const profile = profileOf(`signIn: { by: none }\nlisting: {}${item}`);
    await withTestSite(profile, answers, async ({ run }) => {
      expect((await run({ thumbnails: 'none' })).ending).toBe('complete');
    });
  });

  test('a page that leads on without end is an error, and no empty album', async () => {
    let hops = 0;
    const on: Answer = (_request, response) => {
      hops += 1;
      const target = hops % 2 === 0 ? '/a' : '/b';
      response.end(`<head><meta http-equiv="refresh" content="0; url=${target}"></head>`);
    };
    const profile = profileOf(`signIn: { by: none }\nlisting: {}${item}`);
    await withTestSite(
      profile,
      () => ({ '/': on, '/a': on, '/b': on }),
      async ({ run }) => {
        const { ending, lines } = await run();
        expect(ending).toBe('later');
        expect(lines.join('\n')).toContain('leads on to other pages without end');
      },
    );
  });

  test.each([
    ['that cannot be read there', '<h1>Welcome</h1>', 'later'],
    [
      'whose next page is there',
      '<ul><li data-id="1"><a href="/1.png">x</a></ul><a class="next" href="/2">',
      'incomplete',
    ],
  ])('a site that has moved is named with its new address: one %s', (_what, html, ending) =>
    withOtherHost(
      (response, url) => (url === '/1.png' ? response.writeHead(404).end() : response.end(html)),
      async (other) => {
        const moved: Answer = (_request, response) =>
          response.writeHead(301, { location: `${other}/album` }).end();
        const profile = profileOf(`
signIn: { by: none }
listing: { mark: ul, next: { by: link, select: a.next } }
${item}`);
        await withTestSite(
          profile,
          () => ({ '/': moved }),
          async ({ run }) => {
            const { ending: ended, lines } = await run({ thumbnails: 'none' });
            expect(ended).toBe(ending);
            expect(lines.join('\n')).toContain(
              `to ${other}/album: if the album has moved there, set ALBUM_URL`,
            );
          },
        );
      },
    ),
  );
});

describe('what a profile ignores', () => {
  const thumbnails = (...numbers: number[]) =>
    numbers
      .map(
        (number) =>
          `<div class="t"><a href="/${number}.png"><img src="/t/${number}.png"></a></div>`,
      )
      .join('');

  const html = (listing: string) =>
    profileOf(`
listing: { mark: main${listing} }
item: { row: 'main .t:nth-child(-n+2)', id: { select: a, attribute: href }, original: [{ select: a, attribute: href }] }`);
  const json = (listing: string) =>
    profileOf(`
listing: { mark: $${listing} }
item: { row: '$.album.photos[*]', id: { select: $.file }, original: [{ select: $.file }] }`);

  const related = { '/': `<main>${thumbnails(1, 2, 3, 4)}</main>` };
  const inJson = {
    '/': '{"album":{"photos":[{"file":"/1.png"},{"file":"/2.png"}],"hasMore":true}}',
  };

  async function endOf(profile: Profile, pages: Answers) {
    const site = { ...pages };
    for (const number of [1, 2, 3, 4]) site[`/${number}.png`] = await picture(number);
    let ended = '';
    await withTestSite(
      profile,
      () => site,
      async ({ run }) => {
        const { ending, lines } = await run();
        expect(lines.at(-1)).toBe('saved 2 · already had 0 · failed 0 · listed 2');
        ended = ending;
      },
    );
    return ended;
  }

  test.each<[string, (listing: string) => Profile, Answers, string]>([
    [
      'photos of the same kind that the profile does not take',
      html,
      related,
      ', ignore: "main .t:nth-child(n+3)"',
    ],
    ['a member of JSON that speaks of more', json, inJson, ', ignore: $.album.hasMore'],
  ])('%s raise a doubt, unless the profile ignores them', async (_what, profile, site, ignore) => {
    expect(await endOf(profile(''), site)).toBe('incomplete');
    expect(await endOf(profile(ignore), site)).toBe('complete');
  });
});
