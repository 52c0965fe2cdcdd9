import { SignInError } from '../errors.js';

import type { Profile } from '../profile/schema.js';
import { readingRequest, startAddresses } from '../profile/site-addresses.js';
import { slotsIn } from '../profile/slots.js';

import { signInByForm } from './sign-in-form.js';
import {
  refuseUnauthorized,
  requireDecision,
  type SignInProof,
  type SignInSite,
} from './sign-in-site.js';
import { signInBySteps } from './sign-in-steps.js';
import { filledHeaders } from './step-request.js';

/**
 * Signs in as the profile says, or with the cookie or token that was pasted.
 *
 * @param again whether the site has ended a session before
 * @returns how it was proved
 * @throws SignInError if it was refused, or cannot be done; Error if a retry may help
 */
export async function signIn(site: SignInSite, again: boolean): Promise<SignInProof> {
  const { signIn: rule } = site.profile;
  const { cookie, token } = site.credentials;
  if (cookie !== undefined || token !== undefined || site.credentials.cookies !== undefined) {
    return usePasted(site, again);
  }
  if (rule.by === 'form') return signInByForm(site, rule);
  if (rule.by === 'steps') return signInBySteps(site, rule, again);
  if (rule.by === 'basic') return signInByBasic(site);
  if (rule.by === 'none') return 'the album is open to all';
  throw new SignInError(
    `${site.profile.title} takes a cookie or a token that was copied from a browser: set ALBUM_COOKIE or ALBUM_TOKEN.`,
  );
}

/** Opens the album with HTTP Basic, and takes an answer other than 401 as the proof. */
async function signInByBasic(site: SignInSite): Promise<SignInProof> {
  const { profile, account, client, cookies } = site;
  cookies.sendBasic();
  const [start = account.siteUrl] = startAddresses(profile, account);
  const page = await client.fetchPage(readingRequest(profile, start));
  requireDecision(page);
  refuseUnauthorized(site, page);
  return `${page.url} answered ${page.status}`;
}

async function usePasted(
  { profile, credentials: { cookie, cookies: imported = [], token }, cookies }: SignInSite,
  again: boolean,
): Promise<SignInProof> {
  if (again) {
    throw new SignInError(
      `${profile.title} asks for a sign-in, so what was pasted is not, or no longer, valid. Sign in with a browser and copy it anew.`,
    );
  }
  if (cookie !== undefined) await cookies.paste(cookie);
  await cookies.import(imported);
  if (token !== undefined) {
    cookies.sendAlong({ headers: filledHeaders(tokenHeaders(profile), { token }) });
  }
  return 'what was pasted is sent along; the first page shows whether it is valid';
}

/** The headers that carry a token that was pasted. */
function tokenHeaders({ signIn }: Profile): Record<string, string> {
  const headers = 'headers' in signIn ? Object.entries(signIn.headers) : [];
  const ofToken = headers.filter(([, value]) => slotsIn(value).every((slot) => slot === 'token'));
  return ofToken.length > 0 ? Object.fromEntries(ofToken) : { authorization: 'Bearer {token}' };
}
