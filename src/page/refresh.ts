import type { HtmlDocument } from './html-document.js';

/** Seconds after which a page that replaces itself is meant to be read first. */
const longestDelay = 5;

const content =
  /^\s*(?=[\d.])(\d*)[\d.]*(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?(?:"([^"]*).*|'([^']*).*|(.*))$/is;

/**
 * The address to which a page leads on by itself at once: `<meta http-equiv="refresh">` in its head
 * (HTML, section 4.2.5.3, shared declarative refresh steps). What scripts are missing for stands in
 * noscript and does not count.
 *
 * @param baseUrl the address that those on the page are relative to
 * @param url the page's own address: a page that loads itself again leads nowhere
 */
export function refreshTarget($: HtmlDocument, baseUrl: string, url: string): string | undefined {
  const meta = $('head meta[http-equiv="refresh" i][content]').not('noscript meta').first();
  const [, delay, ...targets] = content.exec(meta.attr('content') ?? '') ?? [];
  const target = targets.find((text) => text !== undefined)?.trim() ?? '';
  if (delay === undefined || Number(delay) > longestDelay || target === '') return undefined;
  if (!URL.canParse(target, baseUrl)) return undefined;
  const { href, protocol } = new URL(target, baseUrl);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return isWeb && href !== url ? href : undefined;
}
