import { expect, test } from '@jest/globals';
import { savedFiles } from '../../src/album/saved-files.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withAlbum } from './with-album.js';

const [a, b, c, d] = [listedPhoto('a'), listedPhoto('b'), listedPhoto('c'), listedPhoto('d')];

test('whatever was ever saved comes once, as it was saved last, and whether it counts', () =>
  withAlbum(async ({ album, push }) => {
    const again = { ...savedOutcome(a), bytes: 7 };
    await push(savedOutcome(a), savedOutcome(b), failedOutcome(c), failedOutcome(b));
    await push(failedOutcome(a), again, failedOutcome(d), savedOutcome(d));
    expect(await savedFiles(album)).toEqual([
      { saved: again, counts: true },
      { saved: savedOutcome(b), counts: false },
      { saved: savedOutcome(d), counts: true },
    ]);
  }));
