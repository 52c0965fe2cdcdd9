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
