import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { RunControl } from '../../src/crawl/run-control.js';
import { EscapeError } from '../../src/errors.js';

const interrupted = new EscapeError('interrupted', 'Stopped.');
const full = new EscapeError('disk', 'The disk is full.');

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('a run goes on until it is stopped', () => {
  const control = new RunControl();
  expect(control.cause).toBeUndefined();
  expect(control.dropped.aborted).toBe(false);
});

test('a stop without grace drops what is under way, for that cause', () => {
  const control = new RunControl();
  control.stop(full);
  expect(control.cause).toBe(full);
  expect(control.dropped.reason).toBe(full);
});

test('a stop with grace lets downloads finish, and drops them when it has passed', () => {
  const control = new RunControl();
  control.stop(interrupted, 4000);
  expect(control.cause).toBe(interrupted);
  jest.advanceTimersByTime(3999);
  expect(control.dropped.aborted).toBe(false);
  jest.advanceTimersByTime(1);
  expect(control.dropped.reason).toBe(interrupted);
});

test('nothing new is begun from the first stop on, and that is said once', () => {
  const control = new RunControl();
  const nothingNew = jest.fn();
  control.onStop(nothingNew);
  expect(nothingNew).not.toHaveBeenCalled();
  control.stop(interrupted, 4000);
  control.stop(full);
  expect(nothingNew).toHaveBeenCalledTimes(1);
});

test('whoever asks after the stop is told at once', () => {
  const control = new RunControl();
  control.stop(interrupted, 4000);
  const nothingNew = jest.fn();
  control.onStop(nothingNew);
  expect(nothingNew).toHaveBeenCalledTimes(1);
});

test('the first cause counts, and a later stop shortens the grace', () => {
  const control = new RunControl();
  control.stop(interrupted, 4000);
  control.stop(full, 10);
  jest.advanceTimersByTime(10);
  expect(control.cause).toBe(interrupted);
  expect(control.dropped.reason).toBe(interrupted);
});

test('a run that has ended waits for no grace', () => {
  const control = new RunControl();
  control.stop(interrupted, 4000);
  control.close();
  expect(jest.getTimerCount()).toBe(0);
  expect(control.dropped.aborted).toBe(false);
});

// The timer begins anew with whatever grace the later call brings.
test('a later stop does not lengthen the grace', () => {
  const control = new RunControl();
  control.stop(interrupted, 10);
  control.stop(full, 4000);
  jest.advanceTimersByTime(10);
  expect(control.dropped.aborted).toBe(true);
});
