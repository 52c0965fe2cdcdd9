import type { Exchange } from './exchange.js';

/**
 * Headers that requests to a site need besides those that open an album.
 *
 * @param listing the request that lists photos
 * @param sent those that it sent and that a browser does not send by itself
 * @param isSecret whether a value must not get into a profile
 */
export function fixedHeaders(
  listing: Exchange,
  sent: Readonly<Record<string, string>>,
  isSecret: (value: string) => boolean,
): Record<string, string> {
  const accept = acceptOf(listing);
  const kept = Object.entries(sent).filter(([, value]) => !isSecret(value));
  return { ...Object.fromEntries(kept), ...(accept !== undefined && { accept }) };
}

/**
 * What a request for JSON says that it takes: the same address may have a page for people, for which
 * this program asks otherwise. Pictures come with the same header, so anything else stays acceptable.
 */
function acceptOf({ headers, page, answerHeaders }: Exchange): string | undefined {
  const accept = headers.get('accept');
  if (accept === undefined || page === undefined || page.isHtml) return undefined;
  const varies = answerHeaders.some(
    ({ name, value }) => name === 'vary' && /\baccept\b(?!-)/i.test(value),
  );
  if (accept === '*/*' && !varies) return undefined;
  return accept.includes('*/*') ? accept : `${accept}, */*;q=0.1`;
}
