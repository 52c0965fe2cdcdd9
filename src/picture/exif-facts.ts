/** EXIF fields that stand in for DateTimeOriginal, the best first. */
const standIns = ['DateTimeDigitized', 'DateTime'] as const;
export type TakenAtSource = (typeof standIns)[number];

/** The fields of a time (EXIF 2.32, sections 4.6.4 and 4.6.5). */
export type TimeField =
  | 'DateTimeOriginal'
  | 'OffsetTimeOriginal'
  | 'DateTimeDigitized'
  | 'OffsetTimeDigitized'
  | 'DateTime'
  | 'OffsetTime';

/** The fields of EXIF that are used, as the file has them; those that it does not have are left out. */
export type ExifFields = { [Field in TimeField]?: string } & {
  /** In pixels. */
  PixelXDimension?: number | undefined;
  PixelYDimension?: number | undefined;
};

/** What EXIF says of a picture; what it does not say is left out. */
export interface ExifFacts {
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
const offsets = { DateTimeDigitized: 'OffsetTimeDigitized', DateTime: 'OffsetTime' } as const;

/** What the fields of EXIF say; what is no time or no size is left out. */
export function exifFacts(fields: ExifFields): ExifFacts {
  return { ...takenAt(fields), ...exifSize(fields) };
}

function takenAt(fields: ExifFields): ExifFacts {
  const original = localTime(fields.DateTimeOriginal, fields.OffsetTimeOriginal);
  if (original !== undefined) return { takenAt: original };
  for (const field of standIns) {
    const time = localTime(fields[field], fields[offsets[field]]);
    if (time !== undefined) return { takenAt: time, takenAtSource: field };
  }
  return {};
}

/** A time as EXIF has it, with its zone; undefined for one that the calendar does not have. */
function localTime(field = '', zoneField = ''): string | undefined {
  const [, year, month, day, hour, minute, second] = exifTime.exec(field.trim()) ?? [];
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  if (year === '0000' || Number.isNaN(Date.parse(`${local}Z`))) return undefined;
  const zone = zoneField.trim();
  return local + (exifZone.test(zone) ? zone : '');
}

function exifSize({ PixelXDimension: width, PixelYDimension: height }: ExifFields): ExifFacts {
  const isSize = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) > 0 && Number(value) <= mostPixels;
  return isSize(width) && isSize(height) ? { exifWidth: width, exifHeight: height } : {};
}
