import { type Markup, markupOf } from './markup.js';
import { refusedKindOf } from './refused-kinds.js';
import { isPlainlyBinary, likelyTextOf, looksLikeOldText, textOf } from './sample-text.js';

/** What a file may be saved as: extension without a dot, and MIME type; or why it may not be. */
export type ContentKind = { extension: string; contentType: string } | { refused: string };

/** Bytes that are looked at: as many as file-type looks at. */
const sampleLength = 4100;

const unknownBinary: ContentKind = { extension: 'bin', contentType: 'application/octet-stream' };

const kinds: Record<Markup, ContentKind> = {
  svg: { extension: 'svg', contentType: 'image/svg+xml' },
  'web page': refused('a web page'),
  xml: refused('an XML document'),
};

/** Formats of pages and pictures whose files may be text all through. */
const formatsOfText = ['application/pdf', 'application/postscript', 'application/eps'];

/**
 * Decides whether what a server sent may count as an original. Pictures, films, sounds and PDF may;
 * so may binary data that nobody knows (a camera's own format perhaps). Web pages, text and files of
 * other kinds may not.
 *
 * @param sample the first bytes of the file, 4,100 if it has as many; more are not looked at
 * @param type what the package file-type says of them
 * @returns what to save the file as, or in `refused` why it must not be saved
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
  // Both asked before the type: to file-type, any text that begins with BM is a bitmap, and a page
  // in UTF-16 a sound. A page may also break its encoding.
  const text = isBinary ? undefined : textOf(bytes);
  const markup = isBinary ? undefined : markupOf(text ?? likelyTextOf(bytes));
  if (markup !== undefined) return kinds[markup];
  if (text !== undefined) return refused('text');
  if (known === undefined) return looksLikeOldText(bytes) ? refused('text') : unknownBinary;
  const refusedKind = refusedKindOf(known.contentType);
  return refusedKind === undefined ? known : refused(refusedKind);
}

function refused(kind: string): { refused: string } {
  return { refused: `the server sent ${kind} in place of the picture` };
}
