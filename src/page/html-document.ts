import { createRequire } from 'node:module';
import type { CheerioCrawlingContext } from '@crawlee/cheerio';
import type { Parser, ParserOptions } from 'parse5';
import type { adapter, Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';

/** A parsed page of HTML, queried by CSS selector. */
export type HtmlDocument = CheerioCrawlingContext['$'];

type Tree = Htmlparser2TreeAdapterMap;

/** An element of a page. */
export type PageElement = Tree['element'];

/** By elements, the form that was open when each was parsed, whether or not it is an ancestor. */
export type OpenForms = WeakMap<object, Tree['element']>;

/** Elements that have no end tag in HTML (section 13.1.2). */
const voidElements = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;
const emptyTag = /<([a-z][\w:.-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*\/>/gi;

/**
 * Parses HTML as its standard says, by parse5.
 *
 * @param isXhtml whether `<div/>` is a whole element, as in XML; in HTML it is a start tag
 * @param openForms where to note the form element pointer (HTML, section 13.2.4.4) of each element:
 *   it stays set until `</form>`, also where markup around the form has closed it before
 */
export function parseHtml(
  html: string,
  isXhtml = false,
  openForms: OpenForms = new WeakMap(),
): HtmlDocument {
  // Crawlee loads the CommonJS halves of these. The same ones here mean one cheerio in memory, and
  // one type of document.
  const load = createRequire(import.meta.url);
  const cheerio: { load(document: unknown): HtmlDocument } = load('cheerio');
  const parse5: { Parser: new (options: ParserOptions<Tree>) => Parser<Tree> } = load('parse5');
  const tree: { adapter: typeof adapter } = load('parse5-htmlparser2-tree-adapter');
  const parser: Parser<Tree> = new parse5.Parser({
    treeAdapter: {
      ...tree.adapter,
      createElement(name, namespace, attributes) {
        const element = tree.adapter.createElement(name, namespace, attributes);
        const isInTemplate = parser.openElements.tmplCount > 0;
        if (parser.formElement !== null && !isInTemplate) {
          openForms.set(element, parser.formElement);
        }
        return element;
      },
    },
  });
  parser.tokenizer.write(isXhtml ? withEndTags(html) : html, true);
  return cheerio.load(parser.document);
}

function withEndTags(xhtml: string): string {
  return xhtml.replace(emptyTag, (tag, name: string, attributes: string) =>
    voidElements.test(name) ? tag : `<${name}${attributes}></${name}>`,
  );
}
