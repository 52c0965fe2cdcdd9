import type { PhotoDate } from '../../album/photo-date.js';

/** A photo's date as its clock showed it: as exact as it is known, and in no other zone. */
export interface Moment {
  year: number;
  /** 1 to 12. */
  month: number;
  /** 1 to 31. */
  day?: number;
  /** `HH:MM`, of 24 hours. */
  time?: string;
  source: PhotoDate['source'];
  /** What puts moments in order as text. */
  order: string;
  /** For `<time datetime>`. */
  machine: string;
}

const form = /^(\d{4})-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?\S*)?)?$/;

const inUtc = (format: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...format });
const monthName = inUtc({ month: 'long' });
const dayAndMonth = inUtc({ day: 'numeric', month: 'long', year: 'numeric' });
const monthAndYear = inUtc({ month: 'long', year: 'numeric' });

/**
 * Reads a photo's date.
 *
 * @returns `undefined` where there is none, or none of a real day: cameras also write zeros
 */
export function momentOf(dated: PhotoDate | undefined): Moment | undefined {
  const match = form.exec(dated?.date ?? '');
  if (match === null || dated === undefined) return undefined;
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
  const utc = new Date(Date.UTC(year, month - 1, match[3] === undefined ? 1 : day));
  if (utc.getUTCFullYear() !== year || utc.getUTCMonth() !== month - 1) return undefined;
  return {
    year,
    month,
    ...(match[3] !== undefined && { day }),
    ...(match[4] !== undefined && { time: match[4] }),
    source: dated.source,
    order: dated.date.slice(0, 19),
    machine: dated.date.slice(0, match[4] === undefined ? 10 : 16),
  };
}

/** `November`. */
export function nameOfMonth(month: number): string {
  return monthName.format(Date.UTC(2000, month - 1));
}

/** `24 November 2016`, or `November 2016` where no day is known. */
function dayInWords({ year, month, day }: Moment): string {
  const format = day === undefined ? monthAndYear : dayAndMonth;
  return format.format(new Date(Date.UTC(year, month - 1, day ?? 1)));
}

/** `24 November 2016, 00:43`; the time where one is known. */
export function momentInWords(moment: Moment): string {
  const zone = moment.source === 'upload' ? ' UTC' : '';
  return moment.time === undefined
    ? dayInWords(moment)
    : `${dayInWords(moment)}, ${moment.time}${zone}`;
}
