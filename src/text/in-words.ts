import { plainText } from './plain-text.js';

const units = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
] as const;

/**
 * A number for people, rounded to one digit behind the point: `1,374`, `2.5`. By hand, because
 * Intl.NumberFormat loads tables for a fortieth of the processor time of a small run.
 */
export function numberInWords(value: number): string {
  return String(Math.round(value * 10) / 10).replace(/\B(?=(?:\d{3})+(?!\d))/g, ',');
}

/** A number of photos for people: `1 photo`, `1,374 photos`. Films count as photos. */
export function photosInWords(count: number): string {
  return count === 1 ? '1 photo' : `${numberInWords(count)} photos`;
}

/** A number of bytes for people, in decimal units (1 kB is 1,000 bytes). */
export function bytesInWords(bytes: number): string {
  const [unit, step] = units.find(([, least]) => bytes >= least) ?? ['bytes', 1];
  return `${numberInWords(bytes / step)} ${unit}`;
}

/** A duration in seconds for people, rounded up: `3 min 5 s`, `11 h 40 min`. */
export function durationInWords(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A date in ISO 8601, to the minute, with its zone where it has one: `2016-11-24 00:43 UTC`. */
export function dateInWords(date: string): string {
  return date
    .replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?/, '$1 $2')
    .replace(/Z$/, ' UTC');
}

/** What an album is known by: its profile, its address, and the user who opens it, if any. */
export function albumInWords(album: { profile: string; url: string; username: string }): string {
  const { profile, url, username } = album;
  return username === '' ? `${profile}, ${url}` : `${profile}, ${url}, user ${plainText(username)}`;
}
