import { webUrl } from '../page/address.js';
import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import type { SignInProof } from '../session/sign-in-site.js';
import { namesOf, pageContent } from '../survey/page-content.js';
import { addressSelectors, ownSelectors } from './element-selector.js';
import { findSignInForm } from './find-sign-in-form.js';
import type { LearnedRule } from './learned-rule.js';
import { signsOut } from './safe-address.js';

/** The proof to sign in with once: any page but the form’s own, of which each sign-in says where it is. */
export const stopgapProof = { select: 'html' };

/**
 * The page that shows the album to the signed-in: its own or, where that still shows the form, the one
 * that signing in led to.
 *
 * @param proof how the sign-in was proved, with {@link stopgapProof}
 * @param fetchPage fetches a page anew, signed in
 */
export async function pageSignedIn(
  albumUrl: string,
  proof: SignInProof,
  fetchPage: (url: string) => Promise<Page>,
): Promise<Page> {
  const page = await fetchPage(albumUrl);
  const landed = proof.slice(`${stopgapProof.select} on `.length);
  const isOther = URL.canParse(landed) && landed !== page.url;
  return isOther && findSignInForm(page) !== undefined ? fetchPage(landed) : page;
}

/** A selector for what only one of two pages has. */
interface Difference {
  select: string;
  /** What it finds, in words. */
  what: string;
  isUncertain?: true;
}

/**
 * Finds what only the signed-in see on the album’s page: a link that signs out, an account’s menu, or,
 * where the signed-out are led elsewhere, a part of the page itself.
 *
 * @param signedIn the album’s page, signed in
 * @param signedOut the same for those who are signed out
 * @returns none where nothing shows that signing in made a difference
 */
export function proofRules(signedIn: Page, signedOut: Page): LearnedRule[] {
  const found = onlySignedIn(signedIn, signedOut);
  if (found === undefined) return [];
  const { select, what, isUncertain } = found;
  const { pathname, search } = new URL(signedIn.requestedUrl);
  return [
    {
      place: 'signIn.proof',
      rule: { page: `${pathname}${search}`, select },
      seenOn: `${what}, seen signed in and not signed out`,
      ...(isUncertain && { isUncertain }),
    },
  ];
}

function onlySignedIn(signedIn: Page, signedOut: Page): Difference | undefined {
  const { elements } = pageContent(signedIn.document, new Set());
  const isNew = (select: string) =>
    signedIn.document(select).length > 0 && signedOut.document(select).length === 0;
  const ofSignOut = elements
    .filter((element) => endsSession(element, signedIn))
    .flatMap((element) => [
      ...addressSelectors(element, (part) => signsOut(webUrl(`/${part}`, signedIn))),
      ...ownSelectors(element),
    ]);
  const bySignOut = ofSignOut.find(isNew);
  if (bySignOut !== undefined) return { select: bySignOut, what: 'what signs out' };
  const byMenu = elements
    .filter((element) => account.test(namesOf(element)))
    .flatMap(ownSelectors)
    .find((select) => account.test(select) && isNew(select));
  if (byMenu !== undefined) return { select: byMenu, what: 'the account’s menu' };
  const byPart = elements.flatMap(ownSelectors).find(isNew);
  if (byPart === undefined) return undefined;
  return { select: byPart, what: 'a part of the page', isUncertain: true };
}

/** What menus of an account are called. */
const account = /(?:^|[\s#._-])(?:user|account|profile|member|my-?account|logged-?in)(?:$|[\s_-])/i;

function endsSession(element: PageElement, page: Page): boolean {
  if (!/^(?:a|button|input|form)$/.test(element.name)) return false;
  return signsOut(targetOf(element, page), element);
}

function targetOf({ attribs }: PageElement, page: Page): URL | undefined {
  const address = attribs.href ?? attribs.action ?? attribs.formaction;
  return address === undefined ? undefined : webUrl(address.trim(), page);
}
