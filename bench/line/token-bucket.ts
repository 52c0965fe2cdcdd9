/**
 * The capacity of one direction of a line, as a token bucket without a store: what was not used is
 * lost, so an idle line is no faster afterwards. All times are milliseconds of one clock.
 */
export class TokenBucket {
  readonly #bitsPerMillisecond: number;
  #busyUntil = Number.NEGATIVE_INFINITY;

  constructor(bitsPerSecond: number) {
    this.#bitsPerMillisecond = bitsPerSecond / 1000;
  }

  /** How long bytes that arrive now would wait before their first bit is sent. */
  wait(now: number): number {
    return Math.max(0, this.#busyUntil - now);
  }

  /** Sends bytes after those before them; returns when their last bit has been sent. */
  send(bytes: number, now: number): number {
    this.#busyUntil = Math.max(this.#busyUntil, now) + (bytes * 8) / this.#bitsPerMillisecond;
    return this.#busyUntil;
  }
}
