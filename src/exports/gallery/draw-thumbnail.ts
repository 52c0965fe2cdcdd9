import { availableParallelism } from 'node:os';

/** Height of a thumbnail at the most, in pixels: enough for screens with two pixels for each. */
const mostHeight = 320;
/** Width at the most, in pixels: for panoramas. */
const mostWidth = 960;
const quality = 72;

/** Node's thread pool, in which sharp works, has four threads. */
const helperThreads = 4;

/** How many thumbnails are drawn at once, so that every core is busy. */
export const thumbnailsAtOnce = Math.min(availableParallelism(), helperThreads);

/** No thumbnail can be drawn of an original. The message says why. */
export class UnreadablePictureError extends Error {
  override readonly name = 'UnreadablePictureError';
}

type Sharp = typeof import('sharp')['default'];

let library: Promise<Sharp> | undefined;

async function prepareSharp(): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  // Several pictures at once keep the cores busier than several threads for one picture.
  sharp.concurrency(Math.max(1, Math.floor(availableParallelism() / thumbnailsAtOnce)));
  // No picture is read twice, so a cache would only take memory.
  sharp.cache(false);
  return sharp;
}

/** A small picture of an original. */
export interface DrawnThumbnail {
  jpeg: Buffer;
  /** Size of the original in pixels, turned as EXIF says. */
  width: number;
  height: number;
}

/**
 * Draws a small picture of a file: turned as EXIF says, in sRGB, without metadata. Of an animation it
 * shows the first frame; transparent parts become white.
 *
 * @param original path of the file
 * @param isDamaged whether its end is missing: then as much is drawn as there is
 * @throws UnreadablePictureError where the file is no picture, is broken, or of an unknown kind
 */
export async function drawThumbnail(original: string, isDamaged = false): Promise<DrawnThumbnail> {
  library ??= prepareSharp();
  const sharp = await library;
  try {
    const picture = sharp(original, { failOn: isDamaged ? 'none' : 'error' });
    const { autoOrient } = await picture.metadata();
    const jpeg = await picture
      .autoOrient()
      .resize({
        width: mostWidth,
        height: mostHeight,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .flatten({ background: 'white' })
      .jpeg({ quality })
      .toBuffer();
    return { jpeg, width: autoOrient.width, height: autoOrient.height };
  } catch (error) {
    throw new UnreadablePictureError((error as Error).message, { cause: error });
  }
}
