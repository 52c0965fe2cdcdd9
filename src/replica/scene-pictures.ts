import { cameraFields } from './camera.js';
import { exifSegment } from './exif.js';
import { grainedRgb } from './grain.js';
import { type Picture, splitJpeg } from './jpeg.js';
import { Limit } from './limit.js';
import type { AlbumPhoto, Rotation } from './photo.js';
import { createRandom } from './random.js';
import { composeScene, type Scene } from './scene/compose.js';
import { loadSharp } from './sharp-library.js';

/** Makes the bytes of an album's pictures; the same photo always gives the same bytes. */
export interface Pictures {
  original(photo: AlbumPhoto): Promise<Picture>;
  thumbnail(photo: AlbumPhoto): Promise<Picture>;
}

/** Longest side of a thumbnail, in px. */
const thumbnailSide = 160;
/** Originals kept in memory, for clients that request the rest of one. */
const keptOriginals = 24;

/** How a portrait picture is rotated before it is stored. */
const turns = {
  RotateNone: 0,
  Rotate90: 270,
  Rotate180: 180,
  Rotate270: 90,
} as const satisfies Record<Rotation, number>;

/** Returns pictures that are drawn on request. */
export function createScenePictures(): Pictures {
  // sharp works in Node's four helper threads, which file access needs as well.
  const limit = new Limit(3);
  const kept = new Map<string, Promise<Picture>>();
  return {
    original(photo) {
      const key = `${photo.id}~${photo.version}`;
      const picture = kept.get(key) ?? limit.run(() => drawOriginal(photo));
      kept.delete(key);
      kept.set(key, picture);
      const oldest = kept.keys().next().value;
      if (kept.size > keptOriginals && oldest !== undefined) kept.delete(oldest);
      return picture;
    },
    thumbnail: (photo) => limit.run(async () => [await drawThumbnail(photo)]),
  };
}

/** Returns a photo's scene as a JPEG without EXIF, upright, its longest side `side` px. */
export async function drawScene(photo: AlbumPhoto, side: number, quality: number): Promise<Buffer> {
  const sharp = await loadSharp();
  const svg = markup(composeScene(photo), side);
  return sharp(svg).flatten().jpeg({ quality }).toBuffer();
}

async function drawOriginal(photo: AlbumPhoto): Promise<Picture> {
  const sharp = await loadSharp();
  const { data, info } = await sharp(markup(composeScene(photo)))
    .ensureAlpha()
    .rotate(turns[photo.rotation])
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const pixels = grainedRgb(data, width, createRandom(`${photo.id}/grain`));
  // Optimised coding would save a twentieth of the bytes, and cost a tenth of the time.
  const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88, optimiseCoding: false })
    .toBuffer();
  const { head, rest } = splitJpeg(jpeg);
  return [head, exifSegment(cameraFields(photo)), rest];
}

async function drawThumbnail(photo: AlbumPhoto): Promise<Buffer> {
  const sharp = await loadSharp();
  return sharp(markup(composeScene(photo), thumbnailSide))
    .flatten()
    .rotate(turns[photo.rotation])
    .jpeg({ quality: 80 })
    .toBuffer();
}

function markup({ width, height, drawing }: Scene, side = Math.max(width, height)): Buffer {
  const scale = side / Math.max(width, height);
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round(width * scale)}" height="${Math.round(height * scale)}" viewBox="0 0 ${width} ${height}">${drawing}</svg>`,
  );
}
