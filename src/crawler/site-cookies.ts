import { CookieJar } from 'tough-cookie';

/**
 * The session's cookies, kept in memory for the run and given to the album's own host only: not to
 * the host of the images, not along a redirect to somewhere else.
 */
export class SiteCookies {
  readonly #jar = new CookieJar();
  readonly #host: string;

  /** @param siteUrl the album's address */
  constructor(siteUrl: string) {
    this.#host = new URL(siteUrl).host;
  }

  /** The value of the Cookie header for a request to this address; empty where there is none. */
  async getCookieString(url: string): Promise<string> {
    return new URL(url).host === this.#host ? this.#jar.getCookieString(url) : '';
  }

  /** Takes in one Set-Cookie header; one from another host is passed over. */
  async setCookie(header: string, url: string): Promise<void> {
    if (new URL(url).host !== this.#host) return;
    await this.#jar.setCookie(header, url, { ignoreError: true });
  }
}
