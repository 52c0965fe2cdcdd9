import { MIMEType } from 'whatwg-mimetype';

/** What a page is read as. */
export interface ContentType {
  /** The type without parameters, in lower case; empty where none was declared, or none that is valid. */
  type: string;
  /** The label of the declared encoding, or undefined. */
  charset: string | undefined;
}

/** Types under which servers send anything (MIME Sniffing Standard, section 7). */
const unknownTypes = ['', 'text/plain', 'application/octet-stream', 'unknown/unknown', '*/*'];
const markupTypes = /^text\/html$|^(?:text|application)\/(?:.*\+)?xml$/;

/** How web pages begin (MIME Sniffing Standard, section 7.1). */
const pageStart =
  /^[\t\n\f\r ]*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[\s>]|^[\t\n\f\r ]*<(?:!--|\?xml)/i;
/** How JSON begins, also behind a guard. */
const jsonStart = /^\s*(?:\)\]\}'|[[{])/;

/** Reads a Content-Type header (MIME Sniffing Standard, section 4.4). */
export function declaredType(header: string | undefined): ContentType {
  const declared = header === undefined ? null : MIMEType.parse(header);
  return { type: declared?.essence ?? '', charset: declared?.parameters.get('charset') };
}

/**
 * Whether a page is HTML: by its declared type, and where that says nothing, by how it begins. A page
 * without a type is one too, unless it begins as JSON.
 */
export function isHtml(type: string, text: string): boolean {
  if (!unknownTypes.includes(type)) return markupTypes.test(type);
  return pageStart.test(text) || (type === '' && !jsonStart.test(text));
}
