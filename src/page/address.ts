import { percentEncode } from './encode-text.js';

/** What the addresses on a page depend on. */
export interface AddressBase {
  /** The address that they are relative to. */
  baseUrl: string;
  /** The page's encoding, in which raw letters of a query are sent. */
  encoding: string;
}

/** The special-query percent-encode set (URL Standard, section 1.3), without what is encoded anyway. */
const querySet = ' "#\'<>';

/**
 * Resolves an address on a page as browsers do (URL Standard, section 4.4): percent-encoding is kept,
 * raw letters of the path are encoded as UTF-8, those of the query in the page's encoding.
 *
 * @returns undefined if it is not an http or https address
 */
export function webUrl(text: string, { baseUrl, encoding }: AddressBase): URL | undefined {
  const [, beforeQuery = '', query = '', fragment = ''] =
    /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(text) ?? [];
  const isAscii = !/[^\0-\x7f]/.test(query);
  const address = isAscii
    ? text
    : `${beforeQuery}${percentEncode(query, encoding, querySet)}${fragment}`;
  const url = URL.canParse(address, baseUrl) ? new URL(address, baseUrl) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}

/** Like {@link webUrl}, without the fragment, so that each page has one address. */
export function pageAddress(text: string, base: AddressBase): string | undefined {
  const url = webUrl(text, base);
  if (url !== undefined) url.hash = '';
  return url?.href;
}

/** The parts of a query, each a name and perhaps a value, with what separates them. */
function queryParts({ search }: URL): { parts: string[]; separator: '&' | ';' } {
  const query = search.slice(1);
  const separator = !query.includes('&') && /;[^;=]+=/.test(query) ? ';' : '&';
  return { parts: query.split(separator).filter((part) => part !== ''), separator };
}

function nameOf(part: string): string {
  return decodeValid(part.split('=', 1)[0]?.replaceAll('+', ' ') ?? '');
}

/**
 * Sets a parameter in the query of an address. All else stays as it stands, byte for byte: a query is
 * the site's own, and need not be made of parameters.
 */
export function withParameter(address: string, name: string, value: string): string {
  const url = new URL(address);
  const { parts, separator } = queryParts(url);
  const isSame = (part: string) => nameOf(part) === name;
  const at = parts.findIndex(isSame);
  const written = at < 0 ? encodeURIComponent(name) : parts[at]?.split('=', 1)[0];
  const parameter = `${written}=${encodeURIComponent(value)}`;
  const kept = parts.filter((part, index) => index === at || !isSame(part));
  const query =
    at < 0 ? [...parts, parameter] : kept.map((part) => (isSame(part) ? parameter : part));
  url.search = '';
  const hash = url.hash;
  url.hash = '';
  return `${url.href}?${query.join(separator)}${hash}`;
}

/** The value of a parameter in the query of an address, decoded; undefined where there is none. */
export function parameterOf(url: URL, name: string): string | undefined {
  const part = queryParts(url).parts.find((one) => nameOf(one) === name);
  if (part === undefined) return undefined;
  return decodeValid(part.slice(nameLength(part)).replaceAll('+', ' '));
}

function nameLength(part: string): number {
  const at = part.indexOf('=');
  return at < 0 ? part.length : at + 1;
}

/** Decodes percent-encoding of UTF-8. Percent signs that encode nothing stay, as in `100%.jpg`. */
export function decodeValid(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => decodeRun(run));
}

/** Decodes as many bytes of a run as are UTF-8; the others stay as they stand. */
function decodeRun(run: string): string {
  const bytes = Buffer.from(run.replaceAll('%', ''), 'hex');
  let decoded = '';
  for (let at = 0; at < bytes.length; ) {
    const length = utf8Length(bytes, at);
    decoded +=
      length === 0 ? run.slice(at * 3, at * 3 + 3) : bytes.toString('utf8', at, at + length);
    at += Math.max(1, length);
  }
  return decoded;
}

/** Bytes of the character of UTF-8 that begins there; 0 where none does. */
function utf8Length(bytes: Buffer, at: number): number {
  const lengths = [1, 2, 3, 4];
  return (
    lengths.find((length) => {
      const character = bytes.subarray(at, at + length);
      return (
        character.length === length && Buffer.from(character.toString('utf8')).equals(character)
      );
    }) ?? 0
  );
}
