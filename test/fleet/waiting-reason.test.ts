import { expect, test } from '@jest/globals';
import { firstProgress } from '../../src/fleet/job-progress.js';
import type { FoundAlbum } from '../../src/fleet/queued-albums.js';
import { waitingReason } from '../../src/fleet/waiting-reason.js';

const now = Date.parse('2026-11-26T12:00:00Z');
const inAnHour = now + 3_600_000;

/** An album in the queue, whose worker died so often. */
function found(
  state: FoundAlbum['state'],
  { deaths = 0, failedReason = '' }: { deaths?: number; failedReason?: string },
): FoundAlbum {
  const job = { progress: {}, attemptsStarted: deaths, stalledCounter: 0, failedReason };
  for (let death = 1; death <= deaths; death++) {
    job.progress = firstProgress(job, now);
    job.stalledCounter = death;
  }
  return { state, job: job as unknown as FoundAlbum['job'] };
}

function failed(again: number): string {
  const tries = { incomplete: 0, later: 1, unexpected: 0 };
  return JSON.stringify({
    ...{ ending: 'later', reason: 'The site is down.', listed: 0, saved: 0, failed: 0, tries },
    again: new Date(again).toISOString(),
  });
}

test('an album that was not begun yet waits for its turn', () => {
  expect(waitingReason(found('waiting', {}), undefined, now)).toEqual({
    next: undefined,
    text: '',
  });
});

test('an album that is tried again says when and why', () => {
  const later = found('delayed', { failedReason: failed(inAnHour) });
  expect(waitingReason(later, undefined, now)).toEqual({
    next: inAnHour,
    text: 'The site is down.',
  });
  // It cannot begin before its host's pause ends.
  expect(waitingReason(later, inAnHour + 1, now).next).toBe(inAnHour + 1);
  const due = found('waiting', { failedReason: failed(now - 1) });
  expect(waitingReason(due, undefined, now)).toEqual({
    next: undefined,
    text: 'It is to be tried again: The site is down.',
  });
});

test('an album of a host that asked for a pause waits for its end', () => {
  expect(waitingReason(found('waiting', {}), inAnHour, now)).toEqual({
    next: inAnHour,
    text: 'Its host asked for a pause.',
  });
});

test('an album of an account that is in use waits for it', () => {
  const { text } = waitingReason(found('delayed', {}), undefined, now);
  expect(text).toBe('It waits for another album of the same account.');
});

test('an album whose workers died says so, and that it is tried alone', () => {
  expect(waitingReason(found('waiting', { deaths: 1 }), undefined, now).text).toBe(
    'The last attempt ended with the death of the worker, and saved nothing more.',
  );
  expect(waitingReason(found('delayed', { deaths: 2 }), undefined, now).text).toBe(
    'The last 2 attempts ended with the death of the worker, and saved nothing more. It is tried once more, alone on a worker.',
  );
});
