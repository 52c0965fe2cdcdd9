import type { SeenPicture } from '../visit/site-visit.js';
import type { OriginalCandidate } from './original-candidate.js';
import type { OwnPages } from './own-page.js';
import type { RowAddresses } from './row-addresses.js';
import { type WrittenRule, withFilters } from './written-rule.js';

/** What was found out about the originals of a page's photos. */
export interface FoundOriginals {
  /** The rules of the original, best first; none where nothing was found. */
  rules: WrittenRule[];
  /** The photos' own pages, where a rule reads them. */
  ownPages: OwnPages | undefined;
  /** Addresses of those that were tried and found. */
  urls: string[];
  /** The rows that were tried. */
  sample: readonly number[];
  seenOn: string;
  isUncertain: boolean;
  /** What could not be settled, in words. */
  missing: string | undefined;
}

/** What could not be settled, in words; undefined where everything was. */
export function whatIsMissing(
  chosen: readonly OriginalCandidate[],
  held: number,
  tried: number,
): string | undefined {
  const [first] = chosen;
  if (first === undefined) return 'original: none of what was tried is a picture or film';
  if (first.sureness === 5) return 'original: nothing larger than the thumbnail itself was found';
  return held < tried ? `original: found for ${held} of ${tried} photos tried` : undefined;
}

/** `: 4000 × 3000 against 200 × 150 pixels`; of a film its type and size. */
export function sizesInWords(
  large: SeenPicture | undefined,
  small: SeenPicture | undefined,
): string {
  if (large === undefined) return '';
  if (large.width === 0) return `: ${large.contentType}, ${large.bytes} bytes`;
  const against = small && small.width > 0 ? ` against ${small.width} × ${small.height}` : '';
  return `: ${large.width} × ${large.height}${against} pixels`;
}

/**
 * The same rule without the photos' own pages, where the original's address only adds something to that
 * of the page; undefined where it does not.
 */
export function withoutOwnPage(
  { rule }: OriginalCandidate,
  seen: ReadonlyMap<number, SeenPicture>,
  link: RowAddresses,
  sample: readonly number[],
): WrittenRule | undefined {
  if (rule.on !== 'detail') return undefined;
  const ends = sample.flatMap((row) => {
    const [url, start] = [seen.get(row)?.url, link.urls[row]];
    if (url === undefined || start === undefined) return [];
    return url.startsWith(start) ? url.slice(start.length) : '';
  });
  const [end] = ends;
  const isSame = ends.length >= Math.min(2, sample.length) && ends.every((one) => one === end);
  if (!end || !isSame) return undefined;
  const replace = { match: '$', with: end.replaceAll('$', '$$$$') };
  return withFilters(link.rule, { replace });
}
