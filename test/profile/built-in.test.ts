import { describe, expect, test } from '@jest/globals';
import { Page } from '../../src/page/page.js';
import { readDetail } from '../../src/profile/listed-item.js';
import { loadProfile } from '../../src/profile/load.js';
import { readListing } from '../../src/profile/read-listing.js';
import { signedOutBy } from '../../src/profile/signed-out.js';
import { galleryPage, readGalleryPage } from './gallery-page.js';

describe('MediaWiki', () => {
  const wiki = 'https://wiki.test/index.php?title=';
  const files = 'https://wiki.test/img_auth.php';
  const category = `${wiki}Category:Holiday_album`;
  const listing = readGalleryPage('mediawiki', 'mediawiki-category.html', category);

  test('a category’s page lists its files and leads on', () => {
    expect(listing).toMatchObject({
      rows: 36,
      unreadable: [],
      albums: [],
      next: `${category}&filefrom=P1000036.JPG`,
    });
    expect(listing.photos).toHaveLength(36);
    expect(listing.photos[0]).toEqual({
      key: expect.any(String),
      id: 'Holiday trip 079.jpg',
      position: 1,
      thumbnailUrl: `${files}/thumb/f/ff/Holiday_trip_079.jpg/120px-Holiday_trip_079.jpg`,
      originals: [`${files}/f/ff/Holiday_trip_079.jpg`, null],
      fileName: 'Holiday trip 079.jpg',
    });
  });

  test('a small picture is its own original, and no thumbnail is taken for one', () => {
    const addresses = listing.photos.flatMap(({ originals }) => originals.filter(Boolean));
    expect(addresses).toHaveLength(36);
    for (const address of addresses) expect(address).not.toContain('/thumb/');
    const shownItself = listing.photos.filter(({ originals }) => originals[0] === null);
    for (const { thumbnailUrl, originals } of shownItself) expect(originals[1]).toBe(thumbnailUrl);
    expect(shownItself.length).toBeGreaterThan(0);
  });

  test('a page without the link to sign out is one for those who are signed out', () => {
    const profile = loadProfile('mediawiki');
    expect(signedOutBy(galleryPage('mediawiki-category.html', category), profile)).toBeUndefined();
    const loginRequired = '<title>Login required</title><div id="pt-login"></div>';
    expect(signedOutBy(new Page({ url: category, text: loginRequired }), profile)).toContain(
      'it has body:not(',
    );
  });
});

describe('thumbsup', () => {
  const site = 'https://photos.test/';

  test('an album’s page lists its photos, the album inside it, and leads on', () => {
    const listing = readGalleryPage('thumbsup', 'thumbsup-album.html', `${site}Holiday-album.html`);
    expect(listing).toMatchObject({
      rows: 20,
      unreadable: [],
      albums: [
        { url: `${site}Holiday-album-Day-trips-and-walks.html`, title: 'Day trips & walks' },
      ],
      next: `${site}Holiday-album2.html`,
    });
    expect(listing.photos).toHaveLength(20);
    expect(listing.photos[2]).toEqual({
      key: expect.any(String),
      id: '/media/original/Holiday album/a+b 004.jpg',
      position: 3,
      thumbnailUrl: `${site}media/thumbs/Holiday%20album/a%2Bb%20004.jpg`,
      originals: [`${site}media/original/Holiday%20album/a%2Bb%20004.jpg`],
      fileName: 'a+b 004.jpg',
      caption: 'Lunch at the "Krone"',
      date: '2009-01-09T02:57:47',
    });
  });

  test('on the last page nothing leads on; an animation’s second picture is no photo', () => {
    const listing = readGalleryPage('thumbsup', 'thumbsup-last-page.html', `${site}walks2.html`);
    expect(listing).toMatchObject({ rows: 10, unreadable: [], albums: [], next: undefined });
    expect(listing.photos).toHaveLength(10);
    expect(listing.photos.map(({ fileName }) => fileName)).toContain('plan & route 103.PNG');
  });

  test('a gallery that was made without its originals is told, and nothing else is taken', () => {
    const url = `${site}Holiday-album.html`;
    const { text } = galleryPage('thumbsup-album.html', url);
    const page = new Page({ url, text: text.replaceAll('media/original/', 'media/large/') });
    const listing = readListing(page, loadProfile('thumbsup'), { albumUrl: url, number: 1 });
    expect(listing.photos).toEqual([]);
    expect(listing.unreadable).toHaveLength(20);
  });
});

describe('lazygal', () => {
  const site = 'https://photos.test/';
  const album = `${site}Holiday%20album/`;

  test('an album’s page lists its photos, the album inside it, and leads on', () => {
    const listing = readGalleryPage('lazygal', 'lazygal-album.html', `${album}index.html`);
    expect(listing).toMatchObject({
      rows: 24,
      unreadable: [],
      albums: [{ url: `${album}Day%20trips%20%26%20walks/index.html`, title: 'Day trips & walks' }],
      next: `${album}index_1.html`,
    });
    expect(listing.photos).toHaveLength(24);
    expect(listing.photos[0]).toEqual({
      key: expect.any(String),
      id: '/Holiday album/Holiday trip 001',
      position: 1,
      thumbnailUrl: `${album}Holiday%20trip%20001_thumb.jpg`,
      detailUrl: `${album}Holiday%20trip%20001.html`,
      originals: [null],
    });
  });

  test('a photo’s own page says where its original is, and more', () => {
    const url = `${album}a%2Bb%20004.html`;
    const profile = loadProfile('lazygal');
    const row = { originals: [null], photo: {} };
    expect(readDetail(galleryPage('lazygal-photo.html', url), profile, row)).toEqual({
      originals: [`${album}a%2Bb%20004.jpg`],
      fileName: 'a+b 004.jpg',
      caption: 'Lunch at the "Krone"',
      date: '2009-01-09T02:57:00',
    });
  });
});

const site = 'https://photos.test/';
const key = expect.any(String);

test('igal2: an album’s page lists its photos, the folder inside it, and leads on', () => {
  const listing = readGalleryPage('igal2', 'igal2-album.html', site);
  expect(listing).toMatchObject({
    rows: 5,
    unreadable: [],
    albums: [{ url: `${site}Day%20trips%20%26%20walks`, title: 'Day trips & walks' }],
    next: `${site}1index.html`,
  });
  expect(listing.photos).toHaveLength(5);
  expect(listing.photos[3]).toEqual({
    key,
    id: '/Müller & Söhne 003.JPG',
    position: 4,
    thumbnailUrl: `${site}.pages/.thumb_M%C3%BCller%20%26%20S%C3%B6hne%20003.JPG`,
    originals: [`${site}M%C3%BCller%20%26%20S%C3%B6hne%20003.JPG`],
    title: 'Müller & Söhne 003',
    fileName: 'Müller & Söhne 003.JPG',
  });
});

describe('jigl', () => {
  test('an album’s page lists its photos; a % in a name, which jigl leaves as it is, is encoded', () => {
    const listing = readGalleryPage('jigl', 'jigl-album.html', site);
    expect(listing).toMatchObject({ rows: 4, unreadable: [], next: `${site}index1.html` });
    expect(listing.photos).toHaveLength(4);
    expect(listing.photos[0]).toEqual({
      key,
      id: '/100% sun 011.jpg',
      position: 1,
      thumbnailUrl: `${site}thumbs/thumb_100%25%20sun%20011.jpg`,
      detailUrl: `${site}1_info.html`,
      originals: [`${site}100%25%20sun%20011.jpg`, null],
      fileName: '100% sun 011.jpg',
    });
  });

  test('pages in a folder of their own lead to the originals in the folder around it', () => {
    const [photo] = readGalleryPage('jigl', 'jigl-album.html', `${site}walks/web/`).photos;
    expect(photo?.originals[1]).toBe(`${site}walks/100%25%20sun%20011.jpg`);
  });

  test('a photo’s page of camera data has its comment and when it was taken', () => {
    const page = galleryPage('jigl-photo.html', `${site}2_info.html`);
    const row = { originals: [null, null], photo: {} };
    expect(readDetail(page, loadProfile('jigl'), row)).toMatchObject({
      caption: 'Lunch at the "Krone"',
      date: '2009-01-09T02:57:47',
    });
  });
});

test('PiGallery2: a folder lists its own photos, and the folder inside it', () => {
  const content = `${site}api/gallery/content/`;
  const listing = readGalleryPage(
    'pigallery2',
    'pigallery2-folder.json',
    `${content}Our%20photos/`,
  );
  expect(listing).toMatchObject({
    rows: 8,
    unreadable: [],
    albums: [
      {
        url: `${content}Our%20photos/Day%20trips%20%26%20walks/`,
        title: 'Day trips & walks',
      },
    ],
    next: undefined,
    total: { value: 8 },
  });
  expect(listing.photos).toHaveLength(8);
  expect(listing.photos[5]).toEqual({
    key,
    id: 'Our photos/a+b 004.jpg',
    position: 6,
    thumbnailUrl: `${content}Our%20photos/a%2Bb%20004.jpg/thumbnail`,
    originals: [`${content}Our%20photos/a%2Bb%20004.jpg`],
    fileName: 'a+b 004.jpg',
    date: '2009-01-09T02:57:47',
  });
});

test('Apache::Gallery: a folder lists its photos, the folder inside it, and leads on', () => {
  const listing = readGalleryPage('apache-gallery', 'apache-gallery-folder.html', site);
  expect(listing).toMatchObject({
    rows: 2,
    unreadable: [],
    albums: [{ url: `${site}Day%20trips%20%26%20walks/`, title: 'Day trips & walks' }],
    next: `${site}?start=4`,
  });
  expect(listing.photos).toEqual([
    {
      key,
      id: '/100% sun 011.jpg',
      position: 1,
      thumbnailUrl: `${site}.cache/100x75-100%25%20sun%20011.jpg`,
      originals: [`${site}100%25%20sun%20011.jpg?orig`],
      title: '100% sun 011.jpg',
      fileName: '100% sun 011.jpg',
      date: '2009-01-11T06:43:34',
    },
    {
      key,
      id: '/Holiday trip 001.jpg',
      position: 2,
      thumbnailUrl: `${site}.cache/100x75-Holiday%20trip%20001.jpg`,
      originals: [`${site}Holiday%20trip%20001.jpg?orig`],
      // It has no date.
      title: 'Holiday trip 001.jpg',
      fileName: 'Holiday trip 001.jpg',
    },
  ]);
});
