import { UsageError } from '../../errors.js';
import type { Page } from '../../page/page.js';
import { decodePage } from '../../page/read-page.js';
import type { PostedBody } from '../../page/reading-request.js';
import { type HarEntry, harSchema } from './har-schema.js';

/** A name with its value. */
interface NamedValue {
  name: string;
  value: string;
}

/** A request of a recorded visit, and its answer. */
export interface Exchange {
  /** Its place in the visit, from 0. */
  place: number;
  method: string;
  /** Without a fragment. */
  url: string;
  /** By their names in lower case. */
  headers: ReadonlyMap<string, string>;
  sentCookies: readonly NamedValue[];
  body: PostedBody | undefined;
  status: number;
  /** Names are in lower case. */
  answerHeaders: readonly NamedValue[];
  setCookies: readonly NamedValue[];
  /** Where it redirects to, in full; undefined where it does not. */
  location: string | undefined;
  /** Bytes of the answer's body, as its own length or the recording says; 0 where neither does. */
  size: number;
  /** The declared type, without parameters, in lower case. */
  type: string;
  /** The answer as a page; undefined where the recording does not have what it said. */
  page: Page | undefined;
}

/** How to save a recording with what opens the album, for messages. Chrome leaves it out since version 130. */
export const howToSaveAll =
  'In Chrome and Edge, allow it first in the settings of the developer tools, under Network (“Allow to generate HAR with sensitive data”); then hold down the export button, and choose “Export HAR (with sensitive data)”.';

/** How to record a visit again, for messages. */
export const howToRecord =
  'To record a visit, open the browser’s developer tools (F12) at “Network” and let it keep the log (“Preserve log”, “Persist logs”). Sign in, open two pages of the album and one photo in full size. Then save everything with its content: “Save All As HAR” in Firefox, “Export” in Safari. ' +
  howToSaveAll;

/**
 * Reads a recorded visit.
 *
 * @returns its requests over HTTP that were answered, in order
 * @throws UsageError for what is no HAR 1.2
 */
export function exchangesIn(text: string): Exchange[] {
  const checked = harSchema.safeParse(parsed(text));
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const place = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
    throw new UsageError([`The recording is no HAR file of version 1.2${place}. ${howToRecord}`]);
  }
  return inOrder(checked.data.log.entries).flatMap(
    (entry, place) => exchangeOf(entry, place) ?? [],
  );
}

/** Firefox saves requests in the order in which its table shows them, whatever that is sorted by. */
function inOrder(entries: readonly HarEntry[]): HarEntry[] {
  const times = entries.map(({ startedDateTime }) => Date.parse(startedDateTime ?? ''));
  if (times.some(Number.isNaN)) return [...entries];
  const order = [...entries.keys()].sort((one, other) => (times[one] ?? 0) - (times[other] ?? 0));
  return order.flatMap((index) => entries[index] ?? []);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's message shows pieces of the text, secrets among them.
    throw new UsageError([
      `The recording is no HAR file: it is not JSON, or was cut off. ${howToRecord}`,
    ]);
  }
}

function exchangeOf({ request, response }: HarEntry, place: number): Exchange | undefined {
  if (!/^https?:/i.test(request.url) || !URL.canParse(request.url)) return undefined;
  // A request that was blocked or broken off has no status.
  if (response.status < 200 || request.method === 'OPTIONS') return undefined;
  const address = new URL(request.url);
  address.hash = '';
  const url = address.href;
  const answerHeaders = lowerCased(response.headers);
  return {
    place,
    method: request.method.toUpperCase(),
    url,
    headers: new Map(lowerCased(request.headers).map(({ name, value }) => [name, value])),
    sentCookies: sentCookies(request),
    body: bodyOf(request),
    status: response.status,
    answerHeaders,
    setCookies: setCookies(response),
    location: redirectOf(response, url),
    ...contentOf(response, url),
  };
}

function headerOf({ headers }: HarEntry['response'], wanted: string): string | undefined {
  return lowerCased(headers).find(({ name }) => name === wanted)?.value;
}

function redirectOf(response: HarEntry['response'], url: string): string | undefined {
  const target = headerOf(response, 'location') || response.redirectURL;
  const isRedirect = response.status >= 300 && response.status < 400;
  return target && isRedirect && URL.canParse(target, url) ? new URL(target, url).href : undefined;
}

/** What an answer said: its type, its size, and the page that it was. */
function contentOf(
  response: HarEntry['response'],
  url: string,
): Pick<Exchange, 'type' | 'size' | 'page'> {
  const { mimeType, text, encoding, size } = response.content;
  const contentType = headerOf(response, 'content-type') ?? mimeType ?? '';
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isBase64 = encoding === 'base64';
  const bytes = text ? Buffer.from(text, isBase64 ? 'base64' : 'utf8') : undefined;
  const length = Number(headerOf(response, 'content-length') ?? 0);
  const isPage = bytes !== undefined && !/^(?:image|video|audio|font)\//.test(type);
  return {
    type,
    size: Math.max(bytes?.length ?? 0, size ?? 0, length),
    page: isPage
      ? decodePage(bytes, {
          url,
          // Browsers have decoded text already.
          contentType: isBase64 ? contentType : `${type}; charset=utf-8`,
          status: response.status,
          linkHeader: headerOf(response, 'link'),
        })
      : undefined,
  };
}

function lowerCased(headers: readonly NamedValue[]): NamedValue[] {
  return headers.map(({ name, value }) => ({ name: name.toLowerCase(), value }));
}

function sentCookies({ cookies, headers }: HarEntry['request']): NamedValue[] {
  if (cookies.length > 0) return cookies;
  const sent = lowerCased(headers).filter(({ name }) => name === 'cookie');
  return sent.flatMap(({ value }) => value.split(/;\s*/).flatMap(cookieIn));
}

/** Chromium has a header for each cookie, or one of several lines. */
function setCookies({ cookies, headers }: HarEntry['response']): NamedValue[] {
  if (cookies.length > 0) return cookies;
  const set = lowerCased(headers).filter(({ name }) => name === 'set-cookie');
  return set.flatMap(({ value }) => value.split('\n').flatMap(cookieIn));
}

function cookieIn(text: string): NamedValue[] {
  const [, name, value] = /^\s*([^=;\s]+)=([^;]*)/.exec(text) ?? [];
  return name === undefined || value === undefined ? [] : [{ name, value }];
}

/** Headers of an upload, which Firefox puts before the text of a form. */
const uploadHeaders = /^(?:[\w-]+: [^\r\n]*\r?\n)+\r?\n/;

/** Some browsers give the text of a body, some its fields, some both. */
function bodyOf({ postData, headers }: HarEntry['request']): PostedBody | undefined {
  if (postData === undefined || postData === null) return undefined;
  const header = lowerCased(headers).find(({ name }) => name === 'content-type')?.value;
  const declared = postData.mimeType || header || '';
  const type = declared.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const fields = postData.params ?? [];
  // The fields of Chromium are still encoded, those of Firefox are not: the text is the same in both.
  if (postData.text && type !== 'multipart/form-data') {
    const text = postData.text.replace(uploadHeaders, '');
    return { text, type: type || guessedType(text) };
  }
  if (fields.length === 0) return undefined;
  const form = fields.map(({ name, value }): [string, string] => [name, value]);
  return { text: new URLSearchParams(form).toString(), type: formType };
}

/** The type of what a form sends. */
export const formType = 'application/x-www-form-urlencoded';

function guessedType(text: string): string {
  if (/^\s*[[{]/.test(text)) return 'application/json';
  return /^[^\s=&]+=[^\s]*$/.test(text) ? formType : 'text/plain';
}
