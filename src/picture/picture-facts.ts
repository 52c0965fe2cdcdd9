import { type ExifFacts, exifFacts, type TimeField } from './exif-facts.js';

/** A picture's size in pixels, as stored: EXIF orientation is not applied. */
export interface PixelSize {
  width: number;
  height: number;
}

/** What a picture's headers say; what they do not say is left out. */
export interface PictureFacts extends Partial<PixelSize>, ExifFacts {}

const timeFields = [
  ...['DateTimeOriginal', 'OffsetTimeOriginal', 'DateTimeDigitized', 'OffsetTimeDigitized'],
  ...['DateTime', 'OffsetTime'],
] as TimeField[];

/** The fields that are used: ExifReader then passes over the others, a camera's own notes, and previews. */
const used = { exif: [...timeFields, 'PixelXDimension', 'PixelYDimension'] };

/** The libraries throw on damaged or foreign headers; whatever cannot be read is left out. */
function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * Reads a picture's size and its EXIF (EXIF 2.32: DateTimeOriginal, DateTimeDigitized, DateTime and
 * their offsets, PixelXDimension and PixelYDimension) from the first part of its file, whatever its
 * format.
 *
 * @param head the first bytes of the file; 256 KiB hold the headers of common pictures
 * @returns what could be read; an empty object for a file that is not a picture
 */
export async function readPictureFacts(head: Buffer): Promise<PictureFacts> {
  const [{ imageSize }, { default: ExifReader }] = await Promise.all([
    import('image-size'),
    import('exifreader'),
  ]);
  const size = attempt(() => imageSize(head));
  const exif = attempt(() => ExifReader.load(head, { expanded: true, includeTags: used }))?.exif;
  const times = timeFields.map((field) => [field, exif?.[field]?.description]);
  return {
    ...(size && size.width > 0 && size.height > 0 && { width: size.width, height: size.height }),
    ...exifFacts({
      ...Object.fromEntries(times),
      PixelXDimension: exif?.PixelXDimension?.value,
      PixelYDimension: exif?.PixelYDimension?.value,
    }),
  };
}
