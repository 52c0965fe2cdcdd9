import { type ByteWalk, littleEndian, reads, skip } from './byte-walk.js';

/** The smallest size in a WebP's header: the form type WEBP and one chunk's head, in bytes. */
const leastSize = 12;

/**
 * Walks a WebP to the end that its RIFF header states (RFC 9649, sections 2.3 and 2.4). An odd size is
 * followed by RIFF's padding byte. Anything after the end is ignored.
 */
export function* webpEnd(): ByteWalk {
  if (!(yield* reads('RIFF'))) return false;
  const size = yield* littleEndian(4);
  if (!(yield* reads('WEBP')) || size < leastSize) return false;
  yield* skip(size + (size % 2) - 'WEBP'.length);
  return true;
}
