import { SignInError } from '../errors.js';
import { readingRequest, startAddresses } from '../profile/site-addresses.js';
import { fillSlots } from '../profile/slots.js';
import { signInByForm } from './sign-in-form.js';
import { signInByJson } from './sign-in-json.js';
import {
  refuseUnauthorized,
  requireDecision,
  type SignInProof,
  type SignInSite,
} from './sign-in-site.js';

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
  if (rule.by === 'json') return signInByJson(site, rule);
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
    const { signIn: rule } = profile;
    const header =
      'header' in rule ? rule.header : { name: 'Authorization', value: 'Bearer {token}' };
    cookies.setToken({ name: header.name, value: fillSlots(header.value, { token }) });
  }
  return 'what was pasted is sent along; the first page shows whether it is valid';
}
