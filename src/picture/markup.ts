/** What a text that consists of elements is. */
export type Markup = 'svg' | 'web page' | 'xml';

/** Elements that web pages, or cuttings of them, begin with. */
const pageElements = new Set(
  (
    'html head body title base meta link style script noscript template main header footer nav ' +
    'section article aside h1 h2 h3 h4 h5 h6 div p pre hr br span a b i u em strong small font ' +
    'center blockquote ul ol li dl table form input button select iframe frameset img picture'
  ).split(' '),
);

const tag = /<(?:[a-z_][\w.-]*:)?([a-z_][\w.-]*)(?=[\s/>]|$)/iy;
const space = /\s*/y;
/** What must not be looked into (quotes, comments), else a character. */
const documentTypePart = /"[^"]*"?|'[^']*'?|<!--.*?(?:-->|$)|./gs;

/**
 * Tells what a text is whose first element may follow an XML declaration, instructions, comments and
 * a document type (XML 1.0, production 22).
 *
 * @param text the text or its beginning, without a byte order mark
 * @returns undefined for a text that does not begin as markup does
 */
export function markupOf(text: string): Markup | undefined {
  let position = 0;
  let guess: Markup | undefined;
  for (;;) {
    position = endOf(space, text, position);
    const rest = text.slice(position, position + 16);
    if (rest.startsWith('<?')) {
      guess ??= 'xml';
      position = behind('?>', text, position);
    } else if (rest.startsWith('<!--')) {
      guess ??= 'web page';
      position = behind('-->', text, position + 4);
    } else if (/^<!doctype/i.test(rest)) {
      const name = /\S*?(?=[\s>[]|$)/.exec(text.slice(position + 9).trimStart())?.[0] ?? '';
      if (name.toLowerCase() === 'html') return 'web page';
      guess = kindOfElement(name);
      position = behindDocumentType(text, position);
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

/** The position behind the next `end`; that of the text's end, where there is none. */
function behind(end: string, text: string, position: number): number {
  const at = text.indexOf(end, position);
  return at === -1 ? text.length : at + end.length;
}

/** The position behind a document type, which may hold declarations in brackets. */
function behindDocumentType(text: string, start: number): number {
  let inBrackets = false;
  for (const { 0: part, index } of text.slice(start).matchAll(documentTypePart)) {
    if (part === '[') inBrackets = true;
    else if (part === ']') inBrackets = false;
    else if (part === '>' && !inBrackets) return start + index + 1;
  }
  return text.length;
}
