import type { Page } from '../page/page.js';
import { OpenPage } from './open-page.js';
import { compile } from './regular-expression.js';
import type { Profile } from './schema.js';

/** Whether a page has the sign-in form, which only visitors who are signed out see. */
export function hasSignInForm(page: Page, { signIn }: Profile): boolean {
  return signIn.by === 'form' && new OpenPage(page, undefined).has(signIn.form);
}

/** How a page shows that the session has ended, in words; undefined if it does not. */
export function signedOutBy(page: Page, profile: Profile): string | undefined {
  const { signIn } = profile;
  if (signIn.by === 'none' || signIn.by === 'basic') return undefined;
  if (hasSignInForm(page, profile)) return 'it shows the sign-in form';
  const { select, status = [], redirect } = signIn.signedOut ?? {};
  if (status.includes(page.status)) return `the site answered ${page.status}`;
  const isRedirected = page.url !== page.requestedUrl;
  if (redirect !== undefined && isRedirected && compile(redirect).test(page.url)) {
    return `the site led on to ${page.url}`;
  }
  return select !== undefined && new OpenPage(page, undefined).has(select)
    ? `it has ${select}`
    : undefined;
}
