import { createRequire } from 'node:module';
import type { CheerioCrawlingContext } from '@crawlee/cheerio';

/** A parsed page of HTML, queried by CSS selector. */
export type HtmlDocument = CheerioCrawlingContext['$'];

/** Parses HTML as its standard says, by parse5. */
export function parseHtml(html: string): HtmlDocument {
  // Crawlee loads cheerio's CommonJS half. The same one here means one cheerio in memory, and one
  // type of document.
  const cheerio: { load(html: string): HtmlDocument } = createRequire(import.meta.url)('cheerio');
  return cheerio.load(html);
}
