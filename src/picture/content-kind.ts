import { type Markup, markupOf } from './markup.js';
import { refusedKindOf } from './refused-kinds.js';
import { isPlainlyBinary, likelyTextOf, looksLikeOldText, textOf } from './sample-text.js';

/** How to save a file: extension without a dot, and MIME type; or why it must not be saved. */
export type ContentKind = { extension: string; contentType: string } | { refused: string };

/** Bytes that are examined: as many as file-type examines. */
const sampleLength = 4100;

const unknownBinary: ContentKind = { extension: 'bin', contentType: 'application/octet-stream' };

const tiff: ContentKind = { extension: 'tif', contentType: 'image/tiff' };

const kinds: Record<Markup, ContentKind> = {
  svg: { extension: 'svg', contentType: 'image/svg+xml' },
  'web page': refused('a web page'),
  xml: refused('an XML document'),
};

/** Accepted formats whose files may be text throughout. */
const formatsOfText = ['application/pdf', 'application/postscript', 'application/eps'];

/**
 * Decides whether a server's answer may count as an original. Pictures, films, sounds and PDF may; so
 * may unknown binary data (perhaps a camera's own format). Web pages, text and other files may not.
 *
 * @param sample the first bytes of the file, 4,100 if it has that many; the rest is ignored
 * @param type the result of the package file-type for the same bytes
 * @returns how to save the file, or in `refused` why it must not be saved
 */
export function contentKind(
  sample: Uint8Array,
  type: { ext: string; mime: string } | undefined,
): ContentKind {
  const bytes = sample.subarray(0, sampleLength);
  if (bytes.length === 0) return { refused: 'the answer is empty' };
  const known = type && { extension: type.ext, contentType: type.mime };
  if (known !== undefined && formatsOfText.includes(known.contentType)) return known;
  const isBinary = isPlainlyBinary(bytes);
  // Before the type, because file-type takes any text that begins with BM for a bitmap, and a page in
  // UTF-16 for a sound. A page may also have malformed bytes in its encoding.
  const text = isBinary ? undefined : textOf(bytes);
  const markup = isBinary ? undefined : markupOf(text ?? likelyTextOf(bytes));
  if (markup !== undefined) return kinds[markup];
  if (text !== undefined) return refused('text');
  if (known === undefined) {
    if (isTiff(bytes)) return tiff;
    return looksLikeOldText(bytes) ? refused('text') : unknownBinary;
  }
  const refusedKind = refusedKindOf(known.contentType);
  return refusedKind === undefined ? known : refused(refusedKind);
}

/** file-type recognises no TIFF whose directory is behind the sample. */
function isTiff(bytes: Uint8Array): boolean {
  return ['II*\0', 'MM\0*'].includes(Buffer.from(bytes.subarray(0, 4)).toString('latin1'));
}

function refused(kind: string): { refused: string } {
  return { refused: `the server sent ${kind} in place of the picture` };
}
