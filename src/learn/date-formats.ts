import { readDate } from '../profile/read-date.js';

/** A piece of a date's text: what finds it, and how Luxon writes it. */
interface Piece {
  match: string;
  format: string;
  /** Whether it names a month, in some language. */
  hasName?: true;
  /** Whether day and month may be the other way round. */
  mayTurn?: true;
}

/** A format that a date's text has. */
export interface DateShape {
  /** A regular expression for the date in its text. */
  match: string;
  /** A notation's name, or Luxon's tokens. */
  format: string;
  language?: string;
  mayTurn?: true;
}

const name = '\\p{L}{3,}\\.?';
const dates: Piece[] = [
  { match: '\\d{4}:\\d\\d:\\d\\d', format: 'yyyy:MM:dd' },
  { match: '\\d{4}-\\d\\d-\\d\\d', format: 'yyyy-MM-dd' },
  { match: '\\d{4}/\\d\\d/\\d\\d', format: 'yyyy/MM/dd' },
  { match: '\\d{4}\\.\\d\\d\\.\\d\\d', format: 'yyyy.MM.dd' },
  { match: '\\d{4}年\\d{1,2}月\\d{1,2}日', format: "yyyy'年'M'月'd'日'" },
  { match: '\\d{1,2}\\.\\d{1,2}\\.\\d{4}', format: 'd.M.yyyy' },
  { match: '\\d{1,2}/\\d{1,2}/\\d{4}', format: 'd/M/yyyy', mayTurn: true },
  { match: '\\d{1,2}-\\d{1,2}-\\d{4}', format: 'd-M-yyyy', mayTurn: true },
  { match: '\\d{1,2}\\.\\d{1,2}\\.\\d\\d(?!\\d)', format: 'd.M.yy' },
  { match: '\\d{1,2}/\\d{1,2}/\\d\\d(?!\\d)', format: 'd/M/yy', mayTurn: true },
  { match: `\\d{1,2}-${name}-\\d{4}`, format: 'd-MMM-yyyy', hasName: true },
  { match: `\\d{1,2} ${name} \\d{4}`, format: 'd MMM yyyy', hasName: true },
  { match: `\\d{1,2}\\. ${name} \\d{4}`, format: 'd. MMM yyyy', hasName: true },
  { match: `\\d{1,2} de ${name} de \\d{4}`, format: "d 'de' MMM 'de' yyyy", hasName: true },
  { match: `${name} \\d{1,2}, \\d{4}`, format: 'MMM d, yyyy', hasName: true },
  { match: `${name} \\d{1,2} \\d{4}`, format: 'MMM d yyyy', hasName: true },
];
const times: Piece[] = [
  { match: '\\d{1,2}:\\d\\d:\\d\\d ?[AaPp]\\.?[Mm]\\.?', format: 'h:mm:ss a' },
  { match: '\\d{1,2}:\\d\\d ?[AaPp][Mm]', format: 'h:mm a' },
  { match: '\\d{1,2}:\\d\\d:\\d\\d', format: 'H:mm:ss' },
  { match: '\\d{1,2}:\\d\\d', format: 'H:mm' },
  { match: '\\d{1,2}h\\d\\d', format: "H'h'mm" },
];
/** What may stand between a date and its time. */
const between =
  /^(?:,? (?:at |um |à |a las |alle |om |kl\. |kl |klo |o |v |às |- |– |• |· )?|T)$/iu;
const iso = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/;
/** Languages of months' names that are tried, after the page's own. */
const languages = [
  ...['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'nb', 'da', 'fi', 'pl', 'cs', 'sk', 'hu'],
  ...['ro', 'ru', 'uk', 'bg', 'hr', 'sl', 'et', 'lv', 'lt', 'el', 'tr', 'id', 'ca'],
];

const moments: [format: string, digits: RegExp, least: number, most: number][] = [
  ['unix', /^\d{9,10}$/, 315_532_800, 4_102_444_800],
  ['unix-milliseconds', /^\d{12,13}$/, 315_532_800_000, 4_102_444_800_000],
  ['dotnet-ticks', /^\d{18}$/, 624_511_296_000_000_000, 662_380_416_000_000_000],
];

/**
 * The shape of the date in a text.
 *
 * @param language of the page (BCP 47), if it says so
 * @param isNamedDate whether the place is called a date: bare digits are moments only there
 * @returns undefined where there is no date
 */
export function shapeOf(
  text: string,
  language: string | undefined,
  isNamedDate: boolean,
): DateShape | undefined {
  if (isNamedDate) {
    const moment = moments.find(
      ([, digits, least, most]) =>
        digits.test(text) && Number(text) >= least && Number(text) <= most,
    );
    if (moment !== undefined) return { match: '^\\d+$', format: moment[0] };
  }
  if (iso.test(text)) return { match: iso.source, format: 'iso' };
  for (const date of dates) {
    const found = new RegExp(`(?<![\\d.:/-])${date.match}`, 'u').exec(text);
    if (found === null) continue;
    const shape = withTime(text, found, date);
    const named = date.hasName ? inLanguage(text, shape, language) : shape;
    if (named !== undefined) return named;
  }
  return undefined;
}

function withTime(text: string, found: RegExpExecArray, date: Piece): DateShape {
  const rest = text.slice(found.index + found[0].length);
  const turn = date.mayTurn && { mayTurn: date.mayTurn };
  for (const time of times) {
    const clock = new RegExp(`^(\\D{1,9}?)(${time.match})`, 'u').exec(rest);
    const [, gap = '', hour = ''] = clock ?? [];
    if (clock === null || !between.test(gap)) continue;
    const quoted = gap.replace(/\p{L}+\.?/gu, (word) => `'${word}'`);
    const format = /\d[AaPp]/.test(hour) ? time.format.replace(' a', 'a') : time.format;
    return {
      match: `${date.match}${gap.replaceAll('.', '\\.')}${time.match}`,
      format: `${date.format}${quoted}${format}`,
      ...turn,
    };
  }
  return { match: date.match, format: date.format, ...turn };
}

function inLanguage(
  text: string,
  shape: DateShape,
  language: string | undefined,
): DateShape | undefined {
  const value = new RegExp(shape.match, 'u').exec(text)?.[0] ?? '';
  for (const tried of [language, ...languages]) {
    if (tried === undefined) continue;
    for (const month of ['MMM', 'MMMM']) {
      const format = shape.format.replace('MMM', month);
      if (readDate(value, { format, language: tried }) === undefined) continue;
      return { ...shape, format, ...(tried !== 'en' && { language: tried }) };
    }
  }
  return undefined;
}
