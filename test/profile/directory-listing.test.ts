import { expect, test } from '@jest/globals';
import { readGalleryPage } from './gallery-page.js';

const folder = 'https://photos.test/Our%20photos/';
const names = [
  '100% sun 011.jpg',
  'Müller & Söhne 003.JPG',
  'a+b 004.jpg',
  'rain; wind, sun 006.JPEG',
] as const;

test.each([
  ['Apache', 'apache-listing.html'],
  ['Apache, as a table', 'apache-listing-table.html'],
  ['nginx', 'nginx-listing.html'],
])('%s lists photos with their dates, and the folder inside, but no other', (_server, page) => {
  const listing = readGalleryPage('directory-listing', page, folder);
  expect(listing.unreadable).toEqual([]);
  expect(listing.albums.map(({ url, title }) => [decodeURIComponent(url), title])).toEqual([
    ['https://photos.test/Our photos/Day trips & walks/', 'Day trips & walks'],
  ]);
  expect(listing.photos.map(({ fileName }) => fileName)).toEqual(names);
  expect(listing.photos[3]).toMatchObject({
    id: '/Our photos/rain; wind, sun 006.JPEG',
    originals: [expect.stringMatching(/rain(?:;|%3B)%20wind(?:,|%2C)%20sun%20006\.JPEG$/)],
    date: '2010-06-01T12:05:00',
  });
});
