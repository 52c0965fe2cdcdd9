import { describe, expect, test } from '@jest/globals';
import { readDetail } from '../../src/profile/listed-item.js';
import { loadProfile } from '../../src/profile/load.js';
import { galleryPage, readGalleryPage } from './gallery-page.js';

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
