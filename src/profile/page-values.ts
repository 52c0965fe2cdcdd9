/**
 * The address of a page together with values that belong to it: those of the album that led to it, or
 * a cursor that is posted. They stand in the fragment, which is never sent to the site (RFC 3986,
 * section 3.5), so that pages which differ in what is posted have an address each.
 */
export function withValues(address: string, values: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  url.hash = new URLSearchParams({ ...valuesOf(address), ...values }).toString();
  return url.href;
}

/** The values that belong to a page, by name. */
export function valuesOf(address: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(new URL(address).hash.slice(1)));
}
