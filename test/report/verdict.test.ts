import { expect, test } from '@jest/globals';
import type { RunRecord } from '../../src/album/album.js';
import { type Ending, exitCodes } from '../../src/errors.js';
import { type Grounds, verdict } from '../../src/report/verdict.js';

const run = (ending?: Ending, doubts: string[] = []): RunRecord => ({
  startedAt: '2026-11-22T10:00:00.000Z',
  processId: 1,
  ...(ending && { ending, doubts }),
});
const grounds = (counts: Partial<Grounds['counts']>, rest: Partial<Grounds> = {}): Grounds => ({
  counts: { listed: 0, saved: 0, failed: 0, pending: 0, lost: 0, ...counts },
  lastRun: run('complete'),
  doubtfulOriginals: false,
  ...rest,
});
const whole = { listed: 1374, saved: 1374 };

test.each<[string, Grounds, string]>([
  ['all are saved', grounds(whole), 'considered rescued: all 1,374 photos'],
  ['the one photo is', grounds({ listed: 1, saved: 1 }), 'rescued: the one photo that it lists is'],
  [
    'all are saved and some may not be originals',
    grounds(whole, { doubtfulOriginals: true }),
    'rescued as far as the site holds it: all 1,374 photos',
  ],
  [
    'one is damaged on the site itself',
    grounds(whole, { damagedAtSource: 1 }),
    'checked, but 1 photo is damaged on the site itself.',
  ],
  [
    'some are damaged there and some may not be originals',
    grounds(whole, { damagedAtSource: 2, doubtfulOriginals: true }),
    'but 2 photos are damaged on the site itself, and there are signs',
  ],
  ['the album is empty', grounds({}), 'nothing to rescue'],
])('where %s it is rescued', (_what, given, words) => {
  const { rescued, sentence } = verdict(given);
  expect(rescued).toBe(true);
  expect(sentence).toContain(words);
});

test.each<[string, Grounds, string]>([
  [
    'some failed and some are open',
    grounds({ listed: 1374, saved: 1371, failed: 1, pending: 2 }),
    '3 of the 1,374 photos that it lists are not saved',
  ],
  ['some were lost', grounds({ ...whole, lost: 2 }), '2 photos that it no longer lists were saved'],
  [
    'the list is in doubt',
    grounds(whole, { lastRun: run('incomplete', ['It kept changing.']) }),
    'that list may not be whole',
  ],
  ['it was interrupted', grounds(whole, { lastRun: run('interrupted') }), 'interrupted by Ctrl-C'],
  ['the run is under way', grounds(whole, { lastRun: run() }), 'no run has ended since'],
  ['there was no run', grounds(whole, { lastRun: undefined }), 'no run has ended since'],
  [
    'nothing was saved at all',
    grounds({}, { lastRun: run('signIn') }),
    'nothing was saved, but the site refused the sign-in of the last run',
  ],
])('where %s it is not', (_what, given, words) => {
  const { rescued, sentence } = verdict(given);
  expect(rescued).toBe(false);
  expect(sentence).toContain('cannot be considered rescued');
  expect(sentence).toContain(words);
});

test('every ending but a complete one is a reason of its own', () => {
  const endings = Object.keys(exitCodes).filter((ending) => ending !== 'complete') as Ending[];
  const sentences = endings.map((ending) => verdict(grounds(whole, { lastRun: run(ending) })));
  expect(sentences.map(({ rescued }) => rescued)).toEqual(endings.map(() => false));
  expect(new Set(sentences.map(({ sentence }) => sentence)).size).toBe(endings.length);
});

test('a list in doubt says what to do before the next run', () => {
  const doubtful = grounds(whole, { lastRun: run('incomplete', ['The site says 1,375 photos.']) });
  expect(verdict(doubtful)).toEqual({
    rescued: false,
    sentence:
      'This album cannot be considered rescued yet: all 1,374 photos that it lists are saved, but that list may not be whole. Do what is said below, then run the same command again.',
  });
});
