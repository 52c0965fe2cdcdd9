import { SignInError } from '../errors.js';
import type { PageClient, PostAnswer } from '../http/page-client.js';
import type { SiteCookies } from '../http/site-cookies.js';
import { isJsonPath } from '../profile/json-path.js';
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
  /** A token likewise. */
  token?: string | undefined;
}

/** What signing in works with. */
export interface SignInSite {
  profile: Profile;
  account: SiteAccount;
  credentials: Credentials;
  client: PageClient;
  cookies: SiteCookies;
}

/** How the sign-in was proved, in words for a person. */
export type SignInProof = string;

/**
 * Where the password may go: the album's own host, and never in the clear from a page that was
 * encrypted.
 *
 * @param from the page that it would be sent from
 * @throws SignInError if the target is not such a place
 */
export function refuseElsewhere({ account }: SignInSite, target: URL, from: string): void {
  const leavesEncryption = new URL(from).protocol === 'https:' && target.protocol !== 'https:';
  if (target.host === new URL(account.siteUrl).host && !leavesEncryption) return;
  throw new SignInError(
    `The sign-in on ${from} would send the password to ${target.origin}. It was not sent. If that is the album's own site, set ALBUM_URL to it.`,
  );
}

/** @throws Error for an answer that refuses nothing: it may be another one later */
export function refuseNothing({ statusCode }: { statusCode: number }): void {
  if (statusCode >= 500 || statusCode === 429) {
    throw new Error(`the site answered the sign-in with ${statusCode}`);
  }
}

/** The text that a selector finds, as the site's reason; without what it was sent. */
export function reasonOn(
  { credentials }: SignInSite,
  page: OpenPage,
  select: string | undefined,
): string {
  if (select === undefined) return '';
  const text = page.for(select).text(select, undefined);
  const said = 'value' in text ? text.value : '';
  // A site may repeat what it was sent.
  return plainText(credentials.password === '' ? said : said.replaceAll(credentials.password, '…'));
}

/** What a sign-in is known by, and what would be known by it. */
type Proof = 'redirect' | { select: string; page?: string | undefined } | { cookie: string };

/**
 * Looks for the proof that a sign-in worked.
 *
 * @param landed the page that the answer is, or leads to
 * @returns how it was proved, or undefined where it was not
 */
export async function findProof(
  { account, client, cookies }: SignInSite,
  proof: Proof,
  answer: PostAnswer,
  landed: OpenPage,
): Promise<SignInProof | undefined> {
  if (proof === 'redirect') {
    return answer.location === undefined ? undefined : `a redirect to ${answer.location}`;
  }
  if ('cookie' in proof) {
    const expression = compile(proof.cookie);
    const name = (await cookies.names()).find((cookie) => expression.test(cookie));
    return name === undefined ? undefined : `the cookie ${name}`;
  }
  const { page, select } = proof;
  if (page === undefined && isJsonPath(select) && !isJson(answer.body)) return undefined;
  const looked = page === undefined ? landed : await open(client, addressOn(account, page));
  return looked.parts(select).length > 0 ? `${select} on ${looked.url}` : undefined;
}

async function open(client: PageClient, url: string): Promise<OpenPage> {
  const { url: landed, body } = await client.sendRequest({ url });
  return new OpenPage({ url: landed, text: body }, undefined);
}

function isJson(text: string): boolean {
  return /^\s*[[{"]/.test(text);
}

/** What a proof is looked for by, in words. */
export function inWords(proof: Proof): string {
  if (proof === 'redirect') return 'a redirect';
  return 'cookie' in proof ? `a cookie ${proof.cookie}` : proof.select;
}
