import { pageAddress } from './address.js';
import type { Profile } from './schema.js';
import { fillSlots } from './slots.js';

/** An album of a site, as a person names it. */
export interface SiteAccount {
  /** The album's address. */
  siteUrl: string;
  /** Empty where nobody signs in. */
  username: string;
}

/** An address that a profile gives relative to the album's, in full. */
export function addressOn({ siteUrl, username }: SiteAccount, address: string): string {
  return new URL(fillSlots(address, { username }, encodeURIComponent), siteUrl).href;
}

/** Where the photos are listed: the first page of each album that the profile begins with. */
export function startAddresses({ listing }: Profile, account: SiteAccount): string[] {
  const starts = listing.start === undefined ? [''] : [listing.start].flat();
  return starts.map((start) => {
    const address = addressOn(account, start);
    return pageAddress(address, address) ?? address;
  });
}

/** The page that signing in begins with; where nobody signs in, the album itself. */
export function signInAddress({ signIn }: Profile, account: SiteAccount): string {
  return 'page' in signIn ? addressOn(account, signIn.page) : account.siteUrl;
}

/** What is asked for to read a listing page: the page itself, or the file of JSON beside it. */
export function listingFile({ listing: { json } }: Profile, pageUrl: string): string {
  return json !== undefined && 'file' in json ? new URL(json.file, pageUrl).href : pageUrl;
}
