import { expect, test } from '@jest/globals';
import { linkedSignal } from '../../src/http/linked-signal.js';

const reason = new Error('the run is over');

test('the end of the run is the end of the request, for the same reason', () => {
  const run = new AbortController();
  const { signal } = linkedSignal(run.signal);
  expect(signal.aborted).toBe(false);
  run.abort(reason);
  expect(signal.reason).toBe(reason);
});

test('a request begun after the end of the run is over at once', () => {
  expect(linkedSignal(AbortSignal.abort(reason)).signal.reason).toBe(reason);
});

test('once released it hears nothing more', () => {
  const run = new AbortController();
  const { signal, release } = linkedSignal(run.signal);
  release();
  run.abort(reason);
  expect(signal.aborted).toBe(false);
});
