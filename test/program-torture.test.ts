import { expect, test } from '@jest/globals';
import { torture } from './helpers/torture.js';

test('killed at random moments of its life, it loses nothing and repeats next to nothing', async () => {
  const kills = 5;
  const seed = Date.now() % 1_000_000;
  const report = await torture(kills, seed);

  expect({ seed, broken: report.broken }).toEqual({ seed, broken: [] });
  expect(Object.values(report.kills).reduce((sum, count) => sum + count)).toBe(kills);
});
