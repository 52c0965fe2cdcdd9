import { expect, test } from '@jest/globals';
import { listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withAlbum } from './with-album.js';

const [a, b] = [listedPhoto('a'), listedPhoto('b')];

test('where the originals are that are saved is forgotten, all at once', () =>
  withAlbum(async ({ album }) => {
    const { sources } = album;
    await sources.putListed([a, b].map((photo) => ({ photo, originals: [`/${photo.key}.jpg`] })));
    await album.recordSaved(savedOutcome(a));
    expect(sources.ofUnsaved('a')).toBeUndefined();
    expect(sources.ofUnsaved('b')).toMatchObject({ photo: b, originals: ['/b.jpg'] });
    expect(sources.of('a').photo).toEqual(a);

    await sources.removeSaved();
    expect(sources.ofUnsaved('a')).toBeUndefined();
    expect(() => sources.ofUnsaved('c')).toThrow('nothing is known of where the photo c is');
    expect(() => sources.of('a')).toThrow('nothing is known of where the photo a is');
    expect(sources.ofUnsaved('b')).toEqual(sources.of('b'));
  }));
