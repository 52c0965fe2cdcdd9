import { expect, test } from '@jest/globals';
import { picture, withTestSite } from '../helpers/escape-site.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { profileOf } from '../profile/profile-of.js';

const candidates = profileOf(`
item:
  row: img
  id: { attribute: id }
  thumbnail: { attribute: src }
  original:
    - { from: thumbnail, filters: [replace: { match: small, with: original }] }
    - { from: thumbnail, filters: [replace: { match: small, with: large }] }
`);

test('of several candidates the best that is there is taken, and recorded as where it came from', async () => {
  const site = {
    '/': '<img id="1" src="/small/1.png"><img id="2" src="/small/2.png"><img id="3" src="/small/3.png">',
    '/original/1.png': await picture(1),
    '/large/1.png': await picture(2),
    '/large/2.png': await picture(3),
  };
  await withTestSite(
    candidates,
    () => site,
    async ({ run, origin, storage }) => {
      const { ending, lines } = await run();
      expect(lines.at(-1)).toBe('saved 2 · already had 0 · failed 1 · listed 3');
      expect(ending).toBe('incomplete');
      expect(lines).toContain(`Not saved: 3 (${origin}/original/3.png): the server answered 404`);
      const saved = await savedAlbum(storage);
      expect(saved.filter(({ status }) => status === 'saved')).toMatchObject([
        { id: '1', originalUrl: `${origin}/original/1.png` },
        { id: '2', originalUrl: `${origin}/large/2.png` },
      ]);
    },
  );
});

test('a server that fails is not one that has no better picture', async () => {
  const site = {
    '/': '<img id="1" src="/small/1.png">',
    '/original/1.png': '<h1>Busy</h1>',
    '/large/1.png': await picture(2),
  };
  await withTestSite(
    candidates,
    () => site,
    async ({ run, asked }) => {
      expect((await run()).lines.at(-1)).toBe('saved 0 · already had 0 · failed 1 · listed 1');
      expect(asked).not.toContain('/large/1.png');
    },
  );
});

const detail = profileOf(`
item:
  row: a
  id: { attribute: id }
  detail: { attribute: href }
  original:
    - { on: detail, select: .download, attribute: href }
  title: { on: detail, select: h1 }
  date: { on: detail, select: time, filters: [date: { format: dd/MM/yyyy }] }
`);
const link = (number: number) => `<a id="${number}" href="/photo/${number}">.</a>`;
const own = (number: number) =>
  `<h1>Lake ${number}</h1><time>08/01/2009</time><a class="download" href="/o/${number}.png">.</a>`;

test('a page in between leads to the original, and says more of the photo', async () => {
  const site = {
    '/': link(1) + link(2) + link(3),
    '/photo/1': own(1),
    '/photo/3': '<h1>Sold</h1>',
    '/o/1.png': await picture(1),
  };
  await withTestSite(
    detail,
    () => site,
    async ({ run, origin, storage, asked }) => {
      const { lines } = await run();
      expect(lines.at(-1)).toBe('saved 1 · already had 0 · failed 2 · listed 3');
      expect(lines).toContain(`Not saved: 2: its own page ${origin}/photo/2 answered 404`);
      expect(lines).toContain(`Not saved: 3: its own page ${origin}/photo/3 leads to no original`);
      expect(await savedAlbum(storage)).toMatchObject([
        {
          id: '1',
          status: 'saved',
          originalUrl: `${origin}/o/1.png`,
          title: 'Lake 1',
          date: '2009-01-08',
        },
        { id: '2', status: 'failed' },
        { id: '3', status: 'failed' },
      ]);

      // What failed is tried again; what is saved is not asked for, and neither is its page.
      Object.assign(site, { '/photo/2': own(2), '/o/2.png': await picture(2) });
      asked.length = 0;
      const again = await run();
      expect(again.lines.at(-1)).toBe('saved 1 · already had 1 · failed 1 · listed 3');
      expect(asked.filter((path) => path.includes('1'))).toEqual([]);
    },
  );
});

test('a row without an own page uses the other candidates that it has', async () => {
  const mixed = profileOf(`
item:
  row: figure
  id: { attribute: id }
  detail: { select: a, attribute: href }
  original:
    - { on: detail, select: .download, attribute: href }
    - { select: img, attribute: src }
`);
  const site = {
    '/': `<figure id="1"><a href="/photo/1"><img src="/o/small.png"></a></figure>
      <figure id="2"><img src="/o/2.png"></figure>
      <figure id="3">gone</figure>`,
    '/photo/1': own(1),
    '/o/1.png': await picture(1),
    '/o/2.png': await picture(2),
  };
  await withTestSite(
    mixed,
    () => site,
    async ({ run, origin, storage }) => {
      const { ending, lines } = await run();
      expect(lines.at(-1)).toBe('saved 2 · already had 0 · failed 0 · listed 2');
      expect(ending).toBe('incomplete');
      expect(lines.join('\n')).toContain(
        'item 3: no original can be derived: no address of its own page can be read: ',
      );
      expect(await savedAlbum(storage)).toMatchObject([
        { id: '1', originalUrl: `${origin}/o/1.png` },
        { id: '2', originalUrl: `${origin}/o/2.png` },
      ]);
    },
  );
});

test('a page in between that fails is tried again, and the photo is failed in the end', async () => {
  let tries = 0;
  const site = {
    '/': link(1),
    '/photo/1': (_request: unknown, response: { writeHead(status: number): { end(): void } }) => {
      tries += 1;
      response.writeHead(500).end();
    },
  };
  await withTestSite(
    detail,
    () => site,
    async ({ run, origin }) => {
      const { ending, lines } = await run();
      expect(tries).toBe(6);
      expect(ending).toBe('incomplete');
      expect(lines).toContain(
        `Not saved: 1: its own page ${origin}/photo/1 could not be read: the site answered 500`,
      );
    },
  );
});
