import { expect, test } from '@jest/globals';
import { loadProfile } from '../../src/profile/load.js';
import { parsePage } from '../../src/profile/page.js';
import { readListing } from '../../src/profile/read-listing.js';
import type { Profile } from '../../src/profile/schema.js';

const kodakPulse = loadProfile('kodak-pulse');
const pageUrl = 'https://www.kodakpulse.com/Frame/AllPictures?p=2';
const images = 'http://d1.cloudfront.net/26';
const guid = '8ab5b353-73d0-47ea-95a7-12b09521ce09';
const otherGuid = '0f8fad5b-d9cb-469f-a165-70867728950e';

function read(html: string, profile: Profile = kodakPulse) {
  return readListing(parsePage(html), pageUrl, profile);
}

const thumbnail = (id: string, version: string, more = '') =>
  `<img ${more} src="${images}~t~${id}~${version}.jpg">`;

test('a thumbnail tells all that is known of a photo', () => {
  expect(read(thumbnail(guid, '636155450392171000', 'rot="Rotate90"'))).toEqual({
    rows: 1,
    unreadable: [],
    photos: [
      {
        key: `${guid}_636155450392171000`,
        id: guid,
        version: '636155450392171000',
        position: 1,
        originalUrl: `${images}~a~${guid}~636155450392171000.jpg`,
        thumbnailUrl: `${images}~t~${guid}~636155450392171000.jpg`,
        uploadedAt: '2016-11-24T00:43:59.217Z',
        rotation: 'Rotate90',
      },
    ],
  });
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

test('a page without photos has no rows', () => {
  expect(read('<h1>No pictures</h1>')).toEqual({ rows: 0, photos: [], unreadable: [] });
});

test('a row that cannot be read is reported by its place, and the others are kept', () => {
  const page = read(`<img src="${images}~x~film.mov">${thumbnail(guid, '1')}`);
  expect(page.photos.map(({ id }) => id)).toEqual([guid]);
  expect(page.unreadable).toEqual([expect.stringMatching(/^item 1: .*~x~film\.mov/)]);
});

const simple: Profile = {
  ...kodakPulse,
  item: { row: '.photo', thumbnail: { attribute: 'src' }, id: { attribute: 'id' } },
  original: { replace: 'small', with: 'large' },
};

test('addresses are relative to the page, and only the first part is replaced', () => {
  const { photos } = read('<img class="photo" id="7" src="small/small 7.jpg">', simple);
  expect(photos).toEqual([
    {
      key: '7',
      id: '7',
      position: 1,
      thumbnailUrl: 'https://www.kodakpulse.com/Frame/small/small%207.jpg',
      originalUrl: 'https://www.kodakpulse.com/Frame/large/small%207.jpg',
    },
  ]);
});

test('what takes the place of a part is plain text', () => {
  const original = { replace: 'small', with: "$&$'" };
  const [photo] = read('<img class="photo" id="7" src="/small">', { ...simple, original }).photos;
  expect(photo?.originalUrl).toBe("https://www.kodakpulse.com/$&$'");
});

test.each([
  ['no thumbnail', '<img class="photo" id="7">', 'it has no src'],
  ['no id', '<img class="photo" src="/small">', 'no id can be read from it (/small)'],
  ['an address without the part to replace', '<img class="photo" id="7" src="/big">', '(/big)'],
  ['an address that is none', '<img class="photo" id="7" src="http://[small">', '(http://[small)'],
  ['a script for an address', '<img class="photo" id="7" src="javascript:small">', 'no original'],
  ['a local file', '<img class="photo" id="7" src="file:///small">', 'no original'],
])('a row with %s is not a photo', (_what, html, reason) => {
  const page = read(html, simple);
  expect(page.photos).toEqual([]);
  expect(page.unreadable).toEqual([expect.stringContaining(reason)]);
});
