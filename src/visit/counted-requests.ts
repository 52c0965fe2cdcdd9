import { UnreachableError } from '../errors.js';
import { HostThrottle } from '../http/host-throttle.js';

/** Milliseconds that a visit waits for a host at the most. */
const longestPause = 15 * 60_000;

/** A visit has made as many requests as it may. */
export class TooManyRequestsError extends Error {
  override readonly name = 'TooManyRequestsError';
}

/** Keeps a list of the requests of a visit, redirects and retries included, and limits their number. */
export class CountedRequests extends HostThrottle {
  /** The addresses in order, as they are sent. */
  readonly made: string[] = [];
  #givenUp: UnreachableError | undefined;

  /**
   * @param maxPerMinute requests a minute at the most, or undefined for no limit
   * @param most requests in all
   * @param onRequest hears of each before it is sent
   */
  constructor(
    maxPerMinute: number | undefined,
    private readonly most: number,
    private readonly onRequest?: (url: string) => void,
  ) {
    super(maxPerMinute, longestPause, (host, reason, outage, pause) => {
      if (outage !== 'pauses') return;
      const message = `Gave up for now, because of ${host}: ${reason}. Run the same command again then.`;
      this.#givenUp ??= new UnreachableError(message, { ...(pause !== undefined && { pause }) });
    });
  }

  /** @inheritdoc @throws TooManyRequestsError if none is left; UnreachableError */
  override async waitForTurn(url: string | URL, signal: AbortSignal): Promise<void> {
    if (this.made.length >= this.most) {
      throw new TooManyRequestsError(`${this.most} requests were made, and no more may be`);
    }
    this.made.push(String(url));
    this.onRequest?.(String(url));
    await super.waitForTurn(url, signal);
  }

  /** @inheritdoc @throws UnreachableError where that would take too long */
  override async waitForPauseToEnd(url: string | URL, signal: AbortSignal): Promise<void> {
    if (this.#givenUp !== undefined) throw this.#givenUp;
    await super.waitForPauseToEnd(url, signal);
  }

  /** Waits until a further request to the address may be made, without counting it. */
  waitUntilFree(url: string, signal: AbortSignal): Promise<void> {
    return super.waitForTurn(url, signal);
  }
}
