import { createRequire } from 'node:module';
import type { CheerioCrawlingContext } from '@crawlee/cheerio';

/** A parsed page of HTML, queried by CSS selector. */
export type HtmlDocument = CheerioCrawlingContext['$'];

/** Elements that have no end tag in HTML (section 13.1.2). */
const voidElements = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;
const emptyTag = /<([a-z][\w:.-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*\/>/gi;

/**
 * Parses HTML as its standard says, by parse5.
 *
 * @param isXhtml whether `<div/>` is a whole element, as in XML; in HTML it is a start tag
 */
export function parseHtml(html: string, isXhtml = false): HtmlDocument {
  // Crawlee loads cheerio's CommonJS half. The same one here means one cheerio in memory, and one
  // type of document.
  const cheerio: { load(html: string): HtmlDocument } = createRequire(import.meta.url)('cheerio');
  return cheerio.load(isXhtml ? withEndTags(html) : html);
}

function withEndTags(xhtml: string): string {
  return xhtml.replace(emptyTag, (tag, name: string, attributes: string) =>
    voidElements.test(name) ? tag : `<${name}${attributes}></${name}>`,
  );
}
