import { type CheerioAPI, load } from 'cheerio';
import { Parser } from 'parse5';
import { adapter, type Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';

/** A parsed page of HTML, queried by CSS selector. */
export type HtmlDocument = CheerioAPI;

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
  const parser: Parser<Tree> = new Parser<Tree>({
    treeAdapter: {
      ...adapter,
      createElement(name, namespace, attributes) {
        const element = adapter.createElement(name, namespace, attributes);
        const isInTemplate = parser.openElements.tmplCount > 0;
        if (parser.formElement !== null && !isInTemplate) {
          openForms.set(element, parser.formElement);
        }
        return element;
      },
    },
  });
  parser.tokenizer.write(isXhtml ? withEndTags(html) : html, true);
  return load(parser.document as Parameters<typeof load>[0]);
}

function withEndTags(xhtml: string): string {
  return xhtml.replace(emptyTag, (tag, name: string, attributes: string) =>
    voidElements.test(name) ? tag : `<${name}${attributes}></${name}>`,
  );
}
