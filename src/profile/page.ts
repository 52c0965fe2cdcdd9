import { createRequire } from 'node:module';
import type { CheerioCrawlingContext } from '@crawlee/cheerio';

/**
 * A page of HTML that can be asked by CSS selector. Crawlee loads cheerio's CommonJS half; this
 * project uses the very same, so that there is one cheerio in memory and one type of page.
 */
export type Page = CheerioCrawlingContext['$'];

/**
 * Parses a page.
 *
 * @param html the page's text
 */
export function parsePage(html: string): Page {
  const cheerio: { load(html: string): Page } = createRequire(import.meta.url)('cheerio');
  return cheerio.load(html);
}
