import { describe, expect, test } from '@jest/globals';
import { instantOf, photoDate } from '../../src/album/photo-date.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';

const photo = {
  ...listedPhoto('a'),
  date: '2012-07-05',
  uploadedAt: '2016-11-24T00:43:59.217Z',
};
const taken = (takenAt: string) => ({ ...savedOutcome(photo), takenAt });

describe('the date that counts', () => {
  test('is that of the camera, else the site’s own, else that of the upload', () => {
    const { date: _date, ...uploaded } = photo;
    const exif = { date: '2012-07-04T12:34:56', source: 'exif' };
    expect(photoDate(photo, taken('2012-07-04T12:34:56'))).toEqual(exif);
    expect(photoDate(photo, savedOutcome(photo))).toEqual({ date: '2012-07-05', source: 'site' });
    expect(photoDate(photo, failedOutcome(photo))).toEqual({ date: '2012-07-05', source: 'site' });
    expect(photoDate(uploaded)).toEqual({ date: photo.uploadedAt, source: 'upload' });
    expect(photoDate(listedPhoto('a'))).toBeUndefined();
  });

  test.each(['2012-07-04T12:34:56+02:00', '2012-07-04T12:34', '2012-07-04', '2012-07', '2012'])(
    'stays as its source wrote it: %s',
    (date) => {
      expect(photoDate({ date })).toEqual({ date, source: 'site' });
    },
  );

  test.each([
    '0000-00-00T00:00:00',
    '0001-01-01T00:00:00',
    '2012-13-04T12:34:56',
    '2013-02-29',
    '2012-07-04T25:00:00',
    '2012-W27',
    'July 2012',
    '',
  ])('is none that no photo can have: %s', (date) => {
    expect(photoDate({ date, uploadedAt: photo.uploadedAt })?.source).toBe('upload');
    expect(photoDate(photo, taken(date))?.source).toBe('site');
  });
});

describe('the instant of a date', () => {
  const instant = (date: string) => instantOf({ date, source: 'site' });

  test('with a zone is the same everywhere', () => {
    expect(instant('2012-07-04T12:34:56+02:00').toISOString()).toBe('2012-07-04T10:34:56.000Z');
    expect(instant('2012-07-04T12:34:56Z').toISOString()).toBe('2012-07-04T12:34:56.000Z');
  });

  test('without one is local time of the machine', () => {
    expect(instant('2012-07-04T12:34:56')).toEqual(new Date(2012, 6, 4, 12, 34, 56));
    expect(instant('2012-07-04')).toEqual(new Date(2012, 6, 4));
    expect(instant('2012')).toEqual(new Date(2012, 0, 1));
  });
});
