import type { Page } from '../page/page.js';
import { type Examination, examinePage, type Finding, finding } from '../profile/examine-page.js';
import type { ListingPage } from '../profile/read-listing.js';
import type { Profile } from '../profile/schema.js';
import { surveyPage } from '../survey/survey-page.js';
import { photosInWords } from '../text/in-words.js';
import { testify } from '../walk/testify.js';

/** Examines the first page of an album: what the rules read of it, and what else it shows. */
export function examineListing(page: Page, profile: Profile, albumUrl: string): Examination {
  const { listing, findings } = examinePage(page, profile, { albumUrl, number: 1 });
  const more = listing === undefined ? [] : secondLook(page, listing, albumUrl);
  return { listing, findings: [...findings, ...more] };
}

/**
 * What the first page of an album shows without the profile's rules, beside what the rules read of
 * it. What they may have missed is a warning.
 */
function secondLook(page: Page, listing: ListingPage, albumUrl: string): Finding[] {
  const { parts, next, rows, photos } = listing;
  const place = { walk: 1, page: 1, url: albumUrl, titles: [], albumUrl, level: 0, number: 1 };
  const { ways, furthest, total, untaken, scripted } = testify(page, parts, place, photos);
  const isLast = next === undefined;
  const findings: Finding[] = [];
  const tell = (what: string, found: string, isWarning: boolean) =>
    findings.push({ ...finding(`seen: ${what}`, found), ...(isWarning && { isWarning: true }) });
  if (page.isHtml) {
    const seen = surveyPage(page, parts.ignored.elements).photos.length;
    tell('pictures', `${seen} that may be photos`, false);
  }
  if (untaken !== undefined) {
    const what = `${photosInWords(untaken.value)} like those of item.row`;
    tell('not read', `${what}, the first one ${untaken.what}`, true);
  }
  if (scripted !== undefined) {
    const what = `${photosInWords(scripted.value)} for scripts, like those of item.row`;
    tell('not read', `${what}, the first one ${scripted.what}`, isLast);
  }
  for (const { what, url, instead } of ways) {
    tell('next page', `${what}: ${url ?? instead}`, isLast);
  }
  if (furthest !== undefined && furthest.value > 1) {
    tell('pages', `${furthest.value}, by ${furthest.what}`, isLast);
  }
  if (total !== undefined) tell('count', total.what, isLast && total.value > rows);
  return findings;
}
