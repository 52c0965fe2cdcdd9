import type { HostThrottle } from './host-throttle.js';
import type { Authorization, HostFailure, RequestAuthorization } from './request-authorization.js';
import type { SiteCookies } from './site-cookies.js';

/** A run's authorization: by its host throttle, and with headers for the album's own host alone. */
export class SiteAuthorization implements RequestAuthorization {
  /**
   * @param signal aborted when requests under way are to be dropped
   * @param fixedHeaders headers that the profile names
   */
  constructor(
    private readonly throttle: HostThrottle,
    private readonly cookies: SiteCookies,
    private readonly signal: AbortSignal,
    private readonly fixedHeaders: Readonly<Record<string, string>> = {},
  ) {}

  /** @inheritdoc */
  async authorize(url: string, challenge?: string): Promise<Authorization> {
    this.cookies.answerChallenge(url, challenge);
    await this.throttle.waitForTurn(url, this.signal);
    const { session } = this.cookies;
    const cookie = await this.cookies.getCookieString(url);
    const headers = {
      ...(this.cookies.isOwn(url) && this.fixedHeaders),
      ...(cookie !== '' && { cookie }),
      ...this.cookies.headersFor(url),
    };
    return { headers, address: this.cookies.addressFor(url), session };
  }

  /** @inheritdoc */
  setCookies(url: string, headers: string[], session: number): void {
    for (const header of headers) void this.cookies.setCookie(header, url, session);
  }

  /** @inheritdoc */
  answered(url: string): void {
    this.throttle.answered(url);
  }

  /** @inheritdoc */
  failed(url: string, request: string, failure: HostFailure, reason: string): void {
    this.throttle.failed(url, request, failure, reason);
  }

  /** @inheritdoc */
  slowDown(url: string, milliseconds: number): void {
    this.throttle.slowDown(url, milliseconds);
  }
}
