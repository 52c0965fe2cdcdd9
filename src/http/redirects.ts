import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { WebRequest } from './connections.js';
import { DownloadError } from './download-error.js';
import { refererFor } from './referrer.js';

/** Fetch, section 4.4 (HTTP-redirect fetch): the limit of the standard. */
export const mostRedirects = 20;
/** Fetch, section 2.2.3 (redirect status): 300, 304, 305 and 306 are none. */
const redirectStatuses = [301, 302, 303, 307, 308];

/** The part of an answer that says whether and where it redirects. */
export interface RedirectingAnswer {
  statusCode?: number | undefined;
  headers: Pick<IncomingHttpHeaders, 'location'>;
}

/** The answer to a request, and the address that it came from. */
export interface FollowedAnswer {
  answer: IncomingMessage;
  url: string;
}

/**
 * Where an answer redirects to (Fetch, section 2.2.6, location URL). Bytes outside ASCII are encoded
 * as they are, as browsers do, so that UTF-8 and Latin-1 both reach the site unchanged.
 *
 * @param url the address that the answer came from
 * @returns a full address, or undefined where the answer is no redirect
 * @throws DownloadError where the answer names something that is not an address
 */
export function redirectTarget(
  { statusCode = 0, headers: { location } }: RedirectingAnswer,
  url: string,
): string | undefined {
  if (!redirectStatuses.includes(statusCode) || location === undefined) return undefined;
  const encoded = location.replace(
    /[\x80-\xff]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  if (!URL.canParse(encoded, url)) {
    throw new DownloadError('the server redirects to something that is not an address');
  }
  const target = new URL(encoded, url);
  if (target.hash === '') target.hash = new URL(url).hash;
  return target.href;
}

/**
 * Sends a request and follows redirects (Fetch, section 4.4, HTTP-redirect fetch). The same address
 * may come again: a site may set a cookie on the way and lead back.
 *
 * @param send sends one request, with what its address may be given
 * @throws DownloadError for more than 20 redirects; what `send` throws
 */
export async function followRedirects(
  request: WebRequest,
  send: (request: WebRequest) => Promise<IncomingMessage>,
): Promise<FollowedAnswer> {
  let current = request;
  for (let redirects = 0; ; redirects++) {
    const answer = await send(current);
    try {
      const target = redirectTarget(answer, current.url);
      if (target === undefined) return { answer, url: current.url };
      if (redirects === mostRedirects) {
        throw new DownloadError(`the server redirects more than ${mostRedirects} times`);
      }
      // Read to its end, so that its connection can be used again.
      answer.resume();
      current = redirected(current, answer.statusCode, target);
    } catch (error) {
      answer.resume();
      throw error;
    }
  }
}

/** The request that follows a redirect: after 301 and 302 a POST becomes a GET, after 303 all do. */
function redirected(
  request: WebRequest,
  statusCode: number | undefined,
  target: string,
): WebRequest {
  const { url, method = 'GET', headers, body, referrer } = request;
  const becomesGet =
    statusCode === 303
      ? method !== 'GET' && method !== 'HEAD'
      : (statusCode === 301 || statusCode === 302) && method === 'POST';
  const { 'content-type': _type, ...withoutType } = headers;
  return {
    url: target,
    referrer: refererFor(referrer, url),
    ...(becomesGet ? { method: 'GET', headers: withoutType } : { method, headers, body }),
  };
}
