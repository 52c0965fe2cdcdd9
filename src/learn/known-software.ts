import type { Page } from '../page/page.js';
import { type builtInProfiles, loadProfile } from '../profile/load.js';
import { PageError } from '../profile/open-page.js';
import { readListing } from '../profile/read-listing.js';
import type { Profile } from '../profile/schema.js';
import { signedOutBy } from '../profile/signed-out.js';
import { readingRequest, type SiteAccount, startAddresses } from '../profile/site-addresses.js';

type BuiltIn = (typeof builtInProfiles)[number];

/** What the pages of each software have, and no others. */
const signatures: Record<BuiltIn, string> = {
  'apache-gallery': 'a[href*="apachegallery.dk"]',
  'directory-listing': 'h1:contains("Index of /")',
  igal2: 'meta[name="generator" i][content^="igal2" i]',
  jigl: '.hdr_ftr a[href*="jigl"]',
  'kodak-pulse': 'title:contains("Pulse Digital Frame")',
  lazygal: 'meta[name="generator" i][content^="lazygal" i]',
  mediawiki: 'meta[name="generator" i][content^="MediaWiki" i]',
  pigallery2: 'app-pi-gallery2',
  thumbsup: 'ul#media',
};

/**
 * Recognises the software of an album, and proves it: its profile must read photos or albums on the
 * page, or know the page as one for the signed-out.
 *
 * @param page the album's page, as it is for the signed-out
 * @param fetchPage fetches a page from which the profile reads
 * @returns its built-in profile; undefined where none fits
 */
export async function knownSoftware(
  page: Page,
  account: SiteAccount,
  fetchPage: (url: string) => Promise<Page>,
): Promise<Profile | undefined> {
  for (const [name, signature] of Object.entries(signatures)) {
    if (!page.isHtml || page.document(signature).length === 0) continue;
    const profile = loadProfile(name);
    const [start = account.siteUrl] = startAddresses(profile, account);
    const { url } = readingRequest(profile, start);
    const listed = url === page.requestedUrl ? page : await fetchPage(url);
    if (fits(listed, profile, start)) return profile;
  }
  return undefined;
}

function fits(page: Page, profile: Profile, albumUrl: string): boolean {
  if (signedOutBy(page, profile) !== undefined) return true;
  try {
    const { photos, albums, unreadable } = readListing(page, profile, { albumUrl, number: 1 });
    return photos.length + albums.length > 0 && unreadable.length === 0;
  } catch (error) {
    if (error instanceof PageError) return false;
    throw error;
  }
}
