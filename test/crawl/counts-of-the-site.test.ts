import { describe, expect, test } from '@jest/globals';
import type { Profile } from '../../src/profile/schema.js';
import { type Answer, type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { profileOf } from '../profile/profile-of.js';

describe('counts of the site', () => {
  const item = `
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }`;
  const linked = profileOf(`
listing:
  total: { select: .count, filters: [match: '(?:of )?([\\d,]+)$'] }
  albums: { row: .album, link: { attribute: href }, title: {} }
  next: { by: link, select: .next }${item}`);

  const photos = (...numbers: number[]) =>
    numbers.map((number) => `<img src="/${number}.png">`).join('');
  const count = (text: string | number) => `<b class="count">${text}</b>`;
  const album = (href: string) => `<a class="album" href="${href}">${href.slice(1)}</a>`;
  const next = (href: string) => `<a class="next" href="${href}">more</a>`;

  /** Runs an album of four photos; gives the ending and the doubts that the summary names. */
  async function endOf(profile: Profile, pages: Answers, runs = 1) {
    const site = { ...pages };
    for (const number of [1, 2, 3, 4]) site[`/${number}.png`] = await picture(number);
    let ended = { ending: '', doubts: [] as string[], last: '' };
    await withTestSite(
      profile,
      () => site,
      async ({ run }) => {
        for (let times = 0; times < runs; times++) {
          const { ending, lines } = await run();
          const told = lines.findIndex((line) => line.startsWith('The rescue report'));
          const doubts = lines.slice(told + 1, -1).filter((line) => !line.startsWith('Complete'));
          ended = { ending, doubts, last: lines.at(-1) ?? '' };
        }
      },
    );
    return ended;
  }

  const whole = { ending: 'complete', doubts: [] };
  const inDoubt = (...doubts: string[]) => ({
    ending: 'incomplete',
    doubts: doubts.map((doubt) => expect.stringContaining(doubt)),
  });

  describe('an album is complete', () => {
    test('where the site counts as many photos as are listed', async () => {
      const pages = {
        '/': count('1–2 of 4') + photos(1, 2) + next('/2'),
        '/2': count('3–4 of 4') + photos(3, 4),
      };
      expect(await endOf(linked, pages)).toMatchObject(whole);
    });

    test('where it counts fewer, or on some pages alone', async () => {
      const pages = { '/': count(3) + photos(1, 2) + next('/2'), '/2': photos(3, 4) };
      expect(await endOf(linked, pages)).toMatchObject(whole);
    });

    test('where each album inside has its own count, and the page above has none, or that of all', async () => {
      const inside = { '/a': count(3) + photos(1, 2, 3), '/b': count(1) + photos(4) };
      for (const above of ['', count(4)]) {
        const pages = { ...inside, '/': above + album('/a') + album('/b') };
        expect(await endOf(linked, pages)).toMatchObject(whole);
      }
    });

    test('where it lists nothing and the site counts 0, also in albums inside', async () => {
      expect(await endOf(linked, { '/': count(0) })).toMatchObject(whole);
      const pages = { '/': album('/a') + album('/b'), '/a': count(0), '/b': count(0) };
      expect(await endOf(linked, pages)).toMatchObject(whole);
    });
  });

  describe('an album is in doubt', () => {
    test('where the site counts more photos than are listed', async () => {
      const pages = { '/': count('1–2 of 1,374') + photos(1, 2) + next('/2'), '/2': photos(3, 4) };
      expect(await endOf(linked, pages)).toMatchObject(
        inDoubt(
          'The site says that it holds 1,374 photos, but the list has 4. Look with a browser',
        ),
      );
    });

    test('where it does in JSON', async () => {
      const json = profileOf(`
listing: { total: { select: $.total } }
item: { row: '$.photos[*]', id: { select: $ }, original: [{ select: $ }] }`);
      const pages = { '/': '{"photos":["/1.png","/2.png"],"total":3}' };
      expect(await endOf(json, pages)).toMatchObject(
        inDoubt('The site says that it holds 3 photos, but the list has 2.'),
      );
    });

    test('where one album inside has more, whatever the others have', async () => {
      const pages = {
        '/': album('/a') + album('/b'),
        '/a': count(3) + photos(1, 2) + album('/c'),
        '/b': count(1) + photos(3),
        '/c': count(1) + photos(4),
      };
      expect(await endOf(linked, pages)).toMatchObject(
        inDoubt('The site says that it holds 3 photos, but the list has 2 of “a”.'),
      );
    });

    test('where the page above counts more than all albums have', async () => {
      const pages = {
        '/': count(5) + album('/a') + album('/b'),
        '/a': count(3) + photos(1, 2, 3),
        '/b': album('/c'),
        '/c': count(1) + photos(4),
      };
      expect(await endOf(linked, pages)).toMatchObject(
        inDoubt('The site says that it holds 5 photos, but the list has 4.'),
      );
    });

    test('where the count is not where the profile says, or has no number', async () => {
      expect(await endOf(linked, { '/': photos(1) })).toMatchObject(
        inDoubt(
          'The site’s own count of the photos was not found (there is no .count in the page). Correct listing.total',
        ),
      );
      expect(await endOf(linked, { '/': count('many') + photos(1) })).toMatchObject(
        inDoubt('was not found (the filter "match"'),
      );
    });

    test('where the first run lists nothing, and every one after it', async () => {
      const nothing = inDoubt('The album lists no photo. Look at it with a browser');
      expect(await endOf(linked, { '/': '<h1>Welcome</h1>' }, 2)).toMatchObject(nothing);
      expect(await endOf(linked, { '/': album('/a'), '/a': '' })).toMatchObject(nothing);
    });

    test('where a later run lists nothing, even if the site counts 0', async () => {
      let asked = 0;
      // A run walks the album twice.
      const page: Answer = (_request, response) => {
        asked += 1;
        const text = asked > 2 ? count(0) : count(1) + photos(1);
        response.setHeader('content-type', 'text/html').end(text);
      };
      expect(await endOf(linked, { '/': page }, 2)).toMatchObject({
        ending: 'incomplete',
        doubts: [
          'The album lists no photo any more; saved from it before: 1 photo. Look at it with a browser: the site may have changed.',
          '1 saved photos are no longer in the album; they are kept.',
        ],
      });
    });
  });
});

describe('the second witness', () => {
  const profile = profileOf(`
listing: { next: { by: link, select: a.next } }
item:
  row: img
  id: { attribute: src, filters: [match: '(\\d+)\\.png$'] }
  original: [{ attribute: src }]
`);

  const photo = (number: number) => `<img src="/${number}.png">`;
  const next = (href: string) => `<a class="next" href="${href}" onclick="more()">Next</a>`;

  test('an album whose last page has a next without an address is not complete, until it has one', async () => {
    let href = '#';
    const last: Answer = (_request, response) => response.end(`${photo(2)}${next(href)}`);
    const site = {
      '/': `${photo(1)}${next('/2')}`,
      '/2': last,
      '/3': photo(3),
      '/1.png': await picture(1),
      '/2.png': await picture(2),
      '/3.png': await picture(3),
    };
    await withTestSite(
      profile,
      () => site,
      async ({ run }) => {
        const doubtful = await run();
        expect(doubtful.ending).toBe('incomplete');
        expect(doubtful.lines).toContainEqual(
          expect.stringMatching(/^Page 2: the link “Next” leads to no page .* mend listing/),
        );
        expect(doubtful.lines.at(-1)).toBe('saved 2 · already had 0 · failed 0 · listed 2');

        href = '/3';
        const whole = await run();
        expect(whole.ending).toBe('complete');
        expect(whole.lines.at(-1)).toBe('saved 1 · already had 2 · failed 0 · listed 3');
      },
    );
  });

  test('an album is not complete where an inner one lists its files in another form', async () => {
    const listing = profileOf(`
listing: { albums: { row: 'td > a[href$="/"]', link: { attribute: href } } }
item:
  row: 'td > a[href$=".jpg"]'
  id: { from: original, filters: [path] }
  original: [{ attribute: href }]
`);
    const numbers = Array.from({ length: 33 }, (_, index) => index + 1);
    const links = numbers.map((number) => `<a href="IMG_${number}.jpg">IMG_${number}.jpg</a>`);
    const rows = [...links.slice(0, 3), '<a href="Day%20trips/">Day trips/</a>'];
    const files = numbers.slice(0, 3).map(async (number) => {
      return [`/IMG_${number}.jpg`, await picture(number)] as const;
    });
    const site = {
      '/': `<table>${rows.map((row) => `<tr><td>${row}</td></tr>`).join('')}</table>`,
      '/Day%20trips/': `<pre>${links.slice(3).join('\n')}</pre>`,
      ...Object.fromEntries(await Promise.all(files)),
    };
    await withTestSite(
      listing,
      () => site,
      async ({ run }) => {
        const { ending, lines } = await run();
        expect(ending).toBe('incomplete');
        expect(lines).toContainEqual(
          expect.stringContaining('shows photos like those of other pages, but item.row finds'),
        );
        expect(lines.at(-1)).toBe('saved 3 · already had 0 · failed 0 · listed 3');
      },
    );
  });
});
