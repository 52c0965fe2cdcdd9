import { cameraFields } from './camera.js';
import { exifSegment } from './exif.js';
import { commentSegment, longestComment, type Picture, splitJpeg } from './jpeg.js';
import type { AlbumPhoto } from './photo.js';
import { createPhotoSource } from './photo.js';
import { createRandom } from './random.js';
import { drawScene, type Pictures } from './scene-pictures.js';

/** Bytes of a COM segment of full length, its marker and length field included. */
const segmentLength = longestComment + 4;
/** Full segments in the piece that large pictures repeat. */
const segmentsInBlock = 16;
/** Room for the EXIF segment and the comment that names the photo. */
const roomForNames = 512;
/**
 * Sides and qualities in which the base pictures are tried, the best first. The largest of them takes
 * more than `least` bytes with any encoder: with less room they need not be drawn, which takes most of
 * the time.
 */
const bases = [
  { side: 800, quality: 82, least: 60_000 },
  { side: 320, quality: 75, least: 12_000 },
  { side: 160, quality: 60, least: 2700 },
  { side: 64, quality: 40, least: 500 },
  { side: 16, quality: 30, least: 0 },
] as const;
const baseCount = 8;

interface BasePictures {
  readonly originals: readonly { readonly head: Buffer; readonly rest: Buffer }[];
  /** Whole COM segments, shared by all pictures that need so much padding. */
  readonly block: Buffer;
}

/**
 * Returns pictures of exactly `photoBytes` bytes each, which are cheap to make: a few base pictures,
 * each photo's own EXIF and comment, and comments as padding. Making one rejects with RangeError if
 * no base picture is small enough.
 */
export function createPaddedPictures(photoBytes: number): Pictures {
  let made: Promise<BasePictures> | undefined;
  let thumbnails: Promise<Buffer[]> | undefined;
  const base = () => {
    made ??= makeBasePictures(photoBytes);
    return made;
  };
  return {
    async original(photo) {
      return padded(await base(), photo, photoBytes);
    },
    async thumbnail(photo) {
      // Drawn when the first is requested: many clients want none.
      thumbnails ??= drawBases(120, 60);
      const pictures = await thumbnails;
      return [pictures[photo.serial % pictures.length] ?? Buffer.alloc(0)];
    },
  };
}

async function makeBasePictures(photoBytes: number): Promise<BasePictures> {
  const fits = (jpeg: Buffer) => jpeg.length + roomForNames <= photoBytes;
  for (const { side, quality, least } of bases) {
    if (photoBytes < least) continue;
    const jpegs = await drawBases(side, quality);
    if (jpegs.every(fits)) {
      const block = makeBlock(Math.min(photoBytes, segmentLength * segmentsInBlock));
      return { originals: jpegs.map(splitJpeg), block };
    }
  }
  throw new RangeError(`photoBytes must leave room for a picture; ${photoBytes} is too few.`);
}

/** They depend on no option, so all replicas of a process share them. */
const drawn = new Map<string, Promise<Buffer>>();

function drawBases(side: number, quality: number): Promise<Buffer[]> {
  return Promise.all(
    createPhotoSource('base', baseCount).initial.map((photo) => {
      const key = `${photo.id} ${side} ${quality}`;
      const jpeg = drawn.get(key) ?? drawScene(photo, side, quality);
      drawn.set(key, jpeg);
      return jpeg;
    }),
  );
}

/** Seeded filler in COM segments. It holds no 0xFF, so that nothing in it looks like a marker. */
function makeBlock(least: number): Buffer {
  const random = createRandom('filler');
  const segments = Math.max(1, Math.ceil(least / segmentLength));
  const filler = Buffer.alloc(longestComment);
  const block: Buffer[] = [];
  for (let segment = 0; segment < segments; segment++) {
    for (let at = 0; at < filler.length; at++) filler[at] = Math.floor(random() * 255);
    block.push(commentSegment(filler));
  }
  return Buffer.concat(block);
}

function padded(base: BasePictures, photo: AlbumPhoto, photoBytes: number): Picture {
  const { originals, block } = base;
  const { head, rest } = originals[photo.serial % originals.length] as (typeof originals)[number];
  const exif = exifSegment(cameraFields(photo));
  const name = `photo ${photo.id} ${photo.version}`;
  let padding = photoBytes - head.length - exif.length - rest.length - (name.length + 4);
  // A COM segment takes four bytes at least: fewer go into the comment that names the photo.
  const last = padding % segmentLength;
  const spare = last < 4 ? last : 0;
  const comment = commentSegment(Buffer.from(name + ' '.repeat(spare), 'latin1'));
  padding -= spare;
  const pieces: Buffer[] = [Buffer.concat([head, exif, comment])];
  for (; padding >= segmentLength; padding -= pieces.at(-1)?.length ?? 0) {
    const whole = Math.min(Math.floor(padding / segmentLength) * segmentLength, block.length);
    pieces.push(block.subarray(0, whole));
  }
  if (padding > 0) {
    const from = 4 + (photo.serial % 251);
    const filler = block.subarray(from, from + padding - 4);
    pieces.push(commentSegment(filler));
  }
  pieces.push(rest);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return length > 65_536 ? pieces : [Buffer.concat(pieces)];
}
