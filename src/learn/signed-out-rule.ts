import type { Page } from '../page/page.js';
import { pageContent, shortText } from '../survey/page-content.js';
import { addressSelectors, ownSelectors } from './element-selector.js';
import { findSignInForm } from './find-sign-in-form.js';
import type { LearnedRule } from './learned-rule.js';
import { namesSignIn } from './sign-in-words.js';

const place = 'signIn.signedOut';

/**
 * Finds out how a page shows that the session has ended: by its status, by where it leads, or by a part
 * of the page.
 *
 * @param signedIn the album’s page, signed in
 * @param signedOut the same for those who are signed out
 * @returns none where the sign-in form shows it, which always counts, or nothing does
 */
export function signedOutRules(signedIn: Page, signedOut: Page): LearnedRule[] {
  if (findSignInForm(signedOut) !== undefined) return [];
  const { status } = signedOut;
  if (status >= 400 && status < 500 && status !== signedIn.status) {
    const rule = { status: [status] };
    return [{ place, rule, seenOn: `status ${status} when signed out` }];
  }
  const redirect = redirectRule(signedIn, signedOut);
  if (redirect !== undefined) {
    return [
      { place, rule: { redirect }, seenOn: `a redirect to ${new URL(signedOut.url).pathname}` },
    ];
  }
  const select = invitation(signedIn, signedOut);
  if (select === undefined) return [];
  return [
    {
      place,
      rule: { select },
      seenOn: 'what leads to the sign-in when signed out',
      isUncertain: true,
    },
  ];
}

/** A regular expression for the page to which the signed-out are redirected. */
function redirectRule(signedIn: Page, signedOut: Page): string | undefined {
  if (signedOut.url === signedOut.requestedUrl) return undefined;
  const { host, pathname } = new URL(signedOut.url);
  const isElsewhere = host !== new URL(signedOut.requestedUrl).host;
  const path = pathname.replace(/\/$/, '');
  // The front page’s path is the beginning of every other.
  if (path === '' && !isElsewhere) return undefined;
  const literal = `${isElsewhere ? `//${host}` : ''}${path}`.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const expression = `${literal}/?(?:[?#]|$)`;
  return new RegExp(expression).test(signedIn.url) ? undefined : expression;
}

/** A selector for a link or button that invites to sign in, and that the signed-in do not see. */
function invitation(signedIn: Page, signedOut: Page): string | undefined {
  const { elements } = pageContent(signedOut.document, new Set());
  const links = elements.filter(({ name }) => name === 'a' || name === 'button');
  return links
    .flatMap((link) => {
      const byAddress = addressSelectors(link, (part) => namesSignIn(withoutWayBack(part)));
      const isLabelled = namesSignIn(shortText(link)) && shortText(link).length < 30;
      return [...byAddress, ...(isLabelled ? ownSelectors(link) : [])];
    })
    .find((select) => signedIn.document(select).length === 0);
}

/** A part of an address, unless it is an address to go back to. */
function withoutWayBack(part: string): string {
  return /=(?:https?:|%2f|\/)/i.test(part) ? '' : part;
}
