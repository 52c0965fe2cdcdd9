import { isIP } from 'node:net';
import { Cookie, CookieJar } from 'tough-cookie';
import { Secrets } from '../album/secrets.js';
import { withParameter } from '../page/address.js';
import { withoutBrackets } from './host-name.js';
import { type BasicCredentials, basicAuthorization, challengesOf } from './http-authentication.js';

/** What every request to the album's own host carries beside its cookies, such as a token. */
export interface SentAlong {
  /** By names in lower case. */
  headers?: Readonly<Record<string, string>>;
  /** Parameters of the address's query. */
  query?: Readonly<Record<string, string>>;
}

/** A cookie of a browser that is signed in. */
export interface ImportedCookie {
  name: string;
  value: string;
  /** The host or domain it belongs to, without a dot before it. */
  domain: string;
  /** Whether it goes to that host alone, and to none below it. */
  hostOnly: boolean;
  path: string;
  /** Whether it goes over encrypted connections alone. */
  secure: boolean;
  /** When it ends; without it, with the session. */
  expires?: Date;
}

/** Octets of a name and its value (RFC 6265bis, section 5.6, step 5). */
const mostPairOctets = 4096;
/** Octets of an attribute's value (RFC 6265bis, section 5.6, step 6 of the attributes). */
const mostAttributeOctets = 1024;
/** Shorter parts of what is sent along are such words as Bearer. */
const shortestCredential = 8;

/**
 * What opens the album: its cookies, a token, a user name and password for HTTP Basic. All of it is
 * kept in memory for the run.
 *
 * A cookie goes where RFC 6265bis lets it go: to the host that set it, on any port, and to the hosts
 * of its Domain. Tokens and passwords go to the album's own host and port alone. Text is kept as the
 * octets that are sent, one character each.
 */
export class SiteCookies {
  /** What must not be stored: the values of all cookies of the run, the token's and the password's. */
  readonly secrets = new Secrets();
  readonly #jar = new CookieJar();
  /** How many times the jar was changed. */
  #changes = 0;
  /** Cookie headers for all addresses of an origin: they hold until the jar changes or a cookie ends. */
  readonly #ofOrigins = new Map<string, { header: string; changes: number; until: number }>();
  readonly #site: URL;
  #session = 0;
  #sentAlong: SentAlong = {};
  #sendsBasic = false;

  /**
   * @param siteUrl the album's address
   * @param basic what to answer the album's host where it asks for HTTP Basic; nothing without it
   */
  constructor(
    siteUrl: string,
    private readonly basic?: BasicCredentials,
  ) {
    this.#site = new URL(siteUrl);
  }

  /** The value of the Cookie header for a request to this address; empty where there is none. */
  async getCookieString(url: string): Promise<string> {
    const { origin } = new URL(url);
    const known = this.#ofOrigins.get(origin);
    const changes = this.#changes;
    if (known?.changes === changes && Date.now() < known.until) return known.header;
    const cookies = await this.#jar.getCookies(url, { allPaths: true });
    // Most sites set cookies for all of their paths: then all photos are asked for with the same.
    if (!cookies.every(({ path }) => path === '/')) return this.#jar.getCookieString(url);
    const header = cookies.map((cookie) => cookie.cookieString()).join('; ');
    const until = Math.min(
      ...cookies.map((cookie) => cookie.expiryTime() ?? Number.POSITIVE_INFINITY),
    );
    this.#ofOrigins.set(origin, { header, changes, until });
    return header;
  }

  /** Which session a request belongs to that is sent now. */
  get session(): number {
    return this.#session;
  }

  /**
   * Begins a session, or ends its sign-in. Answers to requests that were sent before change no cookie
   * from now on: a late one would take back what the sign-in has set.
   */
  startSession(): void {
    this.#session += 1;
  }

  /**
   * Stores the cookie of one Set-Cookie header, or ignores it as RFC 6265bis, section 5.7, asks.
   *
   * @param url the address that the answer came from
   * @param session the session that the request was sent in
   */
  async setCookie(header: string, url: string, session = this.#session): Promise<void> {
    // Also of one that is ignored below: the site's pages may hold it.
    const { key, value } = Cookie.parse(header) ?? {};
    if (key !== undefined && value !== undefined)
      this.secrets.addUnlessWords(`cookie ${key}`, value);
    if (session !== this.#session) return;
    const cookie = parseCookie(header, new URL(url).hostname);
    if (cookie === undefined || (await this.#hidesSecureCookie(cookie, url))) return;
    await this.#store(cookie, url);
  }

  /** Stores the cookies of a Cookie header that a browser sends: `name=value; name=value`. */
  async paste(text: string): Promise<void> {
    for (const pair of text.replace(/^\s*cookie:/i, '').split(';')) {
      const cookie = Cookie.parse(octets(pair.trim()));
      if (cookie === undefined) continue;
      cookie.path = '/';
      // A header says nothing of attributes; these two prefixes ask for them (section 4.1.3).
      cookie.secure = /^__(?:secure|host)-/i.test(cookie.key);
      this.secrets.addUnlessWords(`cookie ${cookie.key}`, cookie.value);
      await this.#store(cookie, this.#overTls(cookie.secure));
    }
  }

  /** Stores cookies of a browser that is signed in. */
  async import(cookies: readonly ImportedCookie[]): Promise<void> {
    for (const { name, value, domain, hostOnly, path, secure, expires } of cookies) {
      const cookie = new Cookie({
        ...{ key: octets(name), value: octets(value), path, secure },
        ...(!hostOnly && isIP(domain) === 0 && { domain }),
        ...(expires !== undefined && { expires }),
      });
      this.secrets.addUnlessWords(`cookie ${cookie.key}`, cookie.value);
      const url = `${secure ? 'https' : 'http'}://${domain}${path}`;
      await this.#store(cookie, url);
    }
  }

  /** Sends this along from now on, in place of what was sent along so far. */
  sendAlong(sent: SentAlong): void {
    this.#sentAlong = sent;
    this.#noteCredentials();
  }

  /** Sends the user name and password for HTTP Basic from now on. */
  sendBasic(): void {
    this.#sendsBasic = this.basic !== undefined;
    this.#noteCredentials();
  }

  /**
   * Answers the challenge of a 401 (RFC 9110, section 11.6.1) from the album's own host.
   *
   * @param challenge the value of WWW-Authenticate
   * @returns whether the request may be sent again, with what was not sent before
   */
  answerChallenge(url: string, challenge: string | undefined): boolean {
    const asksForBasic = challengesOf(challenge).some(({ scheme }) => scheme === 'basic');
    if (!asksForBasic || this.#sendsBasic || !this.isOwn(url)) return false;
    this.sendBasic();
    return this.#sendsBasic;
  }

  /** Whether a user name and password for HTTP Basic are known. */
  get hasBasic(): boolean {
    return this.basic !== undefined;
  }

  /** The headers, beside the cookies, for a request to this address. */
  headersFor(url: string): Record<string, string> {
    if (!this.isOwn(url)) return {};
    return {
      ...(this.#sendsBasic && this.basic && { authorization: basicAuthorization(this.basic) }),
      ...this.#sentAlong.headers,
    };
  }

  /** The address as it is requested: with the parameters that are sent along. */
  addressFor(url: string): string {
    if (!this.isOwn(url)) return url;
    return Object.entries(this.#sentAlong.query ?? {}).reduce(
      (address, [name, value]) => withParameter(address, name, value),
      url,
    );
  }

  /** The cookies, by their names, that a request to an address would carry. */
  async cookiesFor(url: string): Promise<Map<string, string>> {
    const cookies = await this.#jar.getCookies(url);
    return new Map(cookies.map(({ key, value }) => [key, value]));
  }

  /** Whether the session is needed for an address: it is the album's own, or gets a cookie. */
  async opens(url: string): Promise<boolean> {
    return this.isOwn(url) || (await this.getCookieString(url)) !== '';
  }

  /** Whether an address is of the album's own host and port, and no less encrypted. */
  isOwn(url: string): boolean {
    const { host, protocol } = new URL(url);
    return host === this.#site.host && (this.#site.protocol !== 'https:' || protocol === 'https:');
  }

  async #store(cookie: Cookie, url: string): Promise<void> {
    await this.#jar.setCookie(cookie, url, { ignoreError: true });
    this.#changes += 1;
  }

  #noteCredentials(): void {
    const sent = { ...this.headersFor(this.#site.href), ...this.#sentAlong.query };
    for (const [name, value] of Object.entries(sent)) {
      for (const part of value.split(' ')) {
        // A number is that of an account, and stands in addresses.
        const isCredential = part.length >= shortestCredential && !/^\d+$/.test(part);
        if (isCredential) this.secrets.add(`sent as ${name}`, part);
      }
    }
  }

  /** RFC 6265bis, section 5.7: an unencrypted answer replaces no secure cookie. */
  async #hidesSecureCookie(cookie: Cookie, url: string): Promise<boolean> {
    const { protocol, host } = new URL(url);
    if (protocol === 'https:') return false;
    const present = await this.#jar.getCookies(`https://${host}${cookie.path ?? '/'}`);
    return present.some(({ key, secure }) => secure && key === cookie.key);
  }

  #overTls(isNeeded: boolean): string {
    const url = new URL(this.#site);
    if (isNeeded) url.protocol = 'https:';
    return url.href;
  }
}

/** The cookie of a Set-Cookie header; undefined where it has to be ignored. */
function parseCookie(header: string, hostname: string): Cookie | undefined {
  const [pair = '', ...attributes] = header.split(';');
  if (Buffer.byteLength(pair.trim(), 'latin1') > mostPairOctets + 1) return undefined;
  const kept = attributes.filter((attribute) => {
    const value = attribute.slice(attribute.indexOf('=') + 1).trim();
    return Buffer.byteLength(value, 'latin1') <= mostAttributeOctets;
  });
  const cookie = Cookie.parse([pair, ...kept].join(';'));
  // An address of IP has no domain above it: the cookie is for that host.
  if (cookie?.domain === hostname && isIP(withoutBrackets(hostname)) !== 0) {
    cookie.domain = null;
  }
  return cookie;
}

/** Text as the octets of its UTF-8, one character each, as Node sends and receives headers. */
function octets(text: string): string {
  return Buffer.from(text).toString('latin1');
}
