import { expect, test } from '@jest/globals';
import type { RunRecord } from '../../src/album/album.js';
import { listDoubts } from '../../src/album/list-doubts.js';

const begun: RunRecord = { startedAt: '2026-11-22T10:00:00.000Z', processId: 1 };
const doubts = ['The album has more than 4 pages.'];

test('a run that ended as it should leaves what it doubted, and nothing where that is nothing', () => {
  expect(listDoubts({ ...begun, ending: 'complete', doubts: [] })).toEqual([]);
  expect(listDoubts({ ...begun, ending: 'incomplete', doubts: [] })).toEqual([]);
  expect(listDoubts({ ...begun, ending: 'incomplete', doubts })).toEqual(doubts);
});

test('a run that ended early, or has not ended, is itself a doubt', () => {
  expect(listDoubts({ ...begun, ending: 'interrupted', doubts })).toEqual([
    ...doubts,
    'The last run was interrupted by Ctrl-C, so the list may not be whole. Run the same command again.',
  ]);
  const underWay =
    'The last run has not ended, so the list may not be whole. Run the same command again.';
  expect(listDoubts(begun)).toEqual([underWay]);
});
