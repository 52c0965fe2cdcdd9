import { SignInError } from '../errors.js';
import { DownloadError } from '../http/download-error.js';
import { type BasicCredentials, challengesOf } from '../http/http-authentication.js';
import type { PageClient } from '../http/page-client.js';
import type { ImportedCookie, SiteCookies } from '../http/site-cookies.js';
import type { Page } from '../page/page.js';
import { OpenPage } from '../profile/open-page.js';
import { compile } from '../profile/regular-expression.js';
import type { Profile } from '../profile/schema.js';
import { addressOn, type SiteAccount } from '../profile/site-addresses.js';
import { plainText } from '../text/plain-text.js';

/** What a person signs in with. It stays in memory. */
export interface Credentials {
  username: string;
  password: string;
  /** A Cookie header copied from a browser that is signed in, in place of signing in. */
  cookie?: string | undefined;
  /** Cookies of such a browser, in place of signing in. */
  cookies?: readonly ImportedCookie[] | undefined;
  /** A token likewise. */
  token?: string | undefined;
  /**
   * Gets a one-time code.
   *
   * @param again whether one was used in this run already
   * @throws EscapeError where there is none
   */
  code?: ((again: boolean) => Promise<string>) | undefined;
}

/** What signing in works with. */
export interface SignInSite {
  profile: Profile;
  account: SiteAccount;
  credentials: Credentials;
  client: PageClient;
  cookies: SiteCookies;
  /** Is told what each step of a sign-in found. */
  tell?: (step: string, found: string) => void;
  /** Is given each page that is fetched once the site has answered the sign-in. */
  landed?: (page: Page) => void;
}

/** How the sign-in was proved, in words for a person. */
export type SignInProof = string;

/**
 * Lets the password go to the album's own host alone, and never unencrypted from an encrypted page.
 *
 * @param from the page that it would be sent from
 * @throws SignInError for any other target
 */
export function refuseElsewhere(
  { account }: Pick<SignInSite, 'account'>,
  target: URL,
  from: string,
): void {
  const leavesEncryption = new URL(from).protocol === 'https:' && target.protocol !== 'https:';
  if (target.host === new URL(account.siteUrl).host && !leavesEncryption) return;
  throw new SignInError(
    `The sign-in on ${from} would send the password to ${target.origin}. It was not sent. If that is the album's own site, set ALBUM_URL to it.`,
  );
}

/**
 * @throws SignInError for a page that HTTP authentication protects, where the user name and password
 *   are missing or refused
 */
export function refuseUnauthorized({ profile, cookies }: SignInSite, page: Page): void {
  const [challenge] = challengesOf(page.challenge);
  if (page.status !== 401 || challenge === undefined) return;
  const { title } = profile;
  const realm = challenge.realm === '' ? '' : `, for “${plainText(challenge.realm)}”`;
  const asks = `${title} asks for a user name and a password on ${page.url} (HTTP ${plainText(challenge.scheme)}${realm})`;
  if (challengesOf(page.challenge).every(({ scheme }) => scheme !== 'basic')) {
    throw new SignInError(
      `${asks}, in a way that this program does not know. Sign in with a browser, and set ALBUM_COOKIE to the cookies that it sends.`,
    );
  }
  throw new SignInError(
    cookies.hasBasic
      ? `${asks}, and refused those given. Check ALBUM_USERNAME and ALBUM_PASSWORD by opening the page with a browser.`
      : `${asks}. Set ALBUM_USERNAME and ALBUM_PASSWORD (or --username and --password-stdin).`,
  );
}

/** @throws DownloadError for an answer that neither accepts nor refuses the sign-in: a retry may help */
export function requireDecision({ status }: Page): void {
  if (status >= 500 || status === 429) {
    throw new DownloadError(`the site answered the sign-in with ${status}`);
  }
}

/**
 * The site's reason for a refusal, at the selector. A password or code that it repeats as a word is left
 * out, unless it is one of the site's own words.
 *
 * @param before what was said before these were sent: its words are the site's own
 */
export function reasonOn(
  { credentials }: SignInSite,
  page: OpenPage,
  select: string | undefined,
  before: string,
  code = '',
): string {
  if (select === undefined || !page.has(select)) return '';
  const text = page.for(select).text(select, undefined);
  const said = 'value' in text ? text.value : '';
  return plainText(withoutWord(withoutWord(said, credentials.password, before), code, before));
}

function withoutWord(text: string, word: string, before: string): string {
  if (word === '' || before.toLowerCase().includes(word.toLowerCase())) return text;
  const isPart = (at: number) => /[\p{L}\p{N}]{2}/u.test(text.slice(Math.max(0, at - 1), at + 1));
  let kept = '';
  let at = 0;
  for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + word.length)) {
    const to = from + word.length;
    if (isPart(from) || isPart(to)) continue;
    kept += `${text.slice(at, from)}…`;
    at = to;
  }
  return kept + text.slice(at);
}

/** What proves that a sign-in worked. */
export type Proof = 'redirect' | { select: string; page?: string | undefined } | { cookie: string };

/**
 * Looks for the proof that a sign-in worked.
 *
 * @param redirect where the answer redirected to, or undefined
 * @param landed the page of the answer, or the one that it redirects to
 * @returns how it was proved, or undefined where it was not
 */
export async function findProof(
  { account, client, cookies, landed: tellLanded }: SignInSite,
  proof: Proof,
  redirect: string | undefined,
  landed: OpenPage,
): Promise<SignInProof | undefined> {
  if (proof === 'redirect') {
    return redirect === undefined ? undefined : `a redirect to ${withoutQuery(redirect)}`;
  }
  if ('cookie' in proof) {
    const expression = compile(proof.cookie);
    const names = [...(await cookies.cookiesFor(account.siteUrl)).keys()];
    const name = names.find((cookie) => expression.test(cookie));
    return name === undefined ? undefined : `the cookie ${name}`;
  }
  const { page, select } = proof;
  let proving = landed;
  if (page !== undefined) {
    const fetched = await client.fetchPage(addressOn(account, page));
    tellLanded?.(fetched);
    proving = new OpenPage(fetched, undefined);
  }
  return proving.has(select) ? `${select} on ${withoutQuery(proving.url)}` : undefined;
}

/** A form that is sent by GET has the password in the query, and the site may repeat it. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/** A proof in words, for a message that it is missing. */
export function inWords(proof: Proof): string {
  if (proof === 'redirect') return 'a redirect';
  return 'cookie' in proof ? `a cookie ${proof.cookie}` : proof.select;
}

/** What answers HTTP Basic, where a user name and a password are known. */
export function basicOf({ username, password }: Credentials): BasicCredentials | undefined {
  return username === '' || password === '' ? undefined : { username, password };
}
