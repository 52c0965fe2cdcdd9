import { decodePage } from '../page/read-page.js';
import { type Finding, finding } from '../profile/examine-page.js';
import type { Profile } from '../profile/schema.js';
import { signedOutBy } from '../profile/signed-out.js';
import { readingRequest, type SiteAccount, startAddresses } from '../profile/site-addresses.js';
import { examineListing } from './examine-listing.js';

/** A page that a person saved with a browser. */
export interface SavedPage {
  /** Path of its file. */
  path: string;
  bytes: Buffer;
}

/** Checks a profile on a saved listing page, as if the page had come from the album's address. */
export function checkPage(profile: Profile, account: SiteAccount, page: SavedPage): Finding[] {
  const [albumUrl = account.siteUrl] = startAddresses(profile, account);
  const { url } = readingRequest(profile, albumUrl);
  const served = decodePage(page.bytes, { url, contentType: 'text/html' });
  const signedOut = signedOutBy(served, profile);
  if (signedOut === undefined) return examineListing(served, profile, albumUrl).findings;
  const what = `${page.path} is a page for signed-out visitors: ${signedOut}`;
  return [finding('page', `${what}. Save the page while you are signed in`, true)];
}
