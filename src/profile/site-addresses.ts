import type { ReadingRequest } from '../page/reading-request.js';
import { levelsOf } from './levels.js';
import { valuesOf, withValues } from './page-values.js';
import { postBody } from './post-body.js';
import type { Profile } from './schema.js';
import { fillSlots, slotsIn } from './slots.js';
import { windowAddress, windowOf } from './time-window.js';

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
export function startAddresses(profile: Profile, account: SiteAccount): string[] {
  const { listing } = profile;
  const { username } = account;
  const starts = listing.start === undefined ? [''] : [listing.start].flat();
  return starts.map((start) => {
    const url = new URL(addressOn(account, start));
    url.hash = '';
    return postsUsername(profile) ? withValues(url.href, { username }) : url.href;
  });
}

/** The address that signing in begins with; the album's if there is no sign-in. */
export function signInAddress({ signIn }: Profile, account: SiteAccount): string {
  if (signIn.by === 'form') return addressOn(account, signIn.page);
  const { get, post = get } = (signIn.by === 'steps' && signIn.steps[0]) || {};
  return post === undefined ? account.siteUrl : addressOn(account, post);
}

function postsUsername(profile: Profile): boolean {
  return levelsOf(profile).some(
    ({ listing: { post } }) => post && slotsIn(JSON.stringify(post)).includes('username'),
  );
}

/**
 * The request that reads a listing page: for the page itself or for its JSON file, with what it posts.
 *
 * @param pageUrl the page's address, with the values that belong to it
 */
export function readingRequest({ listing }: Profile, pageUrl: string): ReadingRequest {
  const { json, post, next } = listing;
  const isWindow = next?.by === 'window';
  const page = isWindow ? windowAddress(next, pageUrl) : pageUrl;
  const url = json !== undefined && 'file' in json ? new URL(json.file, page).href : page;
  if (post === undefined) return { url };
  const first = next?.by === 'number' ? { number: String(next.first) } : {};
  const window = isWindow ? windowOf(next, pageUrl) : {};
  return { url, body: postBody(post, { ...first, ...valuesOf(pageUrl), ...window }) };
}
