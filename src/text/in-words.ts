const number = new Intl.NumberFormat('en');
const size = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const steps = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['KB', 1e3],
] as const;

/** A whole number for people. */
export function numberInWords(value: number): string {
  return number.format(value);
}

/** A number of bytes for people, in decimal units (1 KB is 1,000 bytes). */
export function bytesInWords(bytes: number): string {
  const [unit, step] = steps.find(([, least]) => bytes >= least) ?? ['bytes', 1];
  return `${size.format(bytes / step)} ${unit}`;
}

/** A date in ISO 8601, to the minute, with its zone where it has one. */
export function dateInWords(date: string): string {
  return date
    .replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?/, '$1 $2')
    .replace(/Z$/, ' UTC');
}
