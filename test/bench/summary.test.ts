import { expect, test } from '@jest/globals';
import { summary } from '../../bench/summary.js';

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
