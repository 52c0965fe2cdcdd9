import { SignInError } from '../errors.js';
import type { Page } from '../page/page.js';
import { type Profile, profileSchema } from '../profile/schema.js';
import type { SiteVisit } from '../visit/site-visit.js';
import type { LearnedRule } from './learned-rule.js';
import type { Look } from './look.js';
import { pageSignedIn, proofRules } from './sign-in-proof.js';
import { signInRules } from './sign-in-rule.js';
import { signedOutRules } from './signed-out-rule.js';

/** How to sign in, and what is there then. */
interface LearnedSignIn {
  rules: LearnedRule[];
  /** The album’s page for the signed-in; without a sign-in, the page that was given. */
  page: Page;
}

/**
 * Finds out how to sign in, signs in, and finds out what proves it and how a session’s end shows.
 *
 * @param signedOut the album’s page as those see it who are signed out
 * @param visit is signed in afterwards; what `look` has kept of the site’s pages is old then
 * @returns undefined where no way to sign in was found
 * @throws SignInError without an account where one is needed, for a sign-in that was refused, or that
 *   changes nothing on the album’s page; DownloadError; TooManyRequestsError
 */
export async function learnSignIn(
  signedOut: Page,
  look: Look,
  visit: Pick<SiteVisit, 'signIn' | 'fetchPage'>,
  hasAccount: boolean,
): Promise<LearnedSignIn | undefined> {
  const rules = await signInRules(signedOut, look, hasAccount);
  const rule = rules?.[0]?.rule as { by: string } | undefined;
  if (rules === undefined || rule === undefined) return undefined;
  if (rule.by === 'none') return { rules, page: signedOut };
  const { host } = new URL(signedOut.url);
  if (!hasAccount) {
    throw new SignInError(
      `${host} asks for a sign-in. Set ALBUM_USERNAME and ALBUM_PASSWORD (or --username and --password-stdin).`,
    );
  }
  const proof = await visit.signIn(profileWith(rule, host));
  const fetchPage = (url: string) => visit.fetchPage(url);
  const page = await pageSignedIn(signedOut.requestedUrl, proof, fetchPage);
  if (rule.by === 'basic') return { rules, page };
  const proofs = proofRules(page, signedOut);
  if (proofs.length === 0) {
    throw new SignInError(
      `${host} took the sign-in, but ${page.requestedUrl} looks the same as before. Check the user name and the password by signing in with a browser.`,
    );
  }
  return { rules: [...rules, ...proofs, ...signedOutRules(page, signedOut)], page };
}

/** A profile to sign in with. Its item is never read. */
function profileWith(signIn: unknown, title: string): Profile {
  const item = { row: 'img', id: { attribute: 'src' }, original: [{ attribute: 'src' }] };
  return profileSchema.parse({ name: 'learned', title, signIn, item });
}
