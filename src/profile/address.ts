/**
 * Resolves an address on a page. Percent-encoding is kept; raw letters are encoded as UTF-8.
 *
 * @param base the address that it is relative to
 * @returns undefined if it is not an http or https address
 */
export function webUrl(text: string, base: string): URL | undefined {
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}

/** Like {@link webUrl}, without the fragment, so that each page has one address. */
export function pageAddress(text: string, base: string): string | undefined {
  const url = webUrl(text, base);
  if (url !== undefined) url.hash = '';
  return url?.href;
}
