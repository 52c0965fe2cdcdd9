import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { showBar, timeLeft } from '../../src/cli/progress-bar.js';

const state = () => ({ done: 3, total: 12, beside: 'photos · …', line: '3 of 12 photos' });

/** What is printed by the time that the display is stopped. */
function printed(isTTY: boolean): string {
  const err = Object.assign(new PassThrough(), { isTTY });
  showBar({ in: new PassThrough(), out: new PassThrough(), err }, state)();
  return String(err.read() ?? '');
}

test('on a terminal the bar is drawn at once, with the numbers and the text beside it', () => {
  expect(printed(true)).toContain('█████░░░░░░░░░░░░░░░ 3/12 photos · …');
});

test('elsewhere short work prints nothing', () => {
  expect(printed(false)).toBe('');
});

test('before anything is done the time left is not known', () => {
  expect(timeLeft(performance.now() - 1000, 0, 12)).toBe('…');
  expect(timeLeft(performance.now() - 1000, 12, 12)).toBe('0 s');
});
