import { DateTime } from 'luxon';
import type { Control } from './form-control.js';

const time = '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,3})?)?';
/** Dates and times by input types (HTML, section 2.3.5); what is none of them is not preset. */
const moments = new Map([
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['month', /^\d{4}-\d\d$/],
  ['week', /^\d{4}-W\d\d$/],
  ['time', new RegExp(`^${time}$`)],
  ['datetime-local', new RegExp(`^\\d{4}-\\d\\d-\\d\\d[T ]${time}$`)],
]);

type Sanitize = (line: string, control: Control) => string;

/** What becomes of a preset value without line breaks, by input types; others keep it. */
const sanitizers = new Map<string, Sanitize>([
  [
    'email',
    (line, control) =>
      control.is('[multiple]') ? line.split(',').map(trimmed).join(',') : trimmed(line),
  ],
  ['url', trimmed],
  ['color', (line) => (/^#[\da-f]{6}$/i.test(line) ? line.toLowerCase() : '#000000')],
  ['number', (line) => (isNumber(line) ? line : '')],
  ['range', rangeValue],
]);

/** Input types that keep line breaks (HTML, section 4.10.5.1). */
const unlinedTypes = ['button', 'hidden', 'submit', 'reset', 'image', 'checkbox', 'radio', 'file'];

/** The value as the page presets it, after the type's sanitization (HTML, section 4.10.5.1). */
export function presetValue(control: Control, type: string): string {
  if (control.is('textarea')) return control.text();
  const value = control.attr('value') ?? '';
  if (unlinedTypes.includes(type)) return value;
  const line = value.replace(/[\n\r]/g, '');
  const moment = moments.get(type);
  if (moment !== undefined) return moment.test(line) ? momentValue(type, line) : '';
  return sanitizers.get(type)?.(line, control) ?? line;
}

function trimmed(text: string): string {
  return text.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '');
}

/** Sections 4.10.5.1.7 to 11: a date that does not exist is none; a local one is written shortest. */
function momentValue(type: string, value: string): string {
  const moment = value.replace(' ', 'T');
  if (!DateTime.fromISO(moment).isValid) return '';
  if (type !== 'datetime-local') return value;
  return moment
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
    .replace(/^(.{16}):00$/, '$1');
}

function isNumber(text: string): boolean {
  return /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
}

/**
 * HTML, section 4.10.5.1.13: the middle of the range, unless a value is preset; inside the range, at
 * the nearest step, the higher one of two.
 */
function rangeValue(value: string, control: Control): string {
  const bound = (name: string, otherwise: number) => {
    const text = control.attr(name) ?? '';
    return isNumber(text) ? Number(text) : otherwise;
  };
  const least = bound('min', 0);
  const most = bound('max', 100);
  const middle = most < least ? least : least + (most - least) / 2;
  const number = isNumber(value) ? Number(value) : middle;
  const within = Math.max(least, Math.min(most, number));
  if (control.attr('step')?.toLowerCase() === 'any') return String(within);
  const given = bound('step', 1);
  const step = given > 0 ? given : 1;
  const from = bound('min', bound('value', 0));
  const nearest = Math.round((within - from) / step);
  const highest = Math.max(0, Math.floor((most - from) / step));
  // Tenths and the like are not exact in binary.
  return String(Number((from + Math.min(nearest, highest) * step).toPrecision(15)));
}
