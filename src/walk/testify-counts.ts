import type { CountHint } from '../survey/count-hints.js';
import type { SiteCount } from '../survey/site-counts.js';
import { plainText } from '../text/plain-text.js';
import { addFurthest, addTotal, type PageTestimony } from './page-testimony.js';
import type { WalkPlace } from './walk-place.js';

/**
 * Notes what a page says of how many photos, or pages, there are.
 *
 * @param shown how many rows, and how many photos, the page shows
 */
export function addCounts(
  testimony: PageTestimony,
  counts: readonly SiteCount[],
  place: WalkPlace,
  shown: readonly number[],
): void {
  for (const { kind, total, from, to, isOfPhotos, words } of counts) {
    const what = inQuotes(words);
    const length = to - from + 1;
    if (kind === 'pages') {
      if (from === place.number) addFurthest(testimony, { value: total, what });
      continue;
    }
    const isOfRows = shown.includes(length) || (isOfPhotos && length >= Math.max(...shown));
    if (kind === 'whole' || isOfRows) addTotal(testimony, { value: total, what });
  }
}

/** Notes what may say so, where nothing surer does. */
export function addHints(
  testimony: PageTestimony,
  hints: readonly CountHint[],
  place: WalkPlace,
  shown: readonly number[],
): void {
  const most = Math.max(...shown);
  const isCounted = testimony.total !== undefined || most === 0;
  for (const hint of hints) {
    const { kind, total } = hint;
    const found = { value: kind === 'more' ? most + total : total, what: inQuotes(hint.words) };
    const isOfPages = kind === 'pages' || isPageOf(hint, place, shown);
    if (isOfPages && testimony.furthest === undefined) testimony.perhapsPages ??= found;
    const isOfPhotos = kind !== 'part' || shown.includes(hint.part);
    if (isOfPhotos && !isOfPages && !isCounted) addTotal(testimony, found);
  }
}

/** Whether “1 / 8” may be a page of all pages: not where so many photos are shown. */
function isPageOf(
  { kind, part, total }: CountHint,
  { number }: WalkPlace,
  shown: readonly number[],
) {
  return kind === 'part' && part === number && !shown.includes(part) && !shown.includes(total);
}

function inQuotes(words: string): string {
  return `“${plainText(words, 100)}”`;
}
