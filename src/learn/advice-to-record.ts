import type { Page } from '../page/page.js';
import { plainText } from '../text/plain-text.js';
import { howToRecord } from './har/exchange.js';

/** Characters of text below which a page with scripts looks as if they were to write the rest. */
const mostText = 400;

/** What to do where only a recorded visit tells what the site’s scripts do. @param siteUrl the album’s */
export function adviceToRecord(siteUrl: string): string {
  return `Record a visit, and learn from that: npm run --silent learn -- ${siteUrl} --har visit.har --out album.yaml. ${howToRecord}`;
}

/** Whether a page has scripts, and hardly anything else. */
export function isBuiltByScripts({ document: $, isHtml }: Page): boolean {
  if (!isHtml || $('script').length === 0) return false;
  const body = $('body').clone();
  body.find('script, style, template, noscript').remove();
  return plainText(body.text(), mostText + 1).length <= mostText;
}
