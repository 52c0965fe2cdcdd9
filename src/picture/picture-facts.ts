import ExifReader from 'exifreader';
import { imageSize } from 'image-size';

/** A picture's size in pixels, as stored: EXIF orientation is not applied. */
export interface PixelSize {
  width: number;
  height: number;
}

/** EXIF fields that stand in for DateTimeOriginal, the best first. */
const standIns = ['DateTimeDigitized', 'DateTime'] as const;
export type TakenAtSource = (typeof standIns)[number];

/** What a picture's headers say; what they do not say is left out. */
export interface PictureFacts extends Partial<PixelSize> {
  /** EXIF capture time, `YYYY-MM-DDTHH:MM:SS`, with a zone (`+01:00`) only if EXIF has one. */
  takenAt?: string;
  /** The EXIF field that `takenAt` comes from, where it is not DateTimeOriginal. */
  takenAtSource?: TakenAtSource;
  /** Size in pixels that EXIF states: the camera's own, even if the picture was made smaller since. */
  exifWidth?: number;
  exifHeight?: number;
}

/** The longest side of a JPEG; anything larger in EXIF is not a size. */
const mostPixels = 65_535;
const exifTime = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/;
const exifZone = /^[+-]\d\d:\d\d$/;

/** The fields that are used: ExifReader then passes over the others, a camera's own notes, and previews. */
const used = {
  exif: [
    ...['DateTimeOriginal', 'OffsetTimeOriginal', 'DateTimeDigitized', 'OffsetTimeDigitized'],
    ...['DateTime', 'OffsetTime', 'PixelXDimension', 'PixelYDimension'],
  ],
};

type Exif = ExifReader.ExpandedTags['exif'];
type Tag = { description?: string } | undefined;

function text(tag: Tag): string {
  return tag?.description?.trim() ?? '';
}

function takenAt(exif: Exif): Pick<PictureFacts, 'takenAt' | 'takenAtSource'> {
  const original = localTime(exif?.DateTimeOriginal, exif?.OffsetTimeOriginal);
  if (original !== undefined) return { takenAt: original };
  const offsets = { DateTimeDigitized: exif?.OffsetTimeDigitized, DateTime: exif?.OffsetTime };
  for (const field of standIns) {
    const time = localTime(exif?.[field], offsets[field]);
    if (time !== undefined) return { takenAt: time, takenAtSource: field };
  }
  return {};
}

/** A time as EXIF has it, with its zone; undefined for one that the calendar does not have. */
function localTime(time: Tag, zone: Tag): string | undefined {
  const [, year, month, day, hour, minute, second] = exifTime.exec(text(time)) ?? [];
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  if (year === '0000' || Number.isNaN(Date.parse(`${local}Z`))) return undefined;
  return local + (exifZone.test(text(zone)) ? text(zone) : '');
}

function exifSize(exif: Exif): PictureFacts {
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
 * Reads a picture's size and its EXIF (EXIF 2.32: DateTimeOriginal, DateTimeDigitized, DateTime and
 * their offsets, PixelXDimension and PixelYDimension) from the first part of its file.
 *
 * @param head the first bytes of the file; 256 KiB hold the headers of common pictures
 * @returns what could be read; an empty object for a file that is not a picture
 */
export function readPictureFacts(head: Buffer): PictureFacts {
  const size = attempt(() => imageSize(head));
  const exif = attempt(() => ExifReader.load(head, { expanded: true, includeTags: used }))?.exif;
  return {
    ...(size && size.width > 0 && size.height > 0 && { width: size.width, height: size.height }),
    ...takenAt(exif),
    ...exifSize(exif),
  };
}
