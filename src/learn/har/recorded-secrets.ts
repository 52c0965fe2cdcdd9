import type { Exchange } from './exchange.js';
import { isPublicValue } from './public-value.js';
import { isSecretLike } from './recorded-steps.js';
import { bodyLeaves, queryLeaves } from './request-leaves.js';
import { isPasswordField, type TypedAccount } from './typed-account.js';

/** The shortest secret that can be told from other texts, in UTF-16 units. */
const shortest = 4;
const secretName =
  /token|auth|session|secret|api.?key|signature|nonce|csrf|xsrf|jwt|ticket|grant|code/i;
/** Headers that open an album. */
const secretHeader = /^(?:authorization|x-.*(?:token|auth|key|session|csrf).*)$/;

/**
 * What a recording holds that must not get into a profile, an output or a storage folder: passwords,
 * codes, cookies, and tokens.
 */
export function secretsIn(
  exchanges: readonly Exchange[],
  typed: TypedAccount | undefined,
): string[] {
  const isSecret = (value: string, { place }: Exchange) =>
    !isPublicValue(value, place, exchanges, typed);
  const found = [
    typed?.password ?? '',
    ...(typed?.codes ?? []),
    ...exchanges
      .flatMap(({ sentCookies, setCookies }) => [...sentCookies, ...setCookies])
      .map(({ value }) => value),
    ...exchanges.flatMap((one) => sentIn(one).filter((value) => isSecret(value, one))),
  ];
  return [...new Set(found)].filter(
    (value) => value.length >= shortest && (value === typed?.password || !isPlain(value)),
  );
}

/** Whether a value is a word of cookies, or an address to go back to. */
function isPlain(value: string): boolean {
  const isAddress = /^(?:\/|%2f|https?(?::|%3a))/i.test(value) && !isSecretLike(value);
  return isAddress || /^(?:true|false|null|none|deleted)$/i.test(value);
}

/** What a request sends under names of secrets, cookies apart. */
function sentIn(exchange: Exchange): string[] {
  const headers = [...exchange.headers].flatMap(([name, value]) =>
    secretHeader.test(name) ? [value, value.replace(/^\w+\s+/, '')] : [],
  );
  const sent = [...bodyLeaves(exchange), ...queryLeaves(exchange.url)].filter(({ path, value }) => {
    const name = path.at(-1) ?? '';
    return isPasswordField(name) || (secretName.test(name) && isSecretLike(value));
  });
  return [...headers, ...sent.map(({ value }) => value)];
}

/**
 * Whether a text has a secret in it, as it stands or percent-encoded, or the mail address with which a
 * person signs in. Words, and parts of addresses, that a cookie keeps are none.
 */
export function holdsSecret(
  text: string,
  secrets: readonly string[],
  typed: TypedAccount | undefined,
): boolean {
  const { username = '', password } = typed ?? {};
  const isAddress = username.includes('@');
  const isSecret = (value: string) =>
    value === password ||
    (isAddress && value === username) ||
    isSecretLike(value) ||
    (value.length >= 8 && /\d/.test(value) && /[a-z]/i.test(value) && !/[/?]/.test(value));
  return [...secrets, username].some(
    (secret) =>
      isSecret(secret) && (text.includes(secret) || text.includes(encodeURIComponent(secret))),
  );
}
