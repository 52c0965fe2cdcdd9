/** A user name and a password for HTTP Basic. */
export interface BasicCredentials {
  username: string;
  password: string;
}

/** What a server asks for before it gives what was requested. */
export interface Challenge {
  /** The scheme in lower case, such as basic or digest. */
  scheme: string;
  /** The name of what is protected; empty where the server gives none. */
  realm: string;
}

const token = "[\\w!#$%&'*+.^`|~-]+";
const part = new RegExp(
  `[\\s,]*(?:(${token})\\s*=(?!=)\\s*("(?:[^"\\\\]|\\\\.)*"|[^\\s,]*)|(${token})(?:[ \\t]+[\\w.~+/-]+=*(?=\\s*(?:,|$)))?)`,
  'gy',
);

/**
 * Reads the challenges of a 401 (RFC 9110, section 11.6.1), several in one header among them.
 *
 * @param header the value of WWW-Authenticate
 */
export function challengesOf(header: string | undefined): Challenge[] {
  const challenges: Challenge[] = [];
  for (const [, name, value = '', scheme] of (header ?? '').matchAll(part)) {
    const last = challenges.at(-1);
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), realm: '' });
    else if (name?.toLowerCase() === 'realm' && last !== undefined) last.realm = unquoted(value);
  }
  return challenges;
}

/** The Authorization header of RFC 7617, section 2, with the text in UTF-8. */
export function basicAuthorization({ username, password }: BasicCredentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
}
