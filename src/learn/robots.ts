import robotsModule from 'robots-parser';
import type { Page } from '../page/page.js';
import type { LearnedRule } from './learned-rule.js';
import type { Look } from './look.js';

// Its types describe an ES module, which it is not.
const robotsParser = robotsModule as unknown as typeof robotsModule.default;

/** The name by which a site's robots.txt may address this program (RFC 9309, section 2.2.1). */
const productToken = 'photo-escape';
/** Characters of robots.txt that are read; RFC 9309, section 2.5, wants 500 KiB at the least. */
const longest = 512 * 1024;
/** Most seconds between two requests that a profile may name. */
const longestDelay = 3600;

/** What a site asks of programs that visit it. */
export interface RobotsRules {
  rules: LearnedRule[];
  /** Seconds between two requests that it asks for; undefined where it does not. */
  delay: number | undefined;
  /** Whether an address of the site may be visited; of other sites nothing is known. */
  isAllowed(url: string): boolean;
}

/**
 * Reads the robots.txt of a site (RFC 9309): a missing one allows all, one that cannot be had forbids
 * all (section 2.3.1). Crawl-delay is no part of the RFC, but widely used.
 *
 * @param siteUrl any address on the site
 */
export async function robotsRules(siteUrl: string, look: Look): Promise<RobotsRules> {
  const { href } = new URL('/robots.txt', siteUrl);
  const page = await look.page(href);
  if (page === undefined || page.status >= 500) {
    const isOwn = (url: string) => new URL(url).origin === new URL(href).origin;
    return { rules: [], delay: undefined, isAllowed: (url) => !isOwn(url) || isRobotsFile(url) };
  }
  return readRobots(href, page);
}

function readRobots(href: string, page: Page): RobotsRules {
  const text = page.status < 300 ? comparable(page.text.slice(0, longest)) : '';
  // Section 2.2.4: other records do not end a group, as they do in the library.
  const groups = robotsParser(href, linesOf(text, /^\s*(?:user-agent|allow|disallow)\s*:/i));
  const asked = robotsParser(href, text).getCrawlDelay(productToken) ?? 0;
  const delay = asked > 0 && Number.isFinite(asked) ? Math.min(asked, longestDelay) : undefined;
  const seenOn = `Crawl-delay: ${asked} in robots.txt`;
  return {
    rules: delay === undefined ? [] : [{ place: 'limits.delay', rule: delay, seenOn }],
    delay,
    isAllowed: (url) =>
      isRobotsFile(url) || (groups.isAllowed(comparableUrl(url), productToken) ?? true),
  };
}

function linesOf(text: string, kind: RegExp): string {
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => kind.test(line))
    .join('\n');
}

/** Section 2.2.2: what needs no percent-encoding is compared without. */
function comparable(text: string): string {
  return text.replace(/%(?:2[de]|3\d|4[1-9a-f]|5[\daf]|6[1-9a-f]|7[\dae])/gi, decodeURIComponent);
}

/** The library encodes more in the paths of rules than addresses do, such as brackets. */
function comparableUrl(url: string): string {
  const { href } = new URL(comparable(url));
  return encodeURI(href).replaceAll('%25', '%');
}

/** Section 2.2.2: robots.txt itself is always allowed. */
function isRobotsFile(url: string): boolean {
  return new URL(url).pathname === '/robots.txt';
}
