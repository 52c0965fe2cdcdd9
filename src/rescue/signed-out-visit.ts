import { asDownloadError, DownloadError } from '../http/download-error.js';
import type { Page } from '../page/page.js';
import { examinePage, type Finding, finding } from '../profile/examine-page.js';
import type { PagePlace } from '../profile/next-page.js';
import { OpenPage } from '../profile/open-page.js';
import type { Profile } from '../profile/schema.js';
import { signedOutBy } from '../profile/signed-out.js';
import { readingRequest } from '../profile/site-addresses.js';
import type { SiteVisit } from '../visit/site-visit.js';

/** A listing page, as it is for the one who is signed in. */
export interface ShownPage {
  place: PagePlace;
  /** Keys of its photos. */
  keys: readonly string[];
}

/**
 * Reads a listing page once as a visitor who is not signed in, and tells whether the profile would
 * recognise what that one sees. Where it would not, a session that ends in mid-run is not noticed.
 *
 * @param shown the same page for the one who is signed in
 */
export async function visitSignedOut(
  visit: SiteVisit,
  profile: Profile,
  { place, keys }: ShownPage,
): Promise<Finding> {
  const tell = (found: string) => finding('signed out', found);
  let page: Page;
  try {
    page = await visit.fetchSignedOut(readingRequest(profile, place.albumUrl));
  } catch (error) {
    if (!(asDownloadError(error) instanceof DownloadError)) throw error;
    return tell('not known: without cookies the page could not be read');
  }
  if (page.status >= 500 || page.status === 429) {
    return tell(`not known: without cookies the site answered ${page.status}`);
  }
  const asksByHttp = page.status === 401 && page.challenge !== undefined;
  const signedOut = asksByHttp ? 'the site answered 401' : signedOutBy(page, profile);
  if (signedOut !== undefined) return tell(`recognised: ${signedOut}`);
  const seen = examinePage(page, profile, place).listing?.photos.map(({ key }) => key) ?? [];
  if (page.status < 400 && keys.every((key) => seen.includes(key))) {
    return tell('nothing to recognise: the page shows the same photos to everyone');
  }
  const what = `not recognised: without cookies the site shows ${seen.length} of ${keys.length} photos, and the profile would not notice that the session has ended`;
  return { ...tell(`${what}. ${remedyFor(page, profile)}`), isWarning: true };
}

/** What to add to the profile. */
function remedyFor(page: Page, { signIn }: Profile): string {
  if (signIn.by === 'basic') return 'HTTP Basic is not what opens this page: use another signIn';
  if (page.status >= 400) return `Add signIn.signedOut: { status: [${page.status}] }`;
  if (page.url !== page.requestedUrl) {
    return `Add signIn.signedOut.redirect, an expression for ${page.url}`;
  }
  const says = new OpenPage(page, undefined).summary();
  return `Add signIn.signedOut.select, what only that page has. It says: ${says}`;
}
