import { expect, test } from '@jest/globals';
import { plannedRounds, plannedSeconds } from '../../bench/readme-plan.js';

test('who takes long is measured in one round, the others in all', () => {
  expect(plannedRounds('line', 'wget', 3)).toBe(1);
  expect(plannedRounds('line', 'scrapy', 3)).toBe(3);
});

test('more rounds and more contenders take longer', () => {
  const few = plannedSeconds(['photo-escape'], 1);
  expect(plannedSeconds(['photo-escape'], 3)).toBeGreaterThan(few);
  expect(plannedSeconds(['photo-escape', 'scrapy'], 1)).toBeGreaterThan(few);
});
