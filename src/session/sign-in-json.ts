import { SignInError } from '../errors.js';
import { OpenPage, PageError } from '../profile/open-page.js';
import type { SignInJson } from '../profile/sign-in-schema.js';
import { addressOn } from '../profile/site-addresses.js';
import { fillSlots } from '../profile/slots.js';
import { plainText } from '../text/plain-text.js';
import {
  findProof,
  inWords,
  reasonOn,
  refuseElsewhere,
  requireDecision,
  type SignInProof,
  type SignInSite,
} from './sign-in-site.js';

/** Fills the slots of every text in JSON. */
function filled(value: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return fillSlots(value, values);
  if (Array.isArray(value)) return value.map((one) => filled(one, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, filled(one, values)]),
  );
}

/**
 * Signs in with a request of JSON, and keeps the answer's token where the profile names one.
 *
 * @returns how it was proved
 * @throws SignInError if it was refused, or if the answer holds neither token nor proof
 */
export async function signInByJson(site: SignInSite, rule: SignInJson): Promise<SignInProof> {
  const { client, account, credentials, cookies, profile } = site;
  const url = addressOn(account, rule.page);
  refuseElsewhere(site, new URL(url), account.siteUrl);
  const { username, password } = credentials;
  const answer = await client.post(url, {
    body: JSON.stringify(filled(rule.body, { username, password })),
    type: 'application/json',
    from: account.siteUrl,
  });
  requireDecision(answer.page);
  const { status } = answer.page;
  const page = new OpenPage(answer.page, undefined);
  if (status >= 400) {
    const reason = reasonIn(site, page, rule);
    const said = reason === '' ? 'gave no reason' : `“${reason}”`;
    throw new SignInError(
      `${profile.title} refused the sign-in with ${status}: ${said} Check ALBUM_USERNAME and ALBUM_PASSWORD by signing in with a browser.`,
    );
  }
  const token = rule.token === undefined ? undefined : textAt(page, rule.token);
  if (token !== undefined) {
    cookies.setToken({ name: rule.header.name, value: fillSlots(rule.header.value, { token }) });
  }
  const proof = rule.proof && (await findProof(site, rule.proof, answer, page));
  const isProven =
    (rule.token === undefined || token !== undefined) &&
    (rule.proof === undefined || proof !== undefined);
  if (isProven) return proof ?? (token === undefined ? `${status}` : `a token at ${rule.token}`);
  const looked = [rule.token, rule.proof && inWords(rule.proof)].filter(Boolean).join(' and ');
  const reason = reasonIn(site, page, rule);
  throw new SignInError(
    `${profile.title} answered the sign-in with ${status}, but nothing shows that it worked (looked for: ${looked}).${reason === '' ? '' : ` It says: “${plainText(reason)}”`} The site may have changed, or may ask for what only a person can do.`,
  );
}

/** Nothing is found at a JSON path in what is not JSON. */
function orNothing<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof PageError) return undefined;
    throw error;
  }
}

function textAt(page: OpenPage, select: string): string | undefined {
  const text = orNothing(() => page.for(select).text(select, undefined));
  return text !== undefined && 'value' in text ? text.value : undefined;
}

function reasonIn(site: SignInSite, page: OpenPage, { refusal, body }: SignInJson): string {
  return orNothing(() => reasonOn(site, page, refusal, JSON.stringify(body))) ?? '';
}
