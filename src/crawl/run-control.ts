import { setMaxListeners } from 'node:events';
import type { EscapeError } from '../errors.js';

/**
 * Whether a run is to end before its work is done, and why. It stops in two stages: nothing new is
 * begun from then on, and downloads under way may finish until the grace is over.
 */
export class RunControl {
  readonly #dropping = new AbortController();
  #cause: EscapeError | undefined;
  #onStop: () => void = () => undefined;
  #grace: NodeJS.Timeout | undefined;
  #deadline = Number.POSITIVE_INFINITY;
  #closed = false;

  constructor() {
    // Every request under way listens; many are no leak.
    setMaxListeners(0, this.#dropping.signal);
  }

  /** Aborted when downloads under way are to be dropped. */
  get dropped(): AbortSignal {
    return this.#dropping.signal;
  }

  /** Why the run is stopping, or undefined while it is not. */
  get cause(): EscapeError | undefined {
    return this.#cause;
  }

  /** Registers what is called once the run is stopping, so that nothing new is begun. */
  onStop(callback: () => void): void {
    this.#onStop = callback;
    if (this.#cause !== undefined) callback();
  }

  /**
   * Stops the run. The first cause counts; later calls change nothing but may shorten the grace.
   *
   * @param grace milliseconds until downloads under way are dropped
   */
  stop(cause: EscapeError, grace = 0): void {
    if (this.#cause === undefined) {
      this.#cause = cause;
      this.#onStop();
    }
    const deadline = performance.now() + grace;
    if (this.#closed || deadline >= this.#deadline) return;
    this.#deadline = deadline;
    clearTimeout(this.#grace);
    if (grace === 0) this.#dropping.abort(this.#cause);
    else this.#grace = setTimeout(() => this.#dropping.abort(this.#cause), grace);
  }

  /** Ends the waiting for a grace that is no longer needed. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#grace);
  }
}
