import { expect, test } from '@jest/globals';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withAlbum } from './with-album.js';

const [a, b, c, d] = [listedPhoto('a'), listedPhoto('b'), listedPhoto('c'), listedPhoto('d')];

test('a photo is listed once, with its last outcome, in the order of the first ones', () =>
  withAlbum(async ({ album: { photos }, push }) => {
    const many = Array.from({ length: 450 }, (_, index) => savedOutcome(listedPhoto(`${index}`)));
    await push(failedOutcome(a), savedOutcome(b), ...many, savedOutcome(a), failedOutcome(b));
    const listed = [];
    for await (const { outcome } of photos.list()) listed.push(outcome);
    expect(listed).toEqual([savedOutcome(a), failedOutcome(b), ...many]);
  }));

test('whatever was ever saved comes once, as it was saved last, and whether it counts', () =>
  withAlbum(async ({ album: { photos }, push }) => {
    const again = { ...savedOutcome(a), bytes: 7 };
    await push(savedOutcome(a), savedOutcome(b), failedOutcome(c), failedOutcome(b));
    await push(failedOutcome(a), again, failedOutcome(d), savedOutcome(d));
    expect([...photos.savedFiles()]).toEqual([
      { saved: again, counts: true },
      { saved: savedOutcome(b), counts: false },
      { saved: savedOutcome(d), counts: true },
    ]);
  }));

test('it knows what is saved, and whether that was before the run', () =>
  withAlbum(async ({ album: { photos } }) => {
    await photos.push(savedOutcome(a), 'run 1');
    await photos.push(savedOutcome(b), 'run 2');
    await photos.push(failedOutcome(c), 'run 2');
    const keys = [a, b, c, d].map(({ key }) => key);
    expect(keys.map((key) => photos.isSaved(key))).toEqual([true, true, false, false]);
    expect([...photos.savedAmong('run 2', [...keys, 'a'])]).toEqual([
      ['a', { beforeRun: true }],
      ['b', { beforeRun: false }],
    ]);
    expect(photos.savedAmong('run 2', ['c', 'b'])).toEqual(new Map([['b', { beforeRun: false }]]));
  }));

test('what is saved outside of a run was saved before any run', () =>
  withAlbum(async ({ album: { photos }, push }) => {
    await push(savedOutcome(a));
    expect(photos.savedAmong('run 1', ['a'])).toEqual(new Map([['a', { beforeRun: true }]]));
  }));

test('a photo that is lost since is not saved, until it is saved again', () =>
  withAlbum(async ({ album: { photos }, push }) => {
    await push(savedOutcome(a), failedOutcome(a));
    expect([photos.isSaved('a'), photos.savedAmong('run 1', ['a']).size]).toEqual([false, 0]);
    await photos.push(savedOutcome(a), 'run 1');
    expect(photos.isSaved('a')).toBe(true);
    expect(photos.savedAmong('run 1', ['a'])).toEqual(new Map([['a', { beforeRun: false }]]));
  }));

test('failures before the run are counted, also before a success; those of the run are not', () =>
  withAlbum(async ({ album: { photos }, push }) => {
    await push(failedOutcome(a), failedOutcome(b), failedOutcome(a), savedOutcome(b));
    await photos.push(failedOutcome(a), 'run 1');
    await photos.push(failedOutcome(c), 'run 1');
    const before = (run: string) => [a, b, c, d].map(({ key }) => photos.failuresBefore(run, key));
    expect(before('run 1')).toEqual([2, 1, 0, 0]);
    expect(before('run 2')).toEqual([3, 1, 1, 0]);
  }));

test('contents that several saved photos have are found by the whole SHA-256', () =>
  withAlbum(async ({ album: { photos }, push }) => {
    const begin = '0123456789abcdef'.repeat(3);
    const sums = [`${begin}00`, `${begin}01`, `${begin}00`, `${begin}02`];
    await push(
      ...[a, b, c, d].map((photo, at) => ({ ...savedOutcome(photo), sha256: sums[at] ?? '' })),
    );
    expect(photos.repeatedContents()).toEqual(new Set([sums[0]]));
    await push(failedOutcome(c));
    expect(photos.repeatedContents()).toEqual(new Set());
  }));
