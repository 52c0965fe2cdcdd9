import { MIMEType } from 'whatwg-mimetype';

/** What a page is read as. */
export interface ContentType {
  /** The type without parameters, in lower case; empty where none was declared, or none that is valid. */
  type: string;
  /** The label of the declared encoding, or undefined. */
  charset: string | undefined;
}

/** Types under which servers send anything (MIME Sniffing Standard, section 7). */
const unknownTypes = [
  '',
  'text/plain',
  'application/octet-stream',
  'application/unknown',
  'unknown/unknown',
  '*/*',
];
const markupTypes = /^text\/html$|^(?:text|application)\/(?:.*\+)?xml$/;

/**
 * How web pages begin: any tag, comment or declaration, not only those of the MIME Sniffing Standard
 * (section 7.1), since old sites send parts of pages too.
 */
const pageStart = /^\s*<[a-z!?]/i;
/** How JSON begins, also behind a guard. */
const jsonStart = /^\s*(?:\)\]\}'|[[{])/;

/** Reads a Content-Type header: of several types the last that is valid (Fetch, section 3.5). */
export function declaredType(header = ''): ContentType {
  const types = header.split(',').map((type) => MIMEType.parse(type));
  const declared = types.findLast((type) => type !== null);
  if (declared !== undefined) {
    return { type: declared.essence, charset: declared.parameters.get('charset') };
  }
  return { type: '', charset: /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(header)?.[1] };
}

/** Whether a page can name its encoding in a `<meta>`: JSON cannot, whatever its texts hold. */
export function mayBeMarkup(type: string, bytes: Uint8Array): boolean {
  if (!unknownTypes.includes(type)) return markupTypes.test(type);
  return !jsonStart.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
}

/**
 * Whether a page is HTML: by its declared type, and where that says nothing, by how it begins. A page
 * without a type is one too, unless it begins as JSON.
 */
export function isHtml(type: string, text: string): boolean {
  if (!unknownTypes.includes(type)) return markupTypes.test(type);
  return pageStart.test(text) || (type === '' && !jsonStart.test(text));
}
