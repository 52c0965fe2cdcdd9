import type { Page } from '../page/page.js';
import { pictureEnding } from '../survey/find-photos.js';
import { surveyPage } from '../survey/survey-page.js';
import { reasonAgainstAlbum } from './album-likeness.js';
import type { ListingRows } from './listing-rows.js';
import type { Look } from './look.js';

/** How many of the pages that pictures lead to are opened. */
const mostDetails = 2;

/** The ways to read the photos of a page that may be an album's, and why the others are not. */
export async function likelyWays(
  { page, ways }: { page: Page; ways: readonly ListingRows[] },
  look: Look,
): Promise<{ ways: ListingRows[]; reasons: string[] }> {
  const details = await detailsOf(page, look);
  const likely: ListingRows[] = [];
  const reasons = new Set<string>();
  for (const way of ways) {
    const parts = way.kinds.flatMap((kind) => kind.parts);
    const reason = reasonAgainstAlbum(way.page, parts, { tried: 0, larger: 0, details });
    if (reason === undefined) likely.push(way);
    else reasons.add(reason);
  }
  return { ways: likely, reasons: [...reasons] };
}

/** Some of the pages that a page's pictures lead to; the first ones may be featured. */
async function detailsOf(page: Page, look: Look): Promise<Page[]> {
  if (!page.isHtml) return [];
  const links = surveyPage(page).photos.flatMap(({ link }) => link ?? []);
  const others = [...new Set(links)].filter((link) => !pictureEnding.test(new URL(link).pathname));
  const opened: Page[] = [];
  for (const link of others.slice(2, 2 + mostDetails)) {
    const detail = await look.page(link);
    if (detail?.isHtml && detail.status < 400) opened.push(detail);
  }
  return opened;
}
