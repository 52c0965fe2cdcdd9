import { createHash } from 'node:crypto';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { albumFacts, type PhotoFacts } from './photo-facts.js';

/** A photo as put into a site. */
export interface AlbumPhoto extends PhotoFacts {
  readonly bytes: Buffer;
  /** Lower-case hexadecimal SHA-256 of the bytes. */
  readonly sha256: string;
}

/** Draws an album of 130 photos, all different, and the same in every run. */
export async function drawAlbum(options: { gif: boolean }): Promise<AlbumPhoto[]> {
  const photos: AlbumPhoto[] = [];
  for (const [index, facts] of albumFacts(options).entries()) {
    const bytes = await draw(facts, index);
    photos.push({ ...facts, bytes, sha256: sha256(bytes) });
  }
  return photos;
}

/** Lower-case hexadecimal SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Writes photos into a folder, which is made if it is missing. The files' times are set a minute
 * apart, since galleries sort photos without EXIF by them.
 */
export async function writePhotos(photos: readonly AlbumPhoto[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, { name, bytes }] of photos.entries()) {
    const path = join(folder, name);
    const time = new Date(Date.UTC(2010, 5, 1, 12, index));
    await writeFile(path, bytes);
    await utimes(path, time, time);
  }
}

/** A sky, a meadow and a sun. Colours and positions follow from the photo's number. */
function scene({ width, height }: PhotoFacts, index: number): Buffer {
  const hue = (index * 47) % 360;
  const [x, y] = [(index * 37) % 100, (index * 23) % 60];
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
      <linearGradient id="sky" x2="0" y2="1">
        <stop stop-color="hsl(${hue}, 70%, 40%)"/>
        <stop offset="1" stop-color="hsl(${(hue + 60) % 360}, 70%, 85%)"/>
      </linearGradient>
      <rect width="100%" height="100%" fill="url(#sky)"/>
      <rect y="65%" width="100%" height="35%" fill="hsl(${(hue + 120) % 360}, 45%, 45%)"/>
      <circle cx="${x}%" cy="${y}%" r="${8 + (index % 7)}%" fill="hsl(${(hue + 200) % 360}, 90%, 60%)"/>
    </svg>`,
  );
}

function draw(facts: PhotoFacts, index: number): Promise<Buffer> {
  if (facts.kind === 'gif') {
    // Two frames: galleries show animations differently.
    const pictures = [scene(facts, index), scene(facts, index + 1)];
    return sharp(pictures, { join: { animated: true } })
      .gif()
      .toBuffer();
  }
  const picture = sharp(scene(facts, index)).removeAlpha();
  if (facts.kind === 'png') return picture.png().toBuffer();
  const { camera } = facts;
  if (camera === undefined) return picture.jpeg({ quality: 85 }).toBuffer();
  const time = camera.takenAt.replaceAll('-', ':').replace('T', ' ');
  return picture
    .withExif({
      IFD0: {
        Make: camera.make,
        Model: camera.model,
        Orientation: String(camera.orientation),
        DateTime: time,
        ...(camera.caption !== undefined && { ImageDescription: camera.caption }),
      },
      // The Exif block's own directory.
      IFD2: { DateTimeOriginal: time, DateTimeDigitized: time },
    })
    .jpeg({ quality: 85 })
    .toBuffer();
}
