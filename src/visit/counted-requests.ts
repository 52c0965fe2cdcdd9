import { HostThrottle } from '../http/host-throttle.js';

/** A visit has made as many requests as it may. */
export class TooManyRequestsError extends Error {
  override readonly name = 'TooManyRequestsError';
}

/** Keeps a list of the requests of a visit, redirects and retries included, and limits their number. */
export class CountedRequests extends HostThrottle {
  /** The addresses in order, as they are sent. */
  readonly made: string[] = [];

  /**
   * @param maxPerMinute requests a minute at the most, or undefined for no limit
   * @param most requests in all
   */
  constructor(
    maxPerMinute: number | undefined,
    private readonly most: number,
  ) {
    super(maxPerMinute, Number.POSITIVE_INFINITY, () => undefined);
  }

  /** @inheritdoc @throws TooManyRequestsError if none is left */
  override async waitForTurn(url: string | URL, signal: AbortSignal): Promise<void> {
    if (this.made.length >= this.most) {
      throw new TooManyRequestsError(`${this.most} requests were made, and no more may be`);
    }
    this.made.push(String(url));
    await super.waitForTurn(url, signal);
  }
}
