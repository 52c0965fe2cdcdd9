import ExifReader from 'exifreader';
import { imageSize } from 'image-size';

/** A picture's size in pixels, as stored: EXIF orientation is not applied. */
export interface PixelSize {
  width: number;
  height: number;
}

/** What a picture's headers say; what they do not say is left out. */
export interface PictureFacts extends Partial<PixelSize> {
  /** EXIF capture time, `YYYY-MM-DDTHH:MM:SS`, with a zone (`+01:00`) only if EXIF has one. */
  takenAt?: string;
  /** Size in pixels that EXIF states: the camera's own, even if the picture was made smaller since. */
  exifWidth?: number;
  exifHeight?: number;
}

/** The longest side of a JPEG; anything larger in EXIF is not a size. */
const mostPixels = 65_535;
const exifTime = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/;
const exifZone = /^[+-]\d\d:\d\d$/;

function text(tag: { description?: string } | undefined): string {
  return tag?.description?.trim() ?? '';
}

function takenAt(exif: ExifReader.ExpandedTags['exif']): string | undefined {
  for (const [time, zone] of [
    [exif?.DateTimeOriginal, exif?.OffsetTimeOriginal],
    [exif?.DateTimeDigitized, exif?.OffsetTimeDigitized],
  ]) {
    const match = exifTime.exec(text(time));
    if (match === null || match[1] === '0000') continue;
    const [, year, month, day, hour, minute, second] = match;
    const offset = exifZone.test(text(zone)) ? text(zone) : '';
    return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`;
  }
  return undefined;
}

function exifSize(exif: ExifReader.ExpandedTags['exif']): PictureFacts {
  const [width, height] = [exif?.PixelXDimension?.value, exif?.PixelYDimension?.value];
  const isSize = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) > 0 && Number(value) <= mostPixels;
  return isSize(width) && isSize(height) ? { exifWidth: width, exifHeight: height } : {};
}

/** The libraries throw on damaged or foreign headers; whatever cannot be read is left out. */
function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * Reads a picture's size and its EXIF (EXIF 2.32: DateTimeOriginal, DateTimeDigitized and their
 * offsets, PixelXDimension and PixelYDimension) from the first part of its file.
 *
 * @param head the first bytes of the file; 256 KiB hold the headers of common pictures
 * @returns what could be read; an empty object for a file that is not a picture
 */
export function readPictureFacts(head: Buffer): PictureFacts {
  const size = attempt(() => imageSize(head));
  const exif = attempt(() => ExifReader.load(head, { expanded: true }))?.exif;
  const taken = takenAt(exif);
  return {
    ...(size && size.width > 0 && size.height > 0 && { width: size.width, height: size.height }),
    ...(taken !== undefined && { takenAt: taken }),
    ...exifSize(exif),
  };
}
