import { firstProgress, mostDeaths } from './job-progress.js';
import { type Outcome, parseOutcome } from './outcome.js';
import type { FoundAlbum } from './queued-albums.js';

/** Why an album waits. */
export interface WaitingReason {
  /** When it may begin, in milliseconds since 1970; undefined where that is not known. */
  next: number | undefined;
  /** In sentences; empty where it only waits for its turn. */
  text: string;
}

/**
 * Says why an album waits that is not being worked on, and is to be.
 *
 * @param pausedUntil when its host's pause ends, in milliseconds since 1970; undefined without one
 * @param now likewise
 */
export function waitingReason(
  { job, state }: FoundAlbum,
  pausedUntil: number | undefined,
  now: number,
): WaitingReason {
  const outcome = parseOutcome(job.failedReason);
  const again = nextTry(outcome);
  if (state === 'delayed' && again !== undefined && again > now) {
    return { next: Math.max(again, pausedUntil ?? 0), text: outcome?.reason ?? '' };
  }
  const sentences: string[] = [];
  const { deaths } = firstProgress(job, now);
  if (deaths > 0) sentences.push(deathsInWords(deaths));
  if (pausedUntil !== undefined) sentences.push('Its host asked for a pause.');
  // The only other reason to put an album off is that somebody is signed in to its account.
  else if (state === 'delayed' && deaths < mostDeaths - 1) {
    sentences.push('It waits for another album of the same account.');
  }
  if (sentences.length === 0 && outcome !== undefined) {
    sentences.push(`It is to be tried again: ${outcome.reason}`);
  }
  return { next: pausedUntil, text: sentences.join(' ') };
}

function nextTry(outcome: Outcome | undefined): number | undefined {
  return outcome?.again === undefined ? undefined : Date.parse(outcome.again);
}

/** What became of the workers of its last attempts. */
export function deathsInWords(deaths: number): string {
  const died = `The last ${deaths === 1 ? 'attempt' : `${deaths} attempts`} ended with the death of the worker, and saved nothing more.`;
  if (deaths < mostDeaths - 1) return died;
  if (deaths < mostDeaths) return `${died} It is tried once more, alone on a worker.`;
  return `${died} It will be given up.`;
}
