import { availableParallelism } from 'node:os';

/** Height of a thumbnail at the most, in pixels: sharp also where a screen has two for each. */
const mostHeight = 320;
/** Width at the most: of a panorama. */
const mostWidth = 960;
const quality = 72;

/** sharp works in Node's helper threads, of which there are four. */
const helperThreads = 4;

/** How many thumbnails to draw at once, so that every core is busy. */
export const thumbnailsAtOnce = Math.min(availableParallelism(), helperThreads);

/** An original of which no thumbnail can be drawn. The message says why. */
export class UnreadablePictureError extends Error {
  override readonly name = 'UnreadablePictureError';
}

type Sharp = typeof import('sharp')['default'];

let library: Promise<Sharp> | undefined;

async function prepareSharp(): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  // Several pictures at once keep the cores busier than several threads for one.
  sharp.concurrency(Math.max(1, Math.floor(availableParallelism() / thumbnailsAtOnce)));
  // No picture is read twice.
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
 * Draws a small picture of a file: turned as EXIF says, in sRGB, without the original's metadata,
 * of an animation the first frame, what is transparent white.
 *
 * @param original path of the file
 * @throws UnreadablePictureError where it is no picture, broken, or of a kind that is not known
 */
export async function drawThumbnail(original: string): Promise<DrawnThumbnail> {
  library ??= prepareSharp();
  const sharp = await library;
  try {
    const picture = sharp(original, { failOn: 'error' });
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
