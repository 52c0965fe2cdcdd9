import { isIP } from 'node:net';
import { UsageError } from '../errors.js';
import type { ImportedCookie } from '../http/site-cookies.js';
import { readCookieFile } from './cookie-file.js';
import { firefoxCookies } from './firefox-cookies.js';

/** Where a person says that the cookies of a signed-in browser are. */
export interface CookieSource {
  /** Path of a Netscape cookies.txt. */
  cookies?: string | undefined;
  /** Firefox, with a profile's name or folder, or without for the one that Firefox opens. */
  cookiesFromBrowser?: { profile: string | undefined } | undefined;
}

/** The cookies of a browser that would go to one host. */
export interface BrowserCookies {
  /** The file or the profile's folder that they were read from. */
  from: string;
  cookies: readonly ImportedCookie[];
  /** How many more would go to the host, had they not expired. */
  expired: number;
}

/**
 * Reads the cookies that would go to a host. No other cookie is kept.
 *
 * @param host the album's host name
 * @returns undefined where no source is given
 * @throws UsageError if the source cannot be read
 */
export function readBrowserCookies(
  { cookies: file, cookiesFromBrowser: browser }: CookieSource,
  host: string,
): BrowserCookies | undefined {
  if (file !== undefined && browser !== undefined) {
    throw new UsageError(['Only one of --cookies and --cookies-from-browser can be given']);
  }
  const read =
    file !== undefined
      ? { from: file, cookies: readCookieFile(file) }
      : browser && firefoxCookies(browser.profile, host);
  if (read === undefined) return undefined;
  const ofHost = read.cookies.filter((cookie) => matchesHost(cookie, host));
  const now = new Date();
  const cookies = ofHost.filter(({ expires }) => expires === undefined || expires > now);
  return { from: read.from, cookies, expired: ofHost.length - cookies.length };
}

/** RFC 6265bis, section 5.1.3. */
function matchesHost({ domain, hostOnly }: ImportedCookie, host: string): boolean {
  return domain === host || (!hostOnly && isIP(host) === 0 && host.endsWith(`.${domain}`));
}
