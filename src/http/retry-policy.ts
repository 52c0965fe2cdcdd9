import { setTimeout as delay } from 'node:timers/promises';
import {
  CannotResumeError,
  DamagedOriginalError,
  DownloadError,
  type DownloadFailure,
} from './download-error.js';

/** Tries of a page at the most, the first among them. Each is a request of its own in the queue. */
export const mostPageTries = 6;

/** Tries of an original at one address at the most, by the kind of failure that came last. */
const mostOriginalTries = {
  // The server says that another try will hardly help.
  lasting: 2,
  answer: 6,
  connection: 6,
  // Nothing changes until a person changes it.
  barred: 1,
} as const satisfies Record<DownloadFailure, number>;

/** Requests in a row for the rest of an original that bring no further byte. */
const mostResumes = 5;

/**
 * New sessions for one original, and in a row without a page that came signed in: a site that ends
 * every session at once is not signed in to without end. They are not counted as tries, since they
 * say nothing about the original.
 */
export const mostRenewals = 3;

/** Longest pause before a retry, in milliseconds. */
const longestPause = 30_000;

/** Whether an original may be requested again at the same address. */
function mayRetry(error: DownloadError, failedTries: number): boolean {
  return failedTries < mostOriginalTries[error.failure];
}

/** The tries of one original at one address. */
export class OriginalTries {
  #failed = 0;
  readonly #damaged: string[] = [];

  /** How many have failed so far. */
  get failed(): number {
    return this.#failed;
  }

  /**
   * SHA-256 of the damaged originals that the next try may bring once more: then the site has no
   * better one. There are none before the last try, so that the site gets every chance to send a
   * whole one.
   */
  get knownDamage(): readonly string[] {
    return this.#failed + 1 < mostOriginalTries.answer ? [] : this.#damaged;
  }

  /** Counts a failed try. Returns whether another one may follow. */
  fail(error: DownloadError): boolean {
    this.#failed += 1;
    if (error instanceof DamagedOriginalError && error.sha256 !== undefined) {
      this.#damaged.push(error.sha256);
    }
    return mayRetry(error, this.#failed);
  }
}

/** Counts the resumes of one original; each new byte allows as many again. */
export class ResumeCounter {
  #from = 0;
  #resumes = 0;

  /**
   * Counts one more.
   *
   * @param from bytes that have come so far
   * @returns how many have been made in a row without a further byte, this one included
   * @throws the error where the transfer is not to be resumed
   */
  next(from: number, error: unknown): number {
    const isHopeless = error instanceof CannotResumeError || !(error instanceof DownloadError);
    if (isHopeless || error.failure === 'lasting' || error.failure === 'barred') throw error;
    if (from > this.#from) this.#resumes = 0;
    this.#from = from;
    if (this.#resumes === mostResumes) throw error;
    this.#resumes += 1;
    return this.#resumes;
  }
}

/**
 * Milliseconds to wait before a retry: twice as long each time, up to half a minute, of which a
 * random half is waited, so that requests that failed together do not come back together.
 *
 * @param failures how many tries have failed so far, from 1
 * @param first milliseconds after the first failure, before the random part
 */
export function backoff(failures: number, first: number): number {
  const pause = Math.min(longestPause, first * 2 ** (failures - 1));
  return pause / 2 + (Math.random() * pause) / 2;
}

/**
 * Waits before a retry as {@link backoff} says.
 *
 * @throws an AbortError if the signal is aborted meanwhile
 */
export async function waitBeforeRetry(
  failures: number,
  first: number,
  signal: AbortSignal,
): Promise<void> {
  await delay(backoff(failures, first), undefined, { signal });
}
