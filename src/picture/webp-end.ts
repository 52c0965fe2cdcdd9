import { type ByteWalk, littleEndian, reads, skip } from './byte-walk.js';

/** Bytes of the form type WEBP and of one chunk's head; no WebP states less. */
const leastSize = 12;

/**
 * Walks a WebP to the end that its RIFF header states (RFC 9649, sections 2.3 and 2.4). The size is
 * even; to an odd one the padding byte is added that RIFF asks for. What follows is not looked at.
 */
export function* webpEnd(): ByteWalk {
  if (!(yield* reads('RIFF'))) return false;
  const size = yield* littleEndian(4);
  if (!(yield* reads('WEBP')) || size < leastSize) return false;
  yield* skip(size + (size % 2) - 'WEBP'.length);
  return true;
}
