import { expect, test } from '@jest/globals';
import {
  type CrawlRequest,
  imageRequest,
  listingRequest,
  listingUrl,
  loginRequest,
  requestSchemas,
} from '../../src/crawler/requests.js';
import { retryPage } from '../../src/crawler/retry-page.js';
import { loadProfile } from '../../src/profile/load.js';
import { listedPhoto } from '../sample-photo.js';

const kodakPulse = loadProfile('kodak-pulse');
const site = 'https://album.test/';
const first = { run: 'r1', walk: 1, page: 1 };

test('the first page has no number in its address, the further ones have', () => {
  expect(listingUrl(kodakPulse, site, 1)).toBe(`${site}Frame/AllPictures`);
  expect(listingUrl(kodakPulse, site, 2)).toBe(`${site}Frame/AllPictures?p=2`);
});

test('a page number joins what the address asks for already', () => {
  const listing = { page: '/all?size=large', pageParameter: 'page', mostPages: 9 };
  expect(listingUrl({ ...kodakPulse, listing }, site, 3)).toBe(`${site}all?size=large&page=3`);
});

test('the sign-in page is fetched anew in every run', () => {
  const request = loginRequest(kodakPulse, site, 'r1');
  expect(request).toMatchObject({ url: site, label: 'LOGIN', userData: { run: 'r1' } });
  expect(request.uniqueKey).not.toBe(loginRequest(kodakPulse, site, 'r2').uniqueKey);
});

test('a listing page is another request in every run and walk', () => {
  const places = [first, { ...first, run: 'r2' }, { ...first, walk: 2 }, { ...first, page: 2 }];
  const keys = places.map((place) => listingRequest(kodakPulse, site, place).uniqueKey);
  expect(new Set(keys).size).toBe(places.length);
});

test('an original is the same request in every run, and a new one after each failure', () => {
  const photo = listedPhoto('a');
  const { uniqueKey } = imageRequest(photo, 0);
  expect(imageRequest({ ...photo, page: 9, originalUrl: `${site}moved` }, 0).uniqueKey).toBe(
    uniqueKey,
  );
  const keys = [uniqueKey, imageRequest(photo, 1).uniqueKey, imageRequest(photo, 2).uniqueKey];
  expect(new Set(keys).size).toBe(3);
});

test('an original is not fetched as a page', () => {
  expect(imageRequest(listedPhoto('a'), 0).skipNavigation).toBe(true);
});

test('what the requests carry passes the check of their labels, on disk and back', () => {
  const requests = [
    loginRequest(kodakPulse, site, 'r1'),
    listingRequest(kodakPulse, site, first),
    imageRequest(listedPhoto('a'), 0),
  ];
  for (const { label, userData } of requests) {
    const stored = JSON.parse(JSON.stringify(userData));
    expect(requestSchemas[label].parse(stored)).toEqual(userData);
  }
});

test('a page that cannot be read is tried six times, each try a request of its own', () => {
  const tried: CrawlRequest[] = [];
  let request: CrawlRequest | undefined = listingRequest(kodakPulse, site, first);
  while (request !== undefined) {
    tried.push(request);
    request = retryPage(request, new Error('no answer'))?.request;
  }
  expect(new Set(tried.map(({ uniqueKey }) => uniqueKey)).size).toBe(6);
  for (const { url, label, userData } of tried) {
    expect({ url, label }).toEqual({ url: `${site}Frame/AllPictures`, label: 'LISTING' });
    expect(userData).toMatchObject(first);
  }
});
