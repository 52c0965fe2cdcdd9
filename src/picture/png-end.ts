import { type ByteWalk, bigEndian, reads, skip } from './byte-walk.js';

/** The chunk type IEND as a number. */
const imageEnd = 0x49454e44;
/** The longest chunk the specification allows. */
const longestChunk = 2 ** 31 - 1;
const checksumLength = 4;

/**
 * Walks a PNG, animated or not, chunk by chunk to the last byte of its IEND chunk (W3C PNG, third
 * edition, section 5: signature, chunk layout, chunk ordering; ISO/IEC 15948). Checksums are
 * skipped, not checked.
 */
export function* pngEnd(): ByteWalk {
  if (!(yield* reads('\x89PNG\r\n\x1a\n'))) return false;
  for (;;) {
    const length = yield* bigEndian(4);
    if (length > longestChunk) return false;
    const type = yield* bigEndian(4);
    yield* skip(length + checksumLength);
    if (type === imageEnd) return true;
  }
}
