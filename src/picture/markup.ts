/** The kind of a markup text. */
export type Markup = 'svg' | 'web page' | 'xml';

/** Elements with which web pages, or parts of them, begin. */
const pageElements = new Set(
  (
    'html head body title base meta link style script noscript template main header footer nav ' +
    'section article aside h1 h2 h3 h4 h5 h6 div p pre hr br span a b i u em strong small font ' +
    'center blockquote ul ol li dl table form input button select iframe frameset img picture'
  ).split(' '),
);

const tag = /<(?:[a-z_][\w.-]*:)?([a-z_][\w.-]*)(?=[\s/>]|$)/iy;
const space = /\s*/y;
/** A quoted text or a comment, whose contents do not count; otherwise one character. */
const documentTypePart = /"[^"]*"?|'[^']*'?|<!--.*?(?:-->|$)|./gs;

/**
 * Recognises markup by its first element, which may follow an XML declaration, instructions, comments
 * and a document type (XML 1.0, production 22).
 *
 * @param text the text or its beginning, without a byte order mark
 * @returns undefined for a text that does not begin like markup
 */
export function markupOf(text: string): Markup | undefined {
  let position = 0;
  let guess: Markup | undefined;
  for (;;) {
    position = endOf(space, text, position);
    const rest = text.slice(position, position + 16);
    if (rest.startsWith('<?')) {
      guess ??= 'xml';
      position = after('?>', text, position);
    } else if (rest.startsWith('<!--')) {
      guess ??= 'web page';
      position = after('-->', text, position + 4);
    } else if (/^<!doctype/i.test(rest)) {
      const name = /\S*?(?=[\s>[]|$)/.exec(text.slice(position + 9).trimStart())?.[0] ?? '';
      if (name.toLowerCase() === 'html') return 'web page';
      guess = kindOfElement(name);
      position = afterDocumentType(text, position);
    } else {
      tag.lastIndex = position;
      const name = tag.exec(text)?.[1];
      return name === undefined ? guess : kindOfElement(name);
    }
  }
}

function kindOfElement(name: string): Markup {
  if (name === 'svg') return 'svg';
  return pageElements.has(name.toLowerCase()) ? 'web page' : 'xml';
}

function endOf(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  pattern.test(text);
  return pattern.lastIndex;
}

/** The position after the next `end`; the text's end if there is none. */
function after(end: string, text: string, position: number): number {
  const at = text.indexOf(end, position);
  return at === -1 ? text.length : at + end.length;
}

/** The position after a document type, which may hold declarations in brackets. */
function afterDocumentType(text: string, start: number): number {
  let inBrackets = false;
  for (const { 0: part, index } of text.slice(start).matchAll(documentTypePart)) {
    if (part === '[') inBrackets = true;
    else if (part === ']') inBrackets = false;
    else if (part === '>' && !inBrackets) return start + index + 1;
  }
  return text.length;
}
