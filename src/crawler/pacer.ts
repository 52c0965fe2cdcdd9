import { setTimeout as delay } from 'node:timers/promises';

/**
 * Spaces requests out so that no minute holds more than was allowed, whoever asks: sign-in, listing
 * pages, redirects and originals wait in one line.
 */
export class Pacer {
  readonly #spacing: number;
  #free = 0;

  /** @param maxPerMinute requests a minute at the most, or undefined for no limit */
  constructor(maxPerMinute: number | undefined) {
    this.#spacing = maxPerMinute === undefined ? 0 : 60_000 / maxPerMinute;
  }

  /**
   * Waits for a request's turn.
   *
   * @throws the signal's reason if it is aborted meanwhile
   */
  async turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#spacing === 0) return;
    const now = performance.now();
    const at = Math.max(now, this.#free);
    this.#free = at + this.#spacing;
    if (at > now) await delay(at - now, undefined, { signal });
  }
}
