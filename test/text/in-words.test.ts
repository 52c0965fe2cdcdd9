import { expect, test } from '@jest/globals';
import {
  albumInWords,
  bytesInWords,
  dateInWords,
  numberInWords,
  photosInWords,
} from '../../src/text/in-words.js';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [125_400, '125.4 kB'],
  [2_000_000, '2 MB'],
  [12_345_678_900, '12.3 GB'],
])('%d bytes are %s', (bytes, words) => {
  expect(bytesInWords(bytes)).toBe(words);
});

test('numbers have separators, and one photo is not photos', () => {
  expect(numberInWords(1374)).toBe('1,374');
  expect(photosInWords(1)).toBe('1 photo');
  expect(photosInWords(1374)).toBe('1,374 photos');
});

test.each([
  ['2016-11-24T00:43:59.217Z', '2016-11-24 00:43 UTC'],
  ['2012-07-04T12:34:56+02:00', '2012-07-04 12:34+02:00'],
  ['2012-07-04', '2012-07-04'],
])('the date %s is %s', (date, words) => {
  expect(dateInWords(date)).toBe(words);
});

test('an album is named with its user, where it has one', () => {
  const album = { profile: 'club', url: 'https://club.test/', username: '' };
  expect(albumInWords(album)).toBe('club, https://club.test/');
  expect(albumInWords({ ...album, username: 'anna' })).toBe('club, https://club.test/, user anna');
});
