import type { LearnedRule } from '../learned-rule.js';
import { type Exchange, howToSaveAll } from './exchange.js';
import { fixedHeaders } from './fixed-headers.js';
import { newCookie } from './new-cookie.js';
import { isOpened } from './public-value.js';
import { byForm, formBefore } from './recorded-form.js';
import { holdsSecret } from './recorded-secrets.js';
import { type RecordedStep, RecordedSteps } from './recorded-steps.js';
import { sendsCode, sendsUsername, type TypedAccount } from './typed-account.js';

/** What a recording tells of how an album is opened. */
export interface RecordedSignIn {
  rules: LearnedRule[];
  /** What the profile cannot have, in words. */
  notes: string[];
  /** Names of parameters in addresses that the sign-in gives. */
  parameters: string[];
}

/**
 * Works out how to sign in, from what the request for photos carries back to what was typed.
 *
 * @param exchanges all of the visit
 * @param listing the request that lists photos
 * @param secrets what must not get into a rule
 */
export function recordedSignIn(
  exchanges: readonly Exchange[],
  listing: Exchange,
  typed: TypedAccount | undefined,
  siteUrl: string,
  secrets: readonly string[],
): RecordedSignIn {
  const steps = new RecordedSteps(exchanges, typed, siteUrl);
  const { headers, query, ...carried } = steps.carriedBy(listing);
  const isSecret = (value: string) => holdsSecret(value, secrets, typed);
  const fixed = fixedHeaders(listing, carried.fixed, isSecret);
  const always: LearnedRule[] =
    Object.keys(fixed).length > 0 ? [{ place: 'headers', rule: fixed, seenOn }] : [];
  if (typed === undefined) {
    return withoutSignIn(
      always,
      formBefore(exchanges, listing, siteUrl) ?? alreadyOpen(listing, steps),
    );
  }
  if (!isOneSite(typed.exchange.url, listing.url)) {
    const { host } = new URL(typed.exchange.url);
    const note = `The recording signs in at ${host}, another site, which this program cannot do. Sign in with a browser, and give it the cookie (ALBUM_COOKIE).`;
    const pasted: LearnedRule = {
      place: 'signIn',
      rule: { by: 'pasted' },
      seenOn: host,
      isUncertain: true,
    };
    return { rules: [...always, pasted], notes: [note], parameters: Object.keys(query) };
  }
  addSteps(steps, exchanges, listing, typed);
  const form = byForm(exchanges, typed, steps, headers, query, siteUrl);
  const rule = form ?? bySteps(exchanges, listing, steps, headers, query);
  const isSanitized = !exchanges.some(isOpened);
  const opened = isSanitized && form === undefined ? withToken(rule, typed) : rule;
  const isUncertain = steps.unknown.size > 0 || opened !== rule;
  const signIn: LearnedRule = {
    place: 'signIn',
    rule: opened,
    seenOn: `the sign-in of the recording, ${new URL(typed.exchange.url).pathname}`,
    ...(isUncertain && { isUncertain }),
  };
  const notes = [...steps.unknown].map(
    (what) => `${what} was sent with a value that is in no answer; it is left out.`,
  );
  if (isSanitized) {
    notes.push(
      `The recording has no cookies and no tokens: it was saved without sensitive data. If the profile does not work, record the visit again. ${howToSaveAll}`,
    );
  }
  return { rules: [...always, signIn], notes, parameters: Object.keys(query) };
}

/** What a recording without a sign-in tells. @param open how the album is opened, as far as it shows */
function withoutSignIn(
  always: readonly LearnedRule[],
  open: { by: string } | undefined,
): RecordedSignIn {
  if (open === undefined) return { rules: [...always], notes: [notSignedIn], parameters: [] };
  const signIn = { place: 'signIn', rule: open, seenOn };
  const notes = open.by === 'pasted' ? ['The recording begins after the sign-in.'] : [];
  return { rules: [...always, signIn], notes, parameters: [] };
}

const seenOn = 'the request for photos';
const notSignedIn = `The recording has no sign-in and no cookies. If the album is not open to all, record it again, from before you sign in. ${howToSaveAll}`;

/** Whether two addresses are of one site, as far as their hosts tell it. */
function isOneSite(one: string, other: string): boolean {
  const [first, second] = [one, other].map((address) => {
    const { hostname } = new URL(address);
    return /^[\d.]+$|:/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.');
  });
  return first === second;
}

/** Adds the requests that sent what was typed: the name, the password, and a code behind it. */
function addSteps(
  steps: RecordedSteps,
  exchanges: readonly Exchange[],
  listing: Exchange,
  { exchange: signIn, username, codes }: TypedAccount,
): void {
  steps.add(signIn);
  for (const exchange of exchanges) {
    if (exchange.place >= listing.place || exchange.status >= 400) continue;
    const isStep =
      exchange.place > signIn.place
        ? sendsCode(exchange, codes)
        : exchange.place < signIn.place && sendsUsername(exchange, username);
    if (isStep) steps.add(exchange);
  }
}

/** How an album is opened whose sign-in is not in the recording. */
function alreadyOpen(listing: Exchange, steps: RecordedSteps) {
  const authorization = listing.headers.get('authorization') ?? '';
  if (/^basic /i.test(authorization)) return { by: 'basic' as const };
  const isOpen = authorization !== '' || listing.sentCookies.length > 0;
  return isOpen && steps.exchanged.length === 0 ? { by: 'pasted' as const } : undefined;
}

function bySteps(
  exchanges: readonly Exchange[],
  listing: Exchange,
  steps: RecordedSteps,
  headers: Record<string, string>,
  query: Record<string, string>,
): object {
  const all = steps.steps();
  const taken = all.some(({ take }) => take !== undefined);
  const last = steps.exchanged.findLast(({ method }) => method === 'POST') ?? listing;
  const cookie = newCookie(exchanges, last);
  const isProven = taken && Object.keys({ ...headers, ...query }).length > 0;
  const proof = isProven || cookie === undefined ? {} : { proof: { cookie } };
  return (
    asJson(all, headers, query, proof) ?? {
      by: 'steps',
      steps: all,
      ...(Object.keys(headers).length > 0 && { headers: written(headers) }),
      ...(Object.keys(query).length > 0 && { query }),
      ...(Object.keys(proof).length > 0 ? proof : needsProof(all, last)),
    }
  );
}

/** A form that gives no value is refused with a page, often: something has to prove it. */
function needsProof(all: readonly RecordedStep[], last: Exchange): object {
  const hasTaken = all.some(({ take }) => take !== undefined);
  if (hasTaken || all.every(({ form }) => form === undefined)) return {};
  return last.location === undefined ? {} : { proof: 'redirect' };
}

function written(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase()),
      value,
    ]),
  );
}

/** One request of JSON, in the short form that profiles have for it; undefined where it is more. */
function asJson(
  [step, ...more]: readonly RecordedStep[],
  headers: Record<string, string>,
  query: Record<string, string>,
  proof: object,
): object | undefined {
  if (step?.json === undefined || more.length > 0 || Object.keys(query).length > 0)
    return undefined;
  if (step.headers !== undefined && Object.keys(step.headers).length > 0) return undefined;
  const short = { by: 'json', page: step.post, body: step.json };
  const all = Object.entries(headers);
  const [[name, value] = [], ...others] = all;
  if (name === undefined || value === undefined) {
    return step.take === undefined ? { ...short, ...proof } : undefined;
  }
  const [[slot, rule] = [], ...further] = Object.entries(step.take ?? {});
  const { select, ...rest } = (rule ?? {}) as { select?: string };
  const isPlain = others.length === 0 && further.length === 0 && Object.keys(rest).length === 0;
  if (!isPlain || !select?.startsWith('$') || slot === undefined) return undefined;
  const header = {
    name: Object.keys(written({ [name]: '' }))[0],
    value: value.replace(`{${slot}}`, '{token}'),
  };
  const isUsual = header.name === 'Authorization' && header.value === 'Bearer {token}';
  return { ...short, token: select, ...(!isUsual && { header }), ...proof };
}

/** Of a recording without tokens: the one that the answer has is sent as most sites have it. */
function withToken(rule: object, { exchange }: TypedAccount): object {
  const { page } = exchange;
  if (!('by' in rule) || rule.by !== 'json' || 'token' in rule || page === undefined) return rule;
  const name =
    /"((?:access|id|auth|api)?_?-?(?:token|jwt|accessToken|authToken|sessionToken))"\s*:\s*"/i.exec(
      page.text,
    )?.[1];
  return name === undefined || page.isHtml
    ? rule
    : { ...rule, token: pathOfMember(page.text, name) };
}

function pathOfMember(text: string, name: string): string {
  const find = (value: unknown, path: string): string | undefined => {
    if (typeof value !== 'object' || value === null) return undefined;
    for (const [member, one] of Object.entries(value)) {
      if (member === name) return `${path}.${member}`;
      const inside = find(one, `${path}.${member}`);
      if (inside !== undefined) return inside;
    }
    return undefined;
  };
  return find(JSON.parse(text), '$') ?? `$.${name}`;
}
