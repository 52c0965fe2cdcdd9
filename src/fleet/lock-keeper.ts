/** The part of a lock's duration after which it is given up where it could not be renewed. */
const watched = 0.8;
/** The part of a lock's duration between two renewals. */
const renewed = 0.25;
/** Milliseconds until a renewal that failed is tried again. */
const retryAfter = 500;

/**
 * Renews a lock in Redis, and knows when it may be lost. Nobody else says so to a worker whose
 * connection is cut in silence, or that was stopped for a while: so time without a renewal counts, by
 * the clock of this machine, from before the last one that succeeded was sent.
 */
export class LockKeeper {
  readonly #lost = new AbortController();
  #watchdog: NodeJS.Timeout | undefined;
  #next: NodeJS.Timeout | undefined;
  #deadline = Number.POSITIVE_INFINITY;
  #isReleased = false;

  /**
   * @param duration milliseconds that the lock lasts
   * @param renew renews it in Redis; resolves to whether it was still this worker's
   */
  constructor(
    private readonly duration: number,
    private readonly renew: () => Promise<boolean>,
  ) {}

  /** Aborted when another worker may have the lock. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Renews the lock for the first time, since nobody knows how long its grant was under way, and from
   * then on until it is released.
   *
   * @returns whether it was still this worker's
   */
  async keep(): Promise<boolean> {
    this.#watch(performance.now());
    await this.#renewOnce();
    return !this.#lost.signal.aborted;
  }

  /** Looks at the clock: in a process that was stopped, timers that are due may come after other events. */
  check(): void {
    if (performance.now() >= this.#deadline) this.#loseInTime();
  }

  /** Renews it no more. */
  release(): void {
    this.#isReleased = true;
    this.#deadline = Number.POSITIVE_INFINITY;
    clearTimeout(this.#watchdog);
    clearTimeout(this.#next);
  }

  async #renewOnce(): Promise<void> {
    const sentAt = performance.now();
    let pause = this.duration * renewed;
    try {
      const isOurs = await this.renew();
      if (this.#isReleased || this.#lost.signal.aborted) return;
      if (!isOurs) return this.#lose('the lock was no longer this worker’s');
      this.#watch(sentAt);
    } catch {
      // Redis is away. The watchdog decides for how long that may last.
      pause = Math.min(pause, retryAfter);
    }
    if (this.#isReleased || this.#lost.signal.aborted) return;
    this.#next = setTimeout(() => this.#renewOnce(), pause);
  }

  #watch(sentAt: number): void {
    clearTimeout(this.#watchdog);
    this.#deadline = sentAt + this.duration * watched;
    const left = this.#deadline - performance.now();
    if (left <= 0) this.#loseInTime();
    else this.#watchdog = setTimeout(() => this.#loseInTime(), left);
  }

  #loseInTime(): void {
    this.#lose('the lock could not be renewed in time');
  }

  #lose(reason: string): void {
    clearTimeout(this.#watchdog);
    clearTimeout(this.#next);
    this.#lost.abort(new Error(reason));
  }
}
