import { Semaphore } from 'async-mutex';
import type { HostThrottle } from './host-throttle.js';

/** Those of the higher rank get a slot first: pages lead to originals, and nothing leads to pages. */
const ranks = { page: 1, original: 0 };

/**
 * Holds the number of requests that are under way at once. Whoever waits for a host's pause to end
 * before its first request waits outside, so that requests to other hosts go on.
 */
export class RequestSlots {
  readonly #free: Semaphore;
  #ending: { reason: Error } | undefined;

  /**
   * @param concurrency requests at once
   * @param signal aborted when requests under way are to be dropped
   */
  constructor(
    concurrency: number,
    private readonly hosts: HostThrottle,
    private readonly signal: AbortSignal,
  ) {
    this.#free = new Semaphore(concurrency);
  }

  /**
   * Waits until one more request may be under way.
   *
   * @returns what is to be called when it is over; a second call does nothing
   * @throws the reason given to {@link end}, or the signal's
   */
  async take(url: string, rank: keyof typeof ranks): Promise<() => void> {
    for (;;) {
      await this.hosts.pauseOver(url, this.signal);
      if (this.#ending !== undefined) throw this.#ending.reason;
      const [, release] = await this.#free.acquire(1, ranks[rank]).catch((error: unknown) => {
        throw this.#ending?.reason ?? error;
      });
      if (!this.hosts.isPaused(url)) return release;
      release();
    }
  }

  /** From now on nobody gets a slot; those who wait for one are told why. */
  end(reason: Error): void {
    this.#ending ??= { reason };
    this.#free.cancel();
  }
}
