import { type ByteWalk, bigEndian, byteOrEnd, nextByte, reads, skip } from './byte-walk.js';

const segment = 0x18538067;
const cluster = 0x1f43b675;
const longestId = 4;
const longestSize = 8;

/**
 * Walks a Matroska file or WebM to the end of its segment (RFC 8794, sections 4 to 6; RFC 9559). A live
 * recording leaves the size of the segment, and often of its clusters, unknown: then it may end behind
 * any element within, once a cluster has come.
 */
export function* matroskaEnd(): ByteWalk {
  if (!(yield* reads('\x1a\x45\xdf\xa3'))) return false;
  // The EBML header is such an element too; its ID is read already.
  let id = 0;
  let hasCluster = false;
  for (;;) {
    const size = yield* elementSize();
    if (size === undefined) return true;
    if (id === cluster) hasCluster = true;
    // What has an unknown size is not skipped: its elements come next.
    if (size !== 'unknown') {
      yield* skip(size);
      if (id === segment) return true;
    }
    const first = yield hasCluster ? byteOrEnd : nextByte;
    const length = lengthOf(first);
    if (length > longestId) return true;
    id = first * 256 ** (length - 1) + (yield* bigEndian(length - 1));
  }
}

/** Bytes of a number of variable size, by its first byte (RFC 8794, section 4). */
function lengthOf(first: number): number {
  return Math.clz32(first) - 23;
}

/** Reads the size of an element's data in bytes; undefined for what is none. */
function* elementSize(): Generator<typeof nextByte, number | 'unknown' | undefined, number> {
  const first = yield nextByte;
  const length = lengthOf(first);
  if (length > longestSize) return undefined;
  const marker = 2 ** (8 - length);
  const size = (first - marker) * 256 ** (length - 1) + (yield* bigEndian(length - 1));
  // All bits set (section 6.2).
  return size === 2 ** (7 * length) - 1 ? 'unknown' : size;
}
