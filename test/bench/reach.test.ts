import { expect, test } from '@jest/globals';
import { type CaseName, cases, caseTitle } from '../../bench/cases.js';
import type { ContenderName } from '../../bench/contenders/contenders.js';
import { reachRows } from '../../bench/reach.js';
import { type CaseReport, standings } from '../../bench/report.js';

/** A case in which each contender ran once, with those seconds, wall and processor. */
function measured(
  name: CaseName,
  times: Partial<Record<ContenderName, [seconds: number, cpuSeconds: number]>>,
): CaseReport {
  const results = Object.entries(times).map(([contender, [seconds, cpuSeconds]]) => ({
    contender: contender as ContenderName,
    runs: [{ seconds, cpuSeconds, peakMegabytes: 150 }],
  }));
  return {
    name,
    title: caseTitle(cases[name]),
    ...cases[name],
    standings: standings(results),
  };
}

test('the version before and the one now are compared with what is wanted', () => {
  const rows = reachRows([
    measured('line', { 'photo-escape': [28, 5], before: [30, 9] }),
    measured('photos', { 'photo-escape': [5, 8], before: [6, 12], scrapy: [10, 10] }),
    measured('again', { 'photo-escape': [2, 2.5], before: [3, 4] }),
  ]);
  expect(rows).toEqual([
    ['figure', 'before', 'now', 'wanted', ''],
    ['line: share of what the line carries', '0.92', '0.98', '≥ 0.97', ''],
    ["photos: time ÷ Scrapy's", '0.6', '0.5', '≤ 0.45', 'missed'],
    ["photos: processor time ÷ Scrapy's", '1.2', '0.8', '≤ 0.8', ''],
    ['again: processor time, s', '4', '2.5', '≤ 2', 'missed'],
    ['peak memory of all cases, MB', '150', '150', '≤ 220', ''],
  ]);
});

test('latency is compared with the photos that are fetched at once', () => {
  const rows = reachRows([measured('latency', { 'photo-escape': [13.74 * 1.5, 5] })]);
  expect(rows?.[1]).toEqual(['latency: time ÷ latency alone', '', '1.5', '≤ 1.2', 'missed']);
});

test('without figures there is nothing to compare', () => {
  expect(reachRows([])).toBeUndefined();
});
