import type { PhotoDate } from '../../album/photo-date.js';

/** A photo's date as the clock showed it: as exact as it is known, not converted to another zone. */
export interface Moment {
  year: number;
  /** 1 to 12. */
  month: number;
  /** 1 to 31. */
  day?: number;
  /** `HH:MM`, of 24 hours. */
  time?: string;
  source: PhotoDate['source'];
  /** Sorts moments, compared as text. */
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

/** Reads a photo's date; undefined where there is none, or only a year. */
export function momentOf(dated: PhotoDate | undefined): Moment | undefined {
  const match = form.exec(dated?.date ?? '');
  if (match === null || dated === undefined) return undefined;
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
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

/** `24 November 2016, 00:43`; without a time where none is known. */
export function momentInWords(moment: Moment): string {
  const zone = moment.source === 'upload' ? ' UTC' : '';
  return moment.time === undefined
    ? dayInWords(moment)
    : `${dayInWords(moment)}, ${moment.time}${zone}`;
}
