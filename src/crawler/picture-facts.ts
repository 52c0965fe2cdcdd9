import ExifReader from 'exifreader';

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

/**
 * Reads a picture's size and capture time (EXIF 2.32, tags DateTimeOriginal and
 * OffsetTimeOriginal) from the first part of its file.
 *
 * @param head the first bytes of the file; 256 KiB hold the headers of common pictures
 * @returns what could be read; nothing for files that are no pictures
 */
export function readPictureFacts(head: Buffer): PictureFacts {
  let tags: ExifReader.ExpandedTags;
  try {
    tags = ExifReader.load(head, { expanded: true });
  } catch {
    // Not a picture, or one whose headers are damaged or stand further behind: nothing is known.
    return {};
  }
  const sizes = [tags.file, tags.pngFile, tags.gif, tags.riff] as (
    | Record<string, { value?: unknown }>
    | undefined
  )[];
  const number = (name: string) =>
    sizes.map((group) => group?.[name]?.value).find((value) => typeof value === 'number');
  const width = number('Image Width');
  const height = number('Image Height');
  const taken = takenAt(tags.exif);
  return {
    ...(width !== undefined && height !== undefined && { width, height }),
    ...(taken !== undefined && { takenAt: taken }),
  };
}
