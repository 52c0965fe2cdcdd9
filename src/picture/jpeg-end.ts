import {
  type ByteWalk,
  bigEndian,
  nextByte,
  reads,
  type Step,
  skip,
  type WalkPart,
} from './byte-walk.js';

/** Marker codes of ITU-T T.81, table B.1. */
const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;

const pastMarkerPrefix: Step = { kind: 'past', value: 0xff };

/**
 * Walks a JPEG to the end-of-image marker of its main image (ITU-T T.81, annex B).
 *
 * Segments are passed over by the length they state, so that a preview within one (EXIF, JFXX)
 * counts for nothing. Everything else is searched for the next marker: the entropy-coded data of a
 * scan, where 0xFF stands either for itself (0xFF00) or for a restart marker (B.1.1.2, B.1.1.5), and
 * stray bytes where a marker should stand, which decoders pass over too. Should a segment's length
 * be wrong, so that a preview is met after all, then its end is not taken for that of the image: an
 * image that opens within the image must close first. What follows the end is not looked at: further
 * images (CIPA DC-007, multi-picture format), videos, makers' own data.
 */
export function* jpegEnd(): ByteWalk {
  if (!(yield* reads('\xff\xd8'))) return false;
  let openImages = 1;
  let hasScan = false;
  for (;;) {
    const marker = yield* nextMarker();
    if (marker === startOfImage) {
      openImages++;
    } else if (marker !== endOfImage) {
      if (marker === startOfScan && openImages === 1) hasScan = true;
      // The length counts its own two bytes (B.1.1.4).
      yield* skip((yield* bigEndian(2)) - 2);
    } else if (openImages > 1) {
      openImages--;
    } else if (hasScan) {
      return true;
    }
  }
}

/** Gives the code of the next marker that opens a segment, or opens or ends an image. */
function* nextMarker(): WalkPart<number> {
  for (;;) {
    yield pastMarkerPrefix;
    let code = yield nextByte;
    // Any marker may have fill bytes before it (B.1.1.2).
    while (code === 0xff) code = yield nextByte;
    if (isMarkerOfItsOwn(code)) return code;
  }
}

/** False for what stands within a scan: stuffed zero, TEM, reserved codes, restart markers. */
function isMarkerOfItsOwn(code: number): boolean {
  return code >= 0xc0 && (code < 0xd0 || code > 0xd7);
}
