import { describe, expect, test } from '@jest/globals';
import { learnAlbum } from '../../src/learn/learn-album.js';
import { SiteLook } from '../../src/learn/site-look.js';
import { profileValue } from '../../src/learn/write-profile.js';
import { levelsOf } from '../../src/profile/levels.js';
import { readListing } from '../../src/profile/read-listing.js';
import { type Profile, profileSchema } from '../../src/profile/schema.js';
import { startAddresses } from '../../src/profile/site-addresses.js';
import { withLook } from './look-at.js';
import { pictureAt, type SitePages, servePages } from './page-server.js';

const link = (name: string, inside = '') =>
  `<a href="${pictureAt(name, 1200)}"${inside}><img src="${pictureAt(name, 160)}" alt="${name}.jpg"></a>`;
const photo = (name: string) => `<div class="file">${link(name)}</div>`;
const photos = (...names: string[]) => `<div id="files">${names.map(photo).join('')}</div>`;
const listed = (...names: string[]) =>
  `<ol class="pictures">${names.map((name) => `<li>${link(name)}</li>`).join('')}</ol>`;
const album = (path: string, title: string) =>
  `<div class="directory"><a href="${path}">${title}</a></div>`;
const cover = (path: string, title: string) =>
  `<li class="album"><a href="${path}"><img src="${pictureAt(title, 150)}"></a><h3>${title}</h3></li>`;
const covers = (...albums: [path: string, title: string][]) =>
  `<ul class="albums">${albums.map(([path, title]) => cover(path, title)).join('')}</ul>`;

interface Learned {
  missing: string[];
  value: Record<string, unknown>;
  /** Names of the photos that the profile finds from the first page on. */
  found: string[];
  requests: readonly string[];
}

/** Learns an album, and reads all of it by what was learned. */
function learnFrom(pages: SitePages): Promise<Learned> {
  return servePages(pages, (origin, requests) =>
    withLook(`${origin}/`, async ({ visit }) => {
      const look = new SiteLook(visit, `${origin}/`, 60);
      const start = await look.page(`${origin}/`);
      if (start === undefined) throw new Error('The album was not served.');
      const { rules, missing } = await learnAlbum(start, look);
      const value = profileValue({
        ...{ name: 'learned', title: 'Learned', url: `${origin}/`, missing },
        rules: [{ place: 'signIn', rule: { by: 'none' }, seenOn: '' }, ...rules],
      });
      const made = [...requests];
      const { data: profile } = profileSchema.safeParse(value);
      const found =
        profile === undefined
          ? []
          : await namesFrom(startOf(profile, origin), levelsOf(profile), (url) =>
              visit.fetchPage(url),
            );
      return { missing, value, found, requests: made };
    }),
  );
}

function startOf(profile: Profile, origin: string): string {
  const [start = ''] = startAddresses(profile, { siteUrl: `${origin}/`, username: '' });
  return start;
}

async function namesFrom(
  url: string,
  levels: readonly Profile[],
  fetchPage: (url: string) => Promise<Parameters<typeof readListing>[0]>,
  depth = 0,
): Promise<string[]> {
  const profile = levels[Math.min(depth, levels.length - 1)] as Profile;
  const { photos: shown, albums } = readListing(await fetchPage(url), profile, {
    albumUrl: url,
    number: 1,
  });
  const names = shown.map(({ originals: [original] }) =>
    (original ?? 'none').replace(/^.*\/img\/(.+)-\d+x\d+\.jpg$/, '$1'),
  );
  for (const one of albums) names.push(...(await namesFrom(one.url, levels, fetchPage, depth + 1)));
  return names;
}

const letters = (text: string) => [...text];
const outer = `<h1>Holiday</h1>${album('/inner/', 'Day trips')}${photos(...'abcd')}`;

test('the rule for albums is settled where it finds no photo of an album inside', async () => {
  const inner = `<h1>Day trips</h1>${photos(...'efgh')}`;
  const { missing, found } = await learnFrom({ '/': outer, '/inner/': inner });
  expect(missing).toEqual([]);
  expect(found).toEqual(letters('abcdefgh'));
});

test('the rule for albums is not settled where it finds a photo of an album inside', async () => {
  // The album's link is known by its place alone, where this page has its first photo.
  const inner = `<h1>Day trips</h1>${letters('efgh').map(photo).join('')}`;
  const { missing } = await learnFrom({ '/': outer, '/inner/': inner });
  expect(missing).toEqual([
    expect.stringContaining('listing.albums: no one rule finds the albums of all pages'),
  ]);
});

test('an album beside photos may list albums alone', async () => {
  const { missing, found } = await learnFrom({
    '/': outer,
    '/inner/': `<h1>Day trips</h1>${album('/inner/1/', 'Monday')}${album('/inner/2/', 'Friday')}`,
    '/inner/1/': `<h1>Monday</h1>${photos(...'efgh')}`,
    '/inner/2/': `<h1>Friday</h1>${photos(...'ijkl')}`,
  });
  expect(missing).toEqual([]);
  expect(found).toEqual(letters('abcdefghijkl'));
});

test('where the first album is empty, the next one is opened', async () => {
  const albums = `${album('/empty/', 'Empty')}${album('/inner/', 'Day trips')}`;
  const { found, requests } = await learnFrom({
    '/': `<h1>Holiday</h1>${albums}${photos(...'abcd')}`,
    '/empty/': '<h1>Empty</h1><div id="files"></div>',
    '/inner/': `<h1>Day trips</h1>${photos(...'efgh')}`,
  });
  expect(requests).toContain('GET /inner/');
  expect(found).toEqual(letters('abcdefgh'));
});

test('albums that pages show in two ways are found by one rule for both', async () => {
  const { missing, found } = await learnFrom({
    '/': outer,
    '/inner/': `<h1>Day trips</h1>${covers(['/inner/1/', 'Spring'], ['/inner/2/', 'Autumn'])}`,
    '/inner/1/': `<h1>Spring</h1>${photos(...'efgh')}`,
    '/inner/2/': `<h1>Autumn</h1>${photos(...'ijkl')}`,
  });
  expect(missing).toEqual([]);
  expect(found).toEqual(letters('abcdefghijkl'));
});

test('albums in a list of albums, and beside the photos of one', async () => {
  const { missing, found } = await learnFrom({
    '/': `<h1>All</h1>${covers(['/1/', 'Spring'], ['/2/', 'Autumn'])}`,
    '/1/': `<h1>Spring</h1>${album('/1/inner/', 'Day trips')}${photos(...'abcd')}`,
    '/1/inner/': `<h1>Day trips</h1>${photos(...'efgh')}`,
    '/2/': `<h1>Autumn</h1>${photos(...'ijkl')}`,
  });
  expect(missing).toEqual([]);
  expect(found).toEqual(letters('abcdefghijkl'));
});

test('a rule for albums that finds photos elsewhere counts for its own level', async () => {
  // The links to albums, and those to photos, are the links of a list.
  const albums = ['/1/', '/2/'].map(
    (path) => `<li><a href="${path}">Holiday in ${path.slice(1, -1)}</a></li>`,
  );
  const list = (names: string) =>
    `<ul>${letters(names)
      .map((name) => `<li>${link(name)}</li>`)
      .join('')}</ul>`;
  const { missing, value, found } = await learnFrom({
    '/': `<h1>All</h1><ul>${albums.join('')}</ul>`,
    '/1/': `<h1>Spring</h1>${album('/1/inner/', 'Day trips')}${list('abcd')}`,
    '/1/inner/': `<h1>Day trips</h1>${list('efgh')}`,
    '/2/': `<h1>Autumn</h1>${list('ijkl')}`,
  });
  expect(missing).toEqual([]);
  expect(value).toMatchObject({
    listing: { albums: { listing: { albums: { link: { attribute: 'href' } } } } },
  });
  expect(found).toEqual(letters('abcdefghijkl'));
});

test('an id is no number that another album has too', async () => {
  const numbered = (text: string) =>
    `<div id="files">${letters(text)
      .map((name, index) => photo(name).replace('>', ` data-id="${index + 7}">`))
      .join('')}</div>`;
  const { missing, value, found } = await learnFrom({
    '/': `<h1>All</h1>${covers(['/1/', 'Spring'], ['/2/', 'Autumn'])}`,
    '/1/': `<h1>Spring</h1>${numbered('abcd')}`,
    '/2/': `<h1>Autumn</h1>${numbered('efgh')}`,
  });
  expect(missing).toEqual([]);
  expect(value).toMatchObject({ item: { id: { from: 'original', filters: ['path', 'decode'] } } });
  expect(found).toEqual(letters('abcdefgh'));
});

test.each([
  ['each album has its own', 4, 5, true],
  ['one for all albums', 9, 9, false],
  ['one album has none', 4, undefined, false],
])('the site’s count: %s', async (_name, first, second, isLearned) => {
  const count = (photosInAll: number | undefined) =>
    photosInAll === undefined ? '' : `<p class="count">${photosInAll} photos</p>`;
  const { value, found } = await learnFrom({
    '/': `<h1>All</h1>${covers(['/1/', 'Spring'], ['/2/', 'Autumn'])}`,
    '/1/': `<h1>Spring</h1>${count(first)}${photos(...'abcd')}`,
    '/2/': `<h1>Autumn</h1>${count(second)}${photos(...'efghi')}`,
  });
  expect('total' in (value.listing as object)).toBe(isLearned);
  expect(found).toEqual(letters('abcdefghi'));
});

test('a thumbnail is no original of an album that has none', async () => {
  const small = (name: string) =>
    `<div class="file"><img src="${pictureAt(name, 160)}" alt="${name}.jpg"></div>`;
  const { missing, value } = await learnFrom({
    '/': outer,
    '/inner/': `<h1>Day trips</h1><div id="files">${letters('efgh').map(small).join('')}</div>`,
  });
  expect(missing).toEqual([expect.stringMatching(/^item, in the album \S+\/inner\/, original: /)]);
  expect(JSON.stringify(value)).not.toContain('"from":"thumbnail"}');
});

describe('albums that show their photos in another form', () => {
  test('beside the photos', async () => {
    const inner = `<h1>Day trips</h1>${listed(...'efgh')}`;
    const { missing, value, found } = await learnFrom({ '/': outer, '/inner/': inner });
    expect(missing).toEqual([]);
    expect(value.item).toHaveLength(2);
    expect(found).toEqual(letters('abcdefgh'));
  });

  test('after the first one of a list', async () => {
    const { missing, value, found } = await learnFrom({
      '/': `<h1>All</h1>${covers(['/1/', 'Spring'], ['/2/', 'Autumn'])}`,
      '/1/': `<h1>Spring</h1>${photos(...'abcd')}`,
      '/2/': `<h1>Autumn</h1>${listed(...'efgh')}`,
    });
    expect(missing).toEqual([]);
    expect(value.item).toHaveLength(2);
    expect(found).toEqual(letters('abcdefgh'));
  });

  test('keep the site’s own count only where each has one', async () => {
    const count = (number: number) => `<p class="count">${number} photos</p>`;
    const learnBoth = (inner: string) =>
      learnFrom({
        '/': `<h1>Holiday</h1>${count(4)}${album('/inner/', 'Day trips')}${photos(...'abcd')}`,
        '/inner/': `<h1>Day trips</h1>${inner}${listed(...'efghi')}`,
      });
    const [both, one] = [await learnBoth(count(5)), await learnBoth('')];
    expect(both.value.listing).toHaveProperty('total');
    expect(one.value.listing).not.toHaveProperty('total');
    expect([both.missing, one.missing]).toEqual([[], []]);
  });

  test('do not count where a rule for them finds more on the other pages', async () => {
    const others = '<ol class="pictures"><li>one</li><li>two</li></ol>';
    const inner = `<h1>Day trips</h1>${listed(...'efgh')}`;
    const { missing, value } = await learnFrom({ '/': outer + others, '/inner/': inner });
    expect(missing).toEqual([expect.stringContaining('no rules were found that read both forms')]);
    expect(value.item).not.toHaveProperty('length');
  });
});

describe('frames', () => {
  const frames = (...sources: string[]) =>
    `<frameset>${sources.map((source) => `<frame src="${source}">`).join('')}</frameset>`;

  test('the one that shows photos is where the album begins', async () => {
    const { missing, value, found } = await learnFrom({
      '/': frames('menu.htm', 'thumbs.htm?all'),
      '/menu.htm': '<a href="thumbs.htm?all">Photos</a>',
      '/thumbs.htm?all': photos(...'abcdef'),
    });
    expect(missing).toEqual([]);
    expect(value.listing).toMatchObject({ start: '/thumbs.htm?all' });
    expect(found).toEqual(letters('abcdef'));
  });

  test('one with posts that can be replied to, before it, is no album', async () => {
    const text =
      'We were at the sea all day, and in the evening it rained until the tents floated.';
    const post = (name: string) =>
      `<li><a href="/${name}.htm"><img src="${pictureAt(name, 160)}"></a><p>${text}</p><a href="/${name}.htm#reply">Reply</a></li>`;
    const { missing, value, found } = await learnFrom({
      '/': frames('posts.htm', 'thumbs.htm'),
      '/posts.htm': `<ul>${['one', 'two', 'three', 'four'].map(post).join('')}</ul>`,
      '/thumbs.htm': photos(...'abcdef'),
    });
    expect(missing).toEqual([]);
    expect(value.listing).toMatchObject({ start: '/thumbs.htm' });
    expect(found).toEqual(letters('abcdef'));
  });

  test('the one that shows albums likewise; those of other sites are not looked at', async () => {
    const { missing, value, found, requests } = await learnFrom({
      '/': `<iframe src="https://ads.example/x"></iframe><iframe src="/list.htm"></iframe>`,
      '/list.htm': covers(['/1/', 'Spring'], ['/2/', 'Autumn']),
      '/1/': photos(...'abcd'),
      '/2/': photos(...'efgh'),
    });
    expect(missing).toEqual([]);
    expect(value.listing).toMatchObject({ start: '/list.htm' });
    expect(found).toEqual(letters('abcdefgh'));
    expect(requests.join(' ')).not.toContain('ads');
  });

  test('a page with photos of its own is the album, whatever its frames show', async () => {
    const { value, found } = await learnFrom({
      '/': `${photos(...'abcd')}<iframe src="/more.htm"></iframe>`,
      '/more.htm': photos(...'efgh'),
    });
    expect(value.listing).not.toHaveProperty('start');
    expect(found).toEqual(letters('abcd'));
  });

  test('without photos in any of them, none are found', async () => {
    const { missing } = await learnFrom({ '/': frames('a.htm', 'gone.htm'), '/a.htm': 'Hello' });
    expect(missing).toEqual([expect.stringMatching(/^no photos were found at /)]);
  });
});
