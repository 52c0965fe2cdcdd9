import type { HostThrottle } from './host-throttle.js';
import type { HostFailure, RequestAuthorization } from './request-authorization.js';
import type { SiteCookies } from './site-cookies.js';

/** The gate of a run: its hosts' turns, and what opens the album, given to the album's host alone. */
export class SiteAuthorization implements RequestAuthorization {
  /** @param signal aborted when requests under way are to be dropped */
  constructor(
    private readonly hosts: HostThrottle,
    private readonly cookies: SiteCookies,
    private readonly signal: AbortSignal,
  ) {}

  /** @inheritdoc */
  async pass(url: string): Promise<Record<string, string>> {
    await this.hosts.turn(url, this.signal);
    const cookie = await this.cookies.getCookieString(url);
    return { ...(cookie !== '' && { cookie }), ...this.cookies.headersFor(url) };
  }

  /** @inheritdoc */
  answered(url: string): void {
    this.hosts.answered(url);
  }

  /** @inheritdoc */
  failed(url: string, request: string, failure: HostFailure, reason: string): void {
    this.hosts.failed(url, request, failure, reason);
  }

  /** @inheritdoc */
  slowDown(url: string, milliseconds: number): void {
    this.hosts.slowDown(url, milliseconds);
  }
}
