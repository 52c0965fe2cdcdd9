import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import { type CountHint, findCountHints } from './count-hints.js';
import { findPhotos, type SurveyedPhoto } from './find-photos.js';
import { findNextWays, type NextWay } from './next-ways.js';
import { pageContent, type Seen } from './page-content.js';
import { findCounts, type SiteCount } from './site-counts.js';

/** What a page shows to someone who knows nothing of its site. */
export interface PageSurvey {
  /** What looks like photos, in the page's order. */
  photos: SurveyedPhoto[];
  /** What leads to further pages, or looks like it. */
  ways: NextWay[];
  /** What the site says of how many photos, or pages, there are. */
  counts: SiteCount[];
  /** What may say so. */
  hints: CountHint[];
  /** Everything that a person sees, in the page's order. */
  elements: PageElement[];
}

/**
 * Looks at a web page.
 *
 * @param without elements to leave out, with all that they hold
 */
export function surveyPage(
  page: Page,
  without: ReadonlySet<object> = new Set(),
  seen: Seen = 'with scripts',
): PageSurvey {
  const { elements, lines } = pageContent(page.document, without, seen);
  return {
    photos: findPhotos(elements, page),
    ways: findNextWays(page, elements),
    counts: findCounts(lines),
    elements,
    hints: findCountHints(lines, elements),
  };
}
