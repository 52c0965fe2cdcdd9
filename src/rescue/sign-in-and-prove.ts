import { SignInError, UnreachableError } from '../errors.js';
import { findNameForm } from '../learn/find-name-form.js';
import { findSignInForm } from '../learn/find-sign-in-form.js';
import type { LearnedPages } from '../learn/learn-album.js';
import type { LearnedRule } from '../learn/learned-rule.js';
import { pageSignedIn, proofRules } from '../learn/sign-in-proof.js';
import { signedOutRules } from '../learn/signed-out-rule.js';
import type { SiteLook } from '../learn/site-look.js';
import type { Page } from '../page/page.js';
import { type Profile, profileSchema } from '../profile/schema.js';
import type { SiteVisit } from '../visit/site-visit.js';

const noProof =
  'signIn.proof: nothing was seen that only the signed-in see. Check the user name and the password by signing in with a browser';

/**
 * Signs in, and finds out what proves it and how the end of a session shows.
 *
 * @param signedOut the album’s page as those see it who are signed out
 * @param rule a rule of `signIn`; the proof of a form’s is a stopgap
 * @param look forgets what it has kept of the site’s pages
 * @returns the rules, and the album’s page for those who are signed in
 * @throws SignInError for a sign-in that was refused; DownloadError; UnreachableError
 */
export async function signInAndProve(
  signedOut: Page,
  rule: unknown,
  visit: SiteVisit,
  look: SiteLook,
): Promise<LearnedPages & { page: Page }> {
  const siteUrl = signedOut.requestedUrl;
  const { hostname: host } = new URL(siteUrl);
  const proof = await visit.signIn(toSignIn(host, rule));
  look.forget();
  const fetchPage = async (url: string) => {
    const page = await look.page(url);
    if (page !== undefined) return page;
    throw look.failures.at(-1)?.error ?? new UnreachableError(`${url} cannot be reached`);
  };
  const { by } = rule as { by: string };
  if (by !== 'form' && by !== 'steps') {
    const page = await fetchPage(siteUrl);
    return { page, rules: signedOutFor(by, page, signedOut), missing: [] };
  }
  const page = await pageSignedIn(siteUrl, proof, fetchPage);
  const { form } = rule as { form?: string };
  if (asksAgain(page, form)) {
    throw new SignInError(
      `${host} shows the sign-in form again: the user name or the password is wrong, or the sign-in needs a person.`,
    );
  }
  const proved = proofRules(page, signedOut);
  const missing = proved.length > 0 ? [] : [noProof];
  const start: LearnedRule[] =
    page.requestedUrl === siteUrl
      ? []
      : [
          {
            place: 'listing.start',
            rule: pathOf(page.requestedUrl),
            seenOn: 'where signing in led to',
          },
        ];
  const ended = form === undefined ? endedSteps(page, signedOut) : signedOutRules(page, signedOut);
  return { page, rules: [...proved, ...ended, ...start], missing };
}

/** A profile that signs in, and reads nothing. */
function toSignIn(title: string, signIn: unknown): Profile {
  const item = { row: 'img', id: { attribute: 'src' }, original: [{ attribute: 'src' }] };
  return profileSchema.parse({ name: 'learned', title, signIn, item });
}

/** Whether a page asks for the sign-in again. @param form that of the sign-in, where it has but one */
function asksAgain(page: Page, form: string | undefined): boolean {
  if (form !== undefined) return page.document(form).length > 0;
  return findSignInForm(page) !== undefined || findNameForm(page) !== undefined;
}

/** How the end of a session shows where the sign-in has steps: that its first form does is no rule yet. */
function endedSteps(page: Page, signedOut: Page): LearnedRule[] {
  const rules = signedOutRules(page, signedOut);
  const first = findNameForm(signedOut);
  if (rules.length > 0 || first === undefined) return rules;
  const rule = { select: first.select };
  return [{ place: 'signIn.signedOut', rule, seenOn: 'the form for the user’s name' }];
}

function signedOutFor(by: string, page: Page, signedOut: Page): LearnedRule[] {
  return by === 'pasted' ? signedOutRules(page, signedOut) : [];
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}
