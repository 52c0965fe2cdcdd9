import { expect, test } from '@jest/globals';
import { type Answer, picture, withTestSite } from '../helpers/escape-site.js';
import { profileOf } from '../profile/profile-of.js';

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
