import { expect, test } from '@jest/globals';
import {
  detailRequest,
  imageRequest,
  listingRequest,
  loginRequest,
  requestSchemas,
} from '../../src/crawl/requests.js';
import { type PageRequest, retryPage } from '../../src/crawl/retry-page.js';
import type { WalkPlace } from '../../src/walk/walk-place.js';

const site = 'https://album.test/';
const albumUrl = `${site}Frame/AllPictures`;
const first: WalkPlace = {
  walk: 1,
  page: 1,
  url: albumUrl,
  titles: [],
  albumUrl,
  level: 0,
  number: 1,
};

test('the sign-in page is fetched anew in every run', () => {
  const request = loginRequest(site, 'r1');
  expect(request).toMatchObject({ url: site, label: 'LOGIN', userData: {} });
  expect(request.uniqueKey).not.toBe(loginRequest(site, 'r2').uniqueKey);
});

test('a listing page is another request in every run and walk', () => {
  const requests = [
    listingRequest(albumUrl, 'r1', first),
    listingRequest(albumUrl, 'r2', first),
    listingRequest(albumUrl, 'r1', { ...first, walk: 2 }),
    listingRequest(albumUrl, 'r1', { ...first, page: 2 }),
  ];
  expect(new Set(requests.map(({ uniqueKey }) => uniqueKey)).size).toBe(requests.length);
});

test('an original is the same request in every run, and a new one after each failure', () => {
  const keys = [0, 1, 2].map((failures) => imageRequest('a', failures).uniqueKey);
  expect(new Set(keys).size).toBe(3);
  expect(imageRequest('a', 0).uniqueKey).toBe(keys[0]);
});

test('a photo’s own page is another request in every run', () => {
  expect(detailRequest('a', 'r1').uniqueKey).not.toBe(detailRequest('a', 'r2').uniqueKey);
});

test('a request for a photo holds nothing that can run out: the key alone', () => {
  for (const { url, userData } of [imageRequest('a', 1), detailRequest('a', 'r1')]) {
    expect([url, userData]).toEqual(['photo:a', { key: 'a' }]);
  }
});

test('a try of a sign-in is not fetched as a page either', () => {
  const next = retryPage(loginRequest(site, 'r1'), new Error('no answer'))?.request;
  expect(next?.skipNavigation).toBe(true);
});

test('an original is not fetched as a page', () => {
  expect(imageRequest('a', 0).skipNavigation).toBe(true);
});

test('what the requests carry passes the check of their labels, on disk and back', () => {
  const requests = [
    loginRequest(site, 'r1'),
    listingRequest(albumUrl, 'r1', first),
    detailRequest('a', 'r1'),
    imageRequest('a', 0),
  ];
  for (const { label, userData } of requests) {
    const stored = JSON.parse(JSON.stringify(userData));
    expect(requestSchemas[label].parse(stored)).toEqual(userData);
  }
});

test('a page that cannot be read is tried six times, each try a request of its own', () => {
  const tried: PageRequest[] = [];
  let request: PageRequest | undefined = listingRequest(albumUrl, 'r1', first);
  while (request !== undefined) {
    tried.push(request);
    request = retryPage(request, new Error('no answer'))?.request;
  }
  expect(new Set(tried.map(({ uniqueKey }) => uniqueKey)).size).toBe(6);
  for (const { url, label, userData } of tried) {
    expect({ url, label }).toEqual({ url: albumUrl, label: 'LISTING' });
    expect(userData).toMatchObject({ place: first });
  }
});
