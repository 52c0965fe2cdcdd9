import ExifReader from 'exifreader';
import { imageSize } from 'image-size';

/** What a picture says of itself; what it does not say is left out. */
export interface PictureFacts {
  /** Size in pixels, as stored: not turned by EXIF orientation. */
  width?: number;
  height?: number;
  /** EXIF capture time, `YYYY-MM-DDTHH:MM:SS`, with a zone (`+01:00`) only if EXIF has one. */
  takenAt?: string;
}

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

/** Reading headers is guessing at bytes that came from outside: what cannot be read is not known. */
function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * Reads a picture's size and capture time (EXIF 2.32, tags DateTimeOriginal and
 * OffsetTimeOriginal) from the first part of its file.
 *
 * @param head the first bytes of the file; 256 KiB hold the headers of common pictures
 * @returns what could be read; nothing for files that are no pictures
 */
export function readPictureFacts(head: Buffer): PictureFacts {
  const size = attempt(() => imageSize(head));
  const taken = takenAt(attempt(() => ExifReader.load(head, { expanded: true }))?.exif);
  return {
    ...(size && size.width > 0 && size.height > 0 && { width: size.width, height: size.height }),
    ...(taken !== undefined && { takenAt: taken }),
  };
}
