import { expect, test } from '@jest/globals';
import { Page } from '../../src/page/page.js';
import { loadProfile } from '../../src/profile/load.js';
import { PageError } from '../../src/profile/open-page.js';
import { readListing } from '../../src/profile/read-listing.js';
import type { Profile } from '../../src/profile/schema.js';
import { profileOf } from './profile-of.js';

const kodakPulse = loadProfile('kodak-pulse');
const albumUrl = 'https://www.kodakpulse.com/Frame/AllPictures';
const pageUrl = `${albumUrl}?p=2`;
const images = 'http://d1.cloudfront.net/26';
const guid = '8ab5b353-73d0-47ea-95a7-12b09521ce09';
const otherGuid = '0f8fad5b-d9cb-469f-a165-70867728950e';

function read(html: string, profile: Profile = kodakPulse) {
  const page = new Page({ url: pageUrl, text: html });
  const { parts: _parts, ...listing } = readListing(page, profile, { albumUrl, number: 2 });
  return listing;
}

const thumbnail = (id: string, version: string, more = '') =>
  `<img ${more} src="${images}~t~${id}~${version}.jpg">`;

test('a thumbnail tells all that is known of a photo', () => {
  expect(read(thumbnail(guid, '636155450392171000', 'rot="Rotate90"'))).toEqual({
    rows: 1,
    others: [],
    unreadable: [],
    albums: [],
    next: `${albumUrl}?p=3`,
    furthestLink: undefined,
    photos: [
      {
        key: `${guid}_636155450392171000`,
        id: guid,
        version: '636155450392171000',
        position: 1,
        originals: [`${images}~a~${guid}~636155450392171000.jpg`],
        thumbnailUrl: `${images}~t~${guid}~636155450392171000.jpg`,
        uploadedAt: '2016-11-24T00:43:59.217Z',
        rotation: 'Rotate90',
      },
    ],
  });
});

test('a query or a fragment behind the extension belongs to the address alone', () => {
  const ticks = '636155450392171000';
  const { photos, unreadable } = read(
    `<img src="${images}~t~${guid}~${ticks}.jpg?x=1">` +
      `<img src="${images}~t~${otherGuid}~${ticks}.JPG?w=~t~a~1.jpg#x">`,
  );
  expect(unreadable).toEqual([]);
  expect(photos).toMatchObject([
    {
      key: `${guid}_${ticks}`,
      id: guid,
      version: ticks,
      uploadedAt: '2016-11-24T00:43:59.217Z',
      originals: [`${images}~a~${guid}~${ticks}.jpg?x=1`],
    },
    { id: otherGuid, originals: [`${images}~a~${otherGuid}~${ticks}.JPG?w=~t~a~1.jpg#x`] },
  ]);
});

test('photos come in the order of the page; its own logos are none', () => {
  const { photos } = read(
    `<img src="/logo.png">${thumbnail(otherGuid, '1')}<p>${thumbnail(guid, '2')}</p><img>`,
  );
  expect(photos.map(({ id, position }) => [id, position])).toEqual([
    [otherGuid, 1],
    [guid, 2],
  ]);
});

test('a photo shown twice counts once, a new version of it is another photo', () => {
  const page = read(thumbnail(guid, '1') + thumbnail(guid, '1') + thumbnail(guid, '2'));
  expect(page.rows).toBe(3);
  expect(page.photos.map(({ version, position }) => [version, position])).toEqual([
    ['1', 1],
    ['2', 3],
  ]);
});

test('what is not known is left out', () => {
  const [photo] = read(thumbnail(guid, '9'.repeat(19))).photos;
  expect(photo).not.toHaveProperty('uploadedAt');
  expect(photo).not.toHaveProperty('rotation');
});

test('a row that cannot be read is reported by its place, and the others are kept', () => {
  const page = read(`<img src="${images}~x~film.mov">${thumbnail(guid, '1')}`);
  expect(page.photos.map(({ id }) => id)).toEqual([guid]);
  expect(page.unreadable).toEqual([expect.stringMatching(/^item 1: .*~x~film\.mov/)]);
});

test('the furthest page that a page links to is told, whatever else it links to', () => {
  const links = [
    '?p=2',
    '/Frame/AllPictures?p=7#top',
    '/Frame/Other?p=9',
    '?p=x',
    '?q=8',
    'http://[',
  ]
    .map((href) => `<a href="${href}">.</a>`)
    .join('');
  expect(read(links).furthestLink).toBe(7);
});

test('a page without photos has no rows', () => {
  expect(read('<table></table>')).toMatchObject({ rows: 0, photos: [], unreadable: [] });
});

test('a page that is none of the album’s is an error, with what it says; behind the first number it may be past the end', () => {
  const text = '<title>Sorry</title><p>Back soon';
  const at = (number: number) => () =>
    readListing(new Page({ url: pageUrl, text }), kodakPulse, { albumUrl, number });
  expect(at(1)).toThrow(PageError);
  expect(at(1)).toThrow(/no page of the album.*table, img.*Sorry: Back soon/);
  expect(at(2)()).toMatchObject({ rows: 0, photos: [] });
});

test('a page on which what looks like photos is no row is an error', () => {
  expect(() => read('<img id="picture_1" src="/new/1.jpg">')).toThrow(
    /not one photo was recognised .* though 1 items look like photos/,
  );
});

const simple = profileOf(`
item:
  row: .photo
  thumbnail: { attribute: src }
  id: { attribute: id }
  original:
    - { from: thumbnail, filters: [replace: { match: small, with: large }] }
`);

test('addresses are relative to the page, and only the first part is replaced', () => {
  const { photos } = read('<img class="photo" id="7" src="small/small 7.jpg">', simple);
  expect(photos).toEqual([
    {
      key: '7',
      id: '7',
      position: 1,
      thumbnailUrl: 'https://www.kodakpulse.com/Frame/small/small%207.jpg',
      originals: ['https://www.kodakpulse.com/Frame/large/small%207.jpg'],
    },
  ]);
});

test('addresses are asked for as the site means them', () => {
  const addresses = [
    '/small/M%C3%BCller%20%26%20S.jpg',
    '/small/Müller &amp; S.jpg',
    '/small/a+b.jpg',
  ];
  const html = addresses.map((src, id) => `<img class="photo" id="${id}" src="${src}">`).join('');
  expect(read(html, simple).photos.map(({ originals }) => originals[0])).toEqual([
    'https://www.kodakpulse.com/large/M%C3%BCller%20%26%20S.jpg',
    'https://www.kodakpulse.com/large/M%C3%BCller%20&%20S.jpg',
    'https://www.kodakpulse.com/large/a+b.jpg',
  ]);
});

test.each([
  ['no thumbnail', '<img class="photo" id="7">', 'it has no src'],
  ['no id', '<img class="photo" src="/small">', 'no id can be read: it has no id'],
  ['an address without the part to replace', '<img class="photo" id="7" src="/big">', '/big'],
  ['an address that is none', '<img class="photo" id="7" src="http://[small">', 'http://[small'],
  ['a script for an address', '<img class="photo" id="7" src="javascript:small">', 'no original'],
  ['a local file', '<img class="photo" id="7" src="file:///small">', 'no original'],
])('a row with %s is not a photo', (_what, html, reason) => {
  const page = read(html, simple);
  expect(page.photos).toEqual([]);
  expect(page.unreadable).toEqual([expect.stringContaining(reason)]);
});

test('of several candidates those that the row has are kept, the best first', () => {
  const profile = profileOf(`
item:
  row: .photo
  thumbnail: { select: img, attribute: src }
  id: { from: original, filters: [path] }
  original:
    - { attribute: data-original }
    - { from: thumbnail, filters: [replace: { match: '/thumb/(.+)/[^/]+$', with: /$1 }] }
    - { from: thumbnail }
`);
  const rows = [
    '<li class="photo" data-original="/o/1.tif"><img src="/thumb/1.jpg/120px-1.jpg"></li>',
    '<li class="photo"><img src="/2.jpg?20120601"></li>',
  ];
  expect(read(rows.join(''), profile).photos).toMatchObject([
    {
      id: '/o/1.tif',
      originals: ['o/1.tif', '1.jpg', 'thumb/1.jpg/120px-1.jpg'].map(
        (path) => `https://www.kodakpulse.com/${path}`,
      ),
    },
    { id: '/2.jpg', originals: [null, null, 'https://www.kodakpulse.com/2.jpg?20120601'] },
  ]);
});

test('texts are read with their white space put right', () => {
  const profile = profileOf(`
item:
  row: .photo
  id: { attribute: id }
  original: [{ attribute: href }]
  title: { select: h3 }
  caption: { select: p }
  sender: { select: .from, filters: [match: 'from (.+)'] }
  uploadedAt: { select: time, attribute: datetime, filters: [date: { format: iso, zone: Europe/Berlin }] }
`);
  const html = `<a class="photo" id="1" href="/1.jpg"><h3>At
    the  lake </h3><p></p><i class="from">sent from Oma</i><time datetime="2016-07-01T12:00:00"></a>`;
  expect(read(html, profile).photos).toMatchObject([
    { title: 'At the lake', sender: 'Oma', uploadedAt: '2016-07-01T10:00:00.000Z' },
  ]);
  expect(read(html, profile).photos[0]).not.toHaveProperty('caption');
});

const tree = profileOf(`
listing:
  mark: ul
  albums: { row: li.album, link: { select: a, attribute: href }, title: { select: b } }
  next: { by: link, select: .pages a, text: '^next' }
item: { row: .photo, id: { attribute: id }, original: [{ attribute: href }] }
`);
const album = (href: string, title: string) =>
  `<li class="album"><a href="${href}"><b>${title}</b></a></li>`;

test('albums are told with their titles, each once; none of another host', () => {
  const html = `<ul>${album('a/', 'Ä &amp; b')}${album('a/#top', 'again')}${album('http://evil.test/', 'c')}
    <li class="album">empty</li></ul>`;
  expect(read(html, tree)).toMatchObject({
    albums: [{ url: 'https://www.kodakpulse.com/Frame/a/', title: 'Ä & b' }],
    unreadable: [
      'album 3: it is on another host (evil.test)',
      expect.stringMatching(/^album 4: there is no a in <li class="album">/),
    ],
  });
});

test('the link to the next page is known by its text, and loses its fragment', () => {
  const html = `<ul></ul><p class="pages"><a href="/del">delete</a> <a href="?from=K%2B9#media">next
    page</a></p>`;
  expect(read(html, tree).next).toBe(`${albumUrl}?from=K%2B9`);
  expect(
    read('<ul></ul><p class="pages"><a href="/del">delete</a></p>', tree).next,
  ).toBeUndefined();
});

test.each([
  ['the first', '1 - 30 <a href="?s=31">31 - 60</a> <a href="?s=61">61 - 90</a>', 's=31'],
  ['another', '<a href="?s=1">1 - 30</a> 31 - 60 <a href="?s=61">61 - 90</a>', 's=61'],
  ['the last', '<a href="?s=1">1 - 30</a> <a href="?s=31">31 - 60</a> 61 - 90', undefined],
])(
  'a link after the bare number of the current page leads on from %s page',
  (_page, html, next) => {
    const numbers = profileOf(`
item: { row: '#p img', id: { attribute: src }, original: [{ attribute: src }] }
listing: { next: { by: link, select: nav a, textBefore: '^\\d+ - \\d+$' } }`);
    expect(read(`<nav>${html}</nav>`, numbers).next).toBe(next && `${albumUrl}?${next}`);
  },
);

test('a next page on another host is told, and not gone to', () => {
  const html = '<ul></ul><p class="pages"><a href="https://evil.test/2">next</a></p>';
  expect(read(html, tree)).toMatchObject({
    next: undefined,
    unreadable: ['the link to the next page leads to another host (evil.test)'],
  });
});

test.each([
  ['parameter: start, first: 0, step: 20', '?start=20'],
  ['address: "/album/page/{number}/"', '/album/page/2/'],
  ['address: "{number}.html", first: 0', '1.html'],
])('pages by number: %s', (rule, expected) => {
  const profile = profileOf(`
listing: { next: { by: number, ${rule} } }
item: { row: .photo, id: { attribute: id }, original: [{ attribute: href }] }
`);
  const place = { albumUrl, number: 1 };
  expect(readListing(new Page({ url: albumUrl, text: '' }), profile, place).next).toBe(
    new URL(expected, albumUrl).href,
  );
});
