/** Names of what opens a site, or proves who asks, as sites are used to call it. */
const secretName =
  '[\\w-]*(?:token|csrf|xsrf|session|secret|nonce|passw|signature|api-?key)[\\w-]*';

const input = /<input\b[^>]*>/gi;
const meta = new RegExp(`<meta\\b[^>]*\\bname\\s*=\\s*["']?${secretName}[^>]*>`, 'gi');
const value = /(\svalue\s*=\s*)(?:"[^"]*"|'[^']*'|[^\s>]+)/i;
const content = /(\scontent\s*=\s*)(?:"[^"]*"|'[^']*'|[^\s>]+)/i;
const inJson = new RegExp(`("${secretName}"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi');
const inAddress = new RegExp(`([?&;]${secretName}=)[^&;"'#\\s<>]+`, 'gi');

/**
 * A page fit to be kept: hidden fields, what is called like a token, and every secret that is known
 * are blanked; the rest stays as it is.
 *
 * @param text the page as it was served
 * @param secrets cookies, tokens and passwords of the session
 */
export function blankPage(text: string, secrets: readonly string[]): string {
  const blanked = text
    .replace(input, (tag) =>
      /\btype\s*=\s*["']?hidden/i.test(tag) ? tag.replace(value, '$1""') : tag,
    )
    .replace(meta, (tag) => tag.replace(content, '$1""'))
    .replace(inJson, '$1""')
    .replace(inAddress, '$1');
  return secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .reduce((page, secret) => page.replaceAll(secret, '…'), blanked);
}
