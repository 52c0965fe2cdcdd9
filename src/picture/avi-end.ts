import {
  type ByteWalk,
  byteOrEnd,
  littleEndian,
  reads,
  skip,
  skipOrEnd,
  type WalkPart,
} from './byte-walk.js';

/** What a recorder leaves in place of a size that it did not get to write. */
const unknownSizes = [0, 0xffffffff];

/**
 * Walks an AVI to the end of its last RIFF chunk (Microsoft, AVI RIFF file reference). Larger films have
 * several, one behind the other (OpenDML AVI file format extensions, version 1.02). Anything else
 * behind a chunk is ignored.
 */
export function* aviEnd(): ByteWalk {
  if (!(yield* reads('RIFF'))) return false;
  let size = yield* littleEndian(4);
  if (!(yield* reads('AVI '))) return false;
  let read = 'AVI '.length;
  for (;;) {
    if (unknownSizes.includes(size)) return true;
    yield* skip(size - read);
    yield* skipOrEnd(size % 2);
    if (!(yield* anotherChunk())) return true;
    size = yield* littleEndian(4);
    read = 0;
  }
}

function* anotherChunk(): WalkPart<boolean> {
  for (const character of Buffer.from('RIFF')) {
    if ((yield byteOrEnd) !== character) return false;
  }
  return true;
}
