import { SignInError } from '../errors.js';
import { fillSlots } from '../profile/slots.js';
import { signInByForm } from './sign-in-form.js';
import { signInByJson } from './sign-in-json.js';
import type { SignInProof, SignInSite } from './sign-in-site.js';

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
  if (cookie !== undefined || token !== undefined) return usePasted(site, again);
  if (rule.by === 'form') return signInByForm(site, rule);
  if (rule.by === 'json') return signInByJson(site, rule);
  if (rule.by === 'none') return 'the album is open to all';
  throw new SignInError(
    `${site.profile.title} takes a cookie or a token that was copied from a browser: set ALBUM_COOKIE or ALBUM_TOKEN.`,
  );
}

async function usePasted(
  { profile, credentials: { cookie, token }, cookies }: SignInSite,
  again: boolean,
): Promise<SignInProof> {
  if (again) {
    throw new SignInError(
      `${profile.title} asks for a sign-in, so what was pasted is not, or no longer, valid. Sign in with a browser and copy it anew.`,
    );
  }
  if (cookie !== undefined) await cookies.paste(cookie);
  if (token !== undefined) {
    const { signIn: rule } = profile;
    const header =
      'header' in rule ? rule.header : { name: 'Authorization', value: 'Bearer {token}' };
    cookies.setToken({ name: header.name, value: fillSlots(header.value, { token }) });
  }
  return 'what was pasted is sent along; the first page shows whether it is valid';
}
