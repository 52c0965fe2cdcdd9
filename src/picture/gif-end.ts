import { type ByteWalk, nextByte, reads, skip, type WalkPart } from './byte-walk.js';

const extension = 0x21;
const image = 0x2c;
const trailer = 0x3b;

/**
 * Walks a GIF block by block to its trailer (GIF89a specification, sections 17 to 27; GIF87a is the
 * same without extensions). Zeros between blocks are skipped, as decoders do: some programs write two
 * terminators after a block's data.
 */
export function* gifEnd(): ByteWalk {
  if (!(yield* reads('GIF8'))) return false;
  const version = yield nextByte;
  if (version !== 0x37 && version !== 0x39) return false;
  if (!(yield* reads('a'))) return false;
  // Logical screen descriptor: width and height, packed fields, background, aspect ratio.
  yield* skip(4);
  const screen = yield nextByte;
  yield* skip(2 + colorTableLength(screen));
  for (;;) {
    const block = yield nextByte;
    if (block === trailer) return true;
    if (block === image) yield* imageHead();
    // An extension's label.
    else if (block === extension) yield* skip(1);
    else if (block === 0) continue;
    else return false;
    yield* dataBlocks();
  }
}

/** Skips an image's descriptor, its color table and the first byte of its data. */
function* imageHead(): WalkPart<void> {
  yield* skip(8);
  const packed = yield nextByte;
  yield* skip(colorTableLength(packed) + 1);
}

/** Skips data sub-blocks, including the empty one that ends them. */
function* dataBlocks(): WalkPart<void> {
  for (let length = yield nextByte; length > 0; length = yield nextByte) yield* skip(length);
}

/** Bytes of the color table that packed fields declare: three for each of 2 to 256 colors. */
function colorTableLength(packed: number): number {
  return (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 0x07) + 1);
}
