/** An address as a profile has it: of the album's own host without the host. */
export function relative(address: string, siteUrl: string): string {
  const { origin, pathname, search, href } = new URL(address);
  return origin === new URL(siteUrl).origin ? `${pathname}${search}` : href;
}
