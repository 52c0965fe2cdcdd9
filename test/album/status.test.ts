import { expect, test } from '@jest/globals';
import { albumStatus } from '../../src/album/status.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withAlbum } from './with-album.js';

const [a, b, c] = [listedPhoto('a'), listedPhoto('b'), listedPhoto('c')];

test('the last outcome of a photo counts, also where it was saved before', () =>
  withAlbum(async ({ album, push }) => {
    await album.setIdentity({ profile: 'kodak-pulse', url: 'https://album.test/', username: 'a' });
    await push(savedOutcome(a), failedOutcome(a), failedOutcome(b), savedOutcome(b));
    await album.writeListingPage(1, [a, b, c]);
    expect(await albumStatus(album)).toMatchObject({
      counts: { listed: 3, saved: 1, failed: 1, pending: 1, left: 0 },
      bytes: 125_000,
    });
  }));
