import { CookieJar } from 'tough-cookie';

/** An authorization header, such as one that carries a token. */
interface TokenHeader {
  name: string;
  value: string;
}

/**
 * The session's cookies and token, kept in memory for the run and sent to the album's own host only:
 * not to the host of the images, and not after a redirect to another host.
 */
export class SiteCookies {
  readonly #jar = new CookieJar();
  readonly #siteUrl: string;
  readonly #host: string;
  #token: TokenHeader | undefined;

  /** @param siteUrl the album's address */
  constructor(siteUrl: string) {
    this.#siteUrl = siteUrl;
    this.#host = new URL(siteUrl).host;
  }

  /** The value of the Cookie header for a request to this address; empty where there is none. */
  async getCookieString(url: string): Promise<string> {
    return this.isOwn(url) ? this.#jar.getCookieString(url) : '';
  }

  /** Stores the cookie of a Set-Cookie header; one from another host is ignored. */
  async setCookie(header: string, url: string): Promise<void> {
    if (!this.isOwn(url)) return;
    await this.#jar.setCookie(header, url, { ignoreError: true });
  }

  /** Stores what a browser sends as its Cookie header: `name=value; name=value`. */
  async paste(text: string): Promise<void> {
    const cookies = text.replace(/^\s*cookie:/i, '').split(';');
    for (const cookie of cookies) await this.setCookie(`${cookie.trim()}; Path=/`, this.#siteUrl);
  }

  /** Sends a header along from now on. */
  setToken(header: TokenHeader): void {
    this.#token = header;
  }

  /** The headers, beside the cookies, for a request to this address. */
  headersFor(url: string): Record<string, string> {
    const token = this.#token;
    return token !== undefined && this.isOwn(url)
      ? { [token.name.toLowerCase()]: token.value }
      : {};
  }

  /** The name of the header that carries a token, or undefined where there is none. */
  get tokenName(): string | undefined {
    return this.#token?.name.toLowerCase();
  }

  /** Names of the cookies that a request to the album would carry. */
  async names(): Promise<string[]> {
    return (await this.#jar.getCookies(this.#siteUrl)).map(({ key }) => key);
  }

  /** Values that must not be stored: those of the cookies, and the token. */
  async secrets(): Promise<string[]> {
    // Of every path: a page may show any of them.
    const { cookies: all } = await this.#jar.serialize();
    const cookies = all.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
    const token =
      this.#token === undefined ? [] : [this.#token.value, ...this.#token.value.split(' ')];
    // A short value may occur in a page by chance.
    return [...cookies, ...token].filter((secret) => secret.length >= 8);
  }

  /** Whether an address is of the album's own host, and so may get cookies and token. */
  isOwn(url: string): boolean {
    return new URL(url).host === this.#host;
  }
}
