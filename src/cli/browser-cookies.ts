import {
  type BrowserCookies,
  type CookieSource,
  readBrowserCookies,
} from '../cookies/cookie-source.js';
import { SignInError, UsageError } from '../errors.js';
import type { Credentials } from '../session/sign-in-site.js';
import { say, type Terminal } from './terminal.js';

/**
 * Reads the cookies of a signed-in browser that would go to the album's host.
 *
 * @param siteUrl the album's address; nothing is read where it is not known
 * @param problems takes what keeps the source from being read, a sentence each
 * @returns undefined where no source is given, or it cannot be read
 */
export function tryBrowserCookies(
  source: CookieSource,
  siteUrl: string | undefined,
  problems: string[],
): BrowserCookies | undefined {
  if (siteUrl === undefined) return undefined;
  try {
    return readBrowserCookies(source, new URL(siteUrl).hostname);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/**
 * The cookies to sign in with. Expired ones are left out, and that is said.
 *
 * @throws SignInError if none of a source's cookies would go to the album's host
 */
export function usableCookies(
  read: BrowserCookies | undefined,
  siteUrl: string,
  terminal: Terminal,
): Credentials['cookies'] {
  if (read === undefined) return undefined;
  const { from, cookies, expired } = read;
  const { hostname } = new URL(siteUrl);
  if (cookies.length === 0) {
    const found = expired === 0 ? 'no cookie' : `only expired cookies (${expired})`;
    throw new SignInError(
      `${from} has ${found} for ${hostname}. Sign in at ${siteUrl} with the browser, ticking “remember me” where there is such a box, and take its cookies anew. Firefox keeps those that end with the session out of its database: an export by an extension, or ALBUM_COOKIE, has them.`,
    );
  }
  if (expired > 0) say(terminal, `${from}: expired cookies of ${hostname} left out: ${expired}`);
  return cookies;
}
