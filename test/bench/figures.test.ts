import { describe, expect, test } from '@jest/globals';
import { type CaseName, cases, caseTitle } from '../../bench/cases.js';
import type { ContenderName } from '../../bench/contenders/contenders.js';
import { betweenMarks } from '../../bench/documents.js';
import { reachRows } from '../../bench/reach.js';
import { plannedRounds, plannedSeconds } from '../../bench/readme-plan.js';
import { type CaseReport, standings } from '../../bench/report.js';
import { summary } from '../../bench/summary.js';

describe('documents', () => {
  test('a text takes the place of the one between the marks', () => {
    const document = 'before\n\n<!-- bench -->\n\nold\n\n<!-- /bench -->\nafter\n';
    const changed = betweenMarks('README.md', document, 'new\n');
    expect(changed).toBe('before\n\n<!-- bench -->\n\nnew\n\n<!-- /bench -->\nafter\n');
    expect(betweenMarks('README.md', changed, 'new')).toBe(changed);
  });

  test('a document without marks is refused by name', () => {
    expect(() => betweenMarks('README.md', 'text', 'new')).toThrow(
      'README.md needs the lines <!-- bench --> and <!-- /bench -->',
    );
  });
});

describe('the plan for the README', () => {
  test('who takes long is measured in one round, the others in all', () => {
    expect(plannedRounds('line', 'wget', 3)).toBe(1);
    expect(plannedRounds('line', 'scrapy', 3)).toBe(3);
  });

  test('more rounds and more contenders take longer', () => {
    const few = plannedSeconds(['photo-escape'], 1);
    expect(plannedSeconds(['photo-escape'], 3)).toBeGreaterThan(few);
    expect(plannedSeconds(['photo-escape', 'scrapy'], 1)).toBeGreaterThan(few);
  });
});

describe('a summary', () => {
  test('several runs come to their median, their spread and their highest peak', () => {
    const runs = [
      { seconds: 3, peakMegabytes: 90, cpuSeconds: 2, requests: 5 },
      { seconds: 10, peakMegabytes: 120, cpuSeconds: 1, requests: 6 },
      { seconds: 1, peakMegabytes: 100, cpuSeconds: 9, requests: 5 },
    ];
    expect(summary(runs)).toEqual({
      median: 3,
      least: 1,
      most: 10,
      peakMegabytes: 120,
      cpuSeconds: 2,
      requests: 6,
    });
    expect(summary(runs.slice(0, 2))?.median).toBe(6.5);
  });

  test('what could not be measured is absent', () => {
    expect(summary([{ seconds: 2 }])).toEqual({ median: 2, least: 2, most: 2 });
    expect(summary([])).toBeUndefined();
  });
});

describe('what is reached', () => {
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
});
