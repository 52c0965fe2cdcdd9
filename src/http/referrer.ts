/**
 * The value of the Referer header by the default policy, strict-origin-when-cross-origin (Referrer
 * Policy, sections 3.7 and 8.3): the page's address to its own origin, without user info and
 * fragment; the origin alone to others; nothing from an encrypted page to an unencrypted address.
 *
 * @param referrer the address of the page that the request comes from
 * @param url the address that is requested
 */
export function refererFor(referrer: string | undefined, url: string): string | undefined {
  if (referrer === undefined || !URL.canParse(referrer)) return undefined;
  const page = new URL(referrer);
  const target = new URL(url);
  if (page.protocol !== 'http:' && page.protocol !== 'https:') return undefined;
  page.username = '';
  page.password = '';
  page.hash = '';
  if (page.origin === target.origin) return page.href;
  if (page.protocol === 'https:' && target.protocol !== 'https:') return undefined;
  return `${page.origin}/`;
}
