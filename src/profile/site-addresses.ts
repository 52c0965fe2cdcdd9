import type { Profile } from './schema.js';
import { fillSlots } from './slots.js';

/** An album and the account that opens it. */
export interface SiteAccount {
  /** The album's address. */
  siteUrl: string;
  /** Empty if there is no sign-in. */
  username: string;
}

/** Resolves an address in a profile, which is relative to the album's. */
export function addressOn({ siteUrl, username }: SiteAccount, address: string): string {
  return new URL(fillSlots(address, { username }, encodeURIComponent), siteUrl).href;
}

/** The addresses at which the walk over the listing starts. */
export function startAddresses({ listing }: Profile, account: SiteAccount): string[] {
  const starts = listing.start === undefined ? [''] : [listing.start].flat();
  return starts.map((start) => {
    const url = new URL(addressOn(account, start));
    url.hash = '';
    return url.href;
  });
}

/** The address that signing in begins with; the album's if there is no sign-in. */
export function signInAddress({ signIn }: Profile, account: SiteAccount): string {
  if (signIn.by === 'form') return addressOn(account, signIn.page);
  const { get, post = get } = (signIn.by === 'steps' && signIn.steps[0]) || {};
  return post === undefined ? account.siteUrl : addressOn(account, post);
}

/** The address to request for a listing page: the page's own, or that of its JSON file. */
export function listingFile({ listing: { json } }: Profile, pageUrl: string): string {
  return json !== undefined && 'file' in json ? new URL(json.file, pageUrl).href : pageUrl;
}
