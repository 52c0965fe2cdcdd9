import {
  type ByteWalk,
  bigEndian,
  byteOrEnd,
  nextByte,
  type Step,
  skip,
  skipOrEnd,
  type WalkPart,
} from './byte-walk.js';

/** Boxes that tell where the pictures and sounds are. */
const indexes = ['moov', 'meta'];
/** Boxes that belong to the film or picture itself, also behind the first ones. */
const ownBoxes = [...indexes, 'mdat', 'moof', 'mfra', 'mpvd'];
/** The four characters of a box's type: ASCII, and the © of QuickTime. */
const boxType = /^[\x20-\x7e\xa9]{4}$/;

/**
 * Walks a file of boxes (ISO/IEC 14496-12, section 4.2; QuickTime; HEIF, ISO/IEC 23008-12): MP4, MOV,
 * 3GP, HEIC, AVIF. It may end behind any box once it has both an index (`moov` or `meta`) and its
 * content (`mdat`, or `idat` within `meta`), in either order. From there on anything that is no box of
 * the film itself is ignored: padding, makers' data.
 */
export function* isoMediaEnd(): ByteWalk {
  let head = yield* boxHead(nextByte);
  if (head === undefined) return false;
  let hasIndex = false;
  let hasContent = false;
  while (head !== undefined) {
    const { type, length }: BoxHead = head;
    const isExtra = hasIndex && hasContent && !ownBoxes.includes(type);
    hasIndex ||= indexes.includes(type);
    // It does not say where the file ends.
    if (length === undefined) return hasIndex;
    if (type === 'meta') hasContent = (yield* hasItemData(length)) || hasContent;
    else yield* isExtra ? skipOrEnd(length) : skip(length);
    hasContent ||= type === 'mdat';
    head = yield* boxHead(hasIndex && hasContent ? byteOrEnd : nextByte);
  }
  return true;
}

interface BoxHead {
  type: string;
  /** Bytes of its content; undefined for a box that reaches to the end of the file. */
  length: number | undefined;
}

/** Reads the head of a box; undefined for what is none. */
function* boxHead(byte: Step): WalkPart<BoxHead | undefined> {
  const size = yield* bigEndian(4, byte);
  const type = yield* characters(4, byte);
  // Instead of 1 the size follows in 64 bits.
  const length = size === 1 ? (yield* bigEndian(8, byte)) - 16 : size - 8;
  if (!boxType.test(type) || (length < 0 && size !== 0)) return undefined;
  return { type, length: size === 0 ? undefined : length };
}

function* characters(length: number, byte: Step): WalkPart<string> {
  let text = '';
  for (let index = 0; index < length; index++) text += String.fromCharCode(yield byte);
  return text;
}

/**
 * Walks the boxes within a `meta` box (ISO/IEC 14496-12, section 8.11), of which `idat` holds content.
 *
 * @returns true also where they cannot be read
 */
function* hasItemData(length: number): WalkPart<boolean> {
  const versionAndFlags = 4;
  yield* skip(Math.min(length, versionAndFlags));
  let left = length - versionAndFlags;
  let isFound = false;
  while (left >= 8) {
    const content = (yield* bigEndian(4)) - 8;
    isFound ||= (yield* characters(4, nextByte)) === 'idat';
    left -= 8;
    if (content < 0 || content > left) {
      isFound = true;
      break;
    }
    yield* skip(content);
    left -= content;
  }
  yield* skip(left);
  return isFound;
}
