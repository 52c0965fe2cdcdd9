/**
 * An address as a page writes it, in full: percent-encoded as it stands, raw letters encoded as
 * UTF-8. Undefined where it is not one of the web.
 *
 * @param base the address that it is relative to
 */
export function webUrl(text: string, base: string): URL | undefined {
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}

/** The same, without the fragment, which no server sees: two addresses of one page are then the same. */
export function pageAddress(text: string, base: string): string | undefined {
  const url = webUrl(text, base);
  if (url !== undefined) url.hash = '';
  return url?.href;
}
