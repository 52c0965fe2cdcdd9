import { Semaphore } from 'async-mutex';
import type { HostThrottle } from './host-throttle.js';

/** The higher rank gets a slot first. Pages come before originals: they lead to more originals. */
const ranks = { page: 1, original: 0 };

/**
 * Limits how many requests are under way at once. A request whose host is paused waits without a
 * slot, so that requests to other hosts can proceed.
 */
export class RequestSlots {
  readonly #free: Semaphore;
  #ending: { reason: Error } | undefined;

  /**
   * @param concurrency requests at once
   * @param signal aborted when requests under way are to be dropped
   * @param pageWaits called when a page has to wait until a slot is released
   */
  constructor(
    concurrency: number,
    private readonly throttle: HostThrottle,
    private readonly signal: AbortSignal,
    private readonly pageWaits: () => void = () => undefined,
  ) {
    this.#free = new Semaphore(concurrency);
  }

  /**
   * Waits until one more request may be under way.
   *
   * @param url its address; undefined where its host is known not to be paused
   * @returns releases the slot; a second call does nothing
   * @throws the reason given to {@link end}, or the signal's
   */
  async acquire(url: string | undefined, rank: keyof typeof ranks): Promise<() => void> {
    for (;;) {
      if (url !== undefined) await this.throttle.waitForPauseToEnd(url, this.signal);
      if (this.#ending !== undefined) throw this.#ending.reason;
      if (rank === 'page' && this.#free.isLocked()) this.pageWaits();
      const [, release] = await this.#free.acquire(1, ranks[rank]).catch((error: unknown) => {
        throw this.#ending?.reason ?? error;
      });
      if (url === undefined || !this.throttle.isPaused(url)) return release;
      release();
    }
  }

  /** Gives out no more slots; requests that wait for one fail with the reason. */
  end(reason: Error): void {
    this.#ending ??= { reason };
    this.#free.cancel();
  }
}
