import '@exodus/bytes/encoding.js';
import { percentEncodeAfterEncoding } from '@exodus/bytes/whatwg.js';

/**
 * The encoding that is written for a page that is read in another: UTF-8 for UTF-16 (Encoding
 * Standard, section 4.3, "get an output encoding").
 */
export function outputEncoding(encoding: string): string {
  return /^utf-16|^replacement$/i.test(encoding) ? 'UTF-8' : encoding;
}

/**
 * Percent-encodes text after encoding it (URL Standard, section 1.3): a character that the encoding
 * does not have becomes `&#` its code point `;`, percent-encoded.
 *
 * @param encoding the name of an encoding of the Encoding Standard
 * @param set the ASCII characters that are encoded beside control characters, in ascending order
 */
export function percentEncode(text: string, encoding: string, set: string): string {
  return percentEncodeAfterEncoding(outputEncoding(encoding), text, set);
}

/** Encodes text as {@link percentEncode} does, without percent-encoding. */
export function encodeText(text: string, encoding: string): Buffer {
  const encoded = percentEncode(text, encoding, '%');
  const bytes = encoded.replace(/%([\dA-F]{2})/g, (_, digits) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}
