import { DateTime } from 'luxon';
import type { ListedPhoto, Outcome } from './photo.js';

/** Where a date comes from: the camera (EXIF), what the site says, or when it was uploaded. */
type DateSource = 'exif' | 'site' | 'upload';

/** When a photo was taken, as well as that is known. */
export interface PhotoDate {
  /**
   * ISO 8601 as its source gives it: a year, a month, a day, or a day and a time. With a zone only
   * where the source has one; without, it is the local time of the place, as the camera wrote it.
   */
  date: string;
  source: DateSource;
}

const calendarDate =
  /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?$/;

/** Of the first photograph that is left. Programs that know no date write the year 1, or 0. */
const firstYear = 1826;

function isDate(text: string | undefined): text is string {
  if (text === undefined || !calendarDate.test(text)) return false;
  if (Number.isNaN(Date.parse(text)) || Number(text.slice(0, 4)) < firstYear) return false;
  const day = text.slice(0, 10);
  // Date takes 30 February for 2 March.
  return new Date(day).toISOString().startsWith(day);
}

/**
 * The date that counts for a photo: EXIF's, else the site's own, else that of the upload. Dates that
 * the calendar does not have (months beyond 12, the year 0) are passed over.
 *
 * @returns undefined where nothing is known
 */
export function photoDate(
  photo: Pick<ListedPhoto, 'date' | 'uploadedAt'>,
  outcome?: Outcome,
): PhotoDate | undefined {
  const takenAt = outcome?.status === 'saved' ? outcome.takenAt : undefined;
  if (isDate(takenAt)) return { date: takenAt, source: 'exif' };
  if (isDate(photo.date)) return { date: photo.date, source: 'site' };
  if (isDate(photo.uploadedAt)) return { date: photo.uploadedAt, source: 'upload' };
  return undefined;
}

/**
 * The point in time of a {@link PhotoDate}, as file systems store it: the first one of a month or a
 * day. A date without a zone counts as local time of this machine.
 */
export function instantOf({ date }: PhotoDate): Date {
  return DateTime.fromISO(date, { zone: 'local' }).toJSDate();
}
