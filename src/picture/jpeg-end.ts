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
 * Segments are skipped by their stated length, so that a preview inside one (EXIF, JFXX) is ignored.
 * Everything else is searched for the next marker: the entropy-coded data of a scan, where 0xFF is
 * either itself (0xFF00) or a restart marker (B.1.1.2, B.1.1.5), and stray bytes between segments,
 * which decoders skip too. If a segment's length is wrong and the walk enters a preview, the
 * preview's end does not count: an image that begins inside the image must end first. Whatever
 * follows the end is ignored: further images (CIPA DC-007, multi-picture format), videos, maker data.
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

/** Finds the next marker that begins a segment, or begins or ends an image; returns its code. */
function* nextMarker(): WalkPart<number> {
  for (;;) {
    yield pastMarkerPrefix;
    let code = yield nextByte;
    // Fill bytes may precede any marker (B.1.1.2).
    while (code === 0xff) code = yield nextByte;
    if (isMarkerOfItsOwn(code)) return code;
  }
}

/** False for codes inside a scan: stuffed zero, TEM, reserved codes, restart markers. */
function isMarkerOfItsOwn(code: number): boolean {
  return code >= 0xc0 && (code < 0xd0 || code > 0xd7);
}
