import type { Page } from '../page/page.js';
import type { NextWay } from '../survey/next-ways.js';
import { surveyPage } from '../survey/survey-page.js';

/**
 * What leads to further pages on the site, and is no photo; and whether the page says that there are
 * more than its own, in any way.
 */
export function waysOn(page: Page, count: number): { ways: NextWay[]; isMore: boolean } {
  const { ways: all, photos, counts } = surveyPage(page);
  const links = new Set(photos.flatMap(({ link = '', thumbnails }) => [link, ...thumbnails]));
  const { host } = new URL(page.url);
  const ways = all.filter(
    ({ url }) => url === undefined || (!links.has(url) && new URL(url).host === host),
  );
  const isCounted = counts.some(({ kind, total, isOfPhotos }) =>
    kind === 'pages' ? total > 1 : isOfPhotos && total > count,
  );
  const isShown = ways.some(({ number, isCertain, instead }) => {
    return instead !== undefined && (isCertain || number === 2);
  });
  return { ways, isMore: isCounted || isShown };
}
