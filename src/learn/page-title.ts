import type { Page } from '../page/page.js';
import { plainText } from '../text/plain-text.js';

/** The title that a page gives itself. */
export function titleOf({ document: $, url, isHtml }: Page): string {
  const host = new URL(url).hostname;
  if (!isHtml) return host;
  const texts = [$('h1').first(), $('title').first()].map((part) => plainText(part.text(), 60));
  return texts.map((text) => text.trim()).find((text) => text !== '') ?? host;
}
