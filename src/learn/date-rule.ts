import type { AddressBase } from '../page/address.js';
import { applyFilters, filterSchema } from '../profile/filters.js';
import { valueIn } from '../profile/reading.js';
import { pictureEnding } from '../survey/find-photos.js';
import type { Column } from './column.js';
import { type DateShape, shapeOf } from './date-formats.js';
import type { LearnedRule } from './learned-rule.js';
import { type WrittenFilter, type WrittenRule, withFilters } from './written-rule.js';

/** Most rows whose texts are looked at for the formats that they have. */
const mostTexts = 40;
/** Most UTF-16 units of a text with a date. */
const mostLength = 400;
/**
 * Share of the rows in which a place must have a date: one that is called so, and any other. One that is
 * called so and has nothing else counts however few rows have it.
 */
const leastRead = { named: 0.2, other: 0.7 };

const taken = /taken|captur|shot|original|exif|shooting|aufnahme|aufgenommen|prise|tomada|scatt/;
const uploaded =
  /upload|hochgeladen|added|ajout|subid|caricat|envoy|geüpload|uppladd|opplast|dodan|загружен/;
const changed = /modif|updat|edit|chang|geändert|aktualisiert/;
const dated =
  /date|time|datum|fecha|data$|when|created|posted|published|erstellt|day|timestamp|\bts$/;
const otherTimes = /expire|birth|duration|length|exposure|zone|delete|last_?login|shutter/;

/** A date that a place gives. */
interface DatedColumn {
  rules: WrittenRule[];
  count: number;
  isUncertain: boolean;
  /** 4, when a photo was taken; 3, a date; 2, when it was uploaded; 1, when it was changed, or unnamed. */
  weight: number;
  /** Whether it says when it was uploaded, in a known time zone. */
  isUpload: boolean;
}

/**
 * Finds when photos were taken or sent, and when they were uploaded. Formats are tried on all rows.
 *
 * @param language of the page (BCP 47), if it says so
 * @param base what filters may depend on
 */
export function dateRules(
  columns: readonly Column[],
  base: AddressBase,
  language: string | undefined,
  prefix: string,
): LearnedRule[] {
  const found = columns.flatMap((column) => datesIn(column, base, language) ?? []);
  const best = (able: DatedColumn[]) =>
    able.sort((one, other) => other.weight - one.weight || other.count - one.count)[0];
  const date = best(found.filter(({ isUpload }) => !isUpload));
  const upload = best(found.filter(({ isUpload }) => isUpload));
  const rows = columns[0]?.values.length ?? 0;
  const learned = (name: string, { rules, count, isUncertain }: DatedColumn): LearnedRule => ({
    place: `${prefix}.${name}`,
    rule: rules.length === 1 ? rules[0] : rules,
    seenOn: `${count} of ${rows} rows${isUncertain ? '; day and month may be the other way round' : ''}`,
    ...(isUncertain && { isUncertain }),
  });
  return [
    ...(date ? [learned('date', date)] : []),
    ...(upload ? [learned('uploadedAt', upload)] : []),
  ];
}

function nameOf({ name, source, tag }: Column): string {
  return `${name} ${source.select ?? ''} ${tag === 'time' ? 'time' : ''}`.toLowerCase();
}

function datesIn(
  column: Column,
  base: AddressBase,
  language: string | undefined,
): DatedColumn | undefined {
  const { source, values } = column;
  const name = nameOf(column);
  const texts = values.filter((value) => value !== undefined);
  if (
    otherTimes.test(name) ||
    /^(?:href|src|srcset|style|id|class|poster)$/.test(source.attribute ?? '')
  ) {
    return undefined;
  }
  if (texts.some((text) => text.length > mostLength || pictureEnding.test(text))) return undefined;
  const isNamed = [dated, taken, uploaded, changed].some((pattern) => pattern.test(name));
  const shapes = shapesIn(texts, language, isNamed);
  const readings = shapes
    .flatMap((shape) => (shape.mayTurn ? [shape, turned(shape)] : [shape]))
    .map((shape) => reading(shape, source, values, base))
    .sort((one, other) => worthOf(other, texts.length) - worthOf(one, texts.length));
  const [first] = readings;
  if (first === undefined) return undefined;
  const second = readings.find(({ read }) => [...read].some((row) => !first.read.has(row)));
  const hasSecond = second !== undefined && !isTurned(first.shape, second.shape);
  const count = new Set([...first.read, ...(hasSecond ? second.read : [])]).size;
  const isWhole = isNamed && count === texts.length;
  const least = values.length * (isNamed ? leastRead.named : leastRead.other);
  if (!isWhole && count < least) return undefined;
  const twin = readings.find((one) => one !== first && isTurned(one.shape, first.shape));
  const isUncertain = twin !== undefined && twin.read.size === first.read.size;
  const chosen = isUncertain ? bestOf(first, twin, language) : first;
  const isUpload = uploaded.test(name) && chosen.isMoment && !hasSecond;
  return {
    rules: [chosen.rule, ...(hasSecond ? [second.rule] : [])],
    count,
    isUncertain,
    weight: weightOf(name, isNamed),
    isUpload,
  };
}

/** How many rows a format reads; more, where it reads the time of most of them too. */
function worthOf({ shape, read }: Reading, texts: number): number {
  const hasTime = /[Hh]/.test(shape.format) && read.size * 2 >= texts;
  return read.size + (hasTime ? texts : 0);
}

function weightOf(name: string, isNamed: boolean): number {
  if (taken.test(name)) return 4;
  if (uploaded.test(name)) return 2;
  return changed.test(name) || !isNamed ? 1 : 3;
}

function shapesIn(
  texts: readonly string[],
  language: string | undefined,
  isNamed: boolean,
): DateShape[] {
  const shapes = new Map<string, DateShape>();
  for (const text of texts.slice(0, mostTexts)) {
    const shape = shapeOf(text, language, isNamed);
    if (shape !== undefined) shapes.set(JSON.stringify(shape), shape);
  }
  return [...shapes.values()];
}

/** The same with day and month the other way round. */
function turned(shape: DateShape): DateShape {
  return { ...shape, format: shape.format.replace(/^(d)(.)(M)/, '$3$2$1') };
}

const isTurned = (one: DateShape, other: DateShape) =>
  one.match === other.match && one.format !== other.format && one.mayTurn === true;

/** Americans alone write the month first. */
function bestOf(one: Reading, other: Reading, language: string | undefined): Reading {
  const isMonthFirst = ({ shape }: Reading) => shape.format.startsWith('M');
  const isAmerican = language !== undefined && /^en-US$/i.test(language);
  return isMonthFirst(one) === isAmerican ? one : other;
}

interface Reading {
  shape: DateShape;
  rule: WrittenRule;
  /** The rows in which it reads a date. */
  read: Set<number>;
  /** Whether the time zone is known. */
  isMoment: boolean;
}

function reading(
  shape: DateShape,
  source: WrittenRule,
  values: readonly (string | undefined)[],
  base: AddressBase,
): Reading {
  const { match, format, language } = shape;
  const expression = new RegExp(`^(?:${match})$`, 'u');
  const isAlone = values.every((value) => value === undefined || expression.test(value));
  const matched = values.flatMap(
    (value) => (value && new RegExp(match, 'u').exec(value)?.[0]) || [],
  );
  const isZoned = format === 'iso' && matched.every((value) => /(?:Z|[+-]\d\d:?\d\d)$/.test(value));
  const isNotation = /^(?:unix|dotnet)/.test(format);
  const filters: WrittenFilter[] = [
    ...(isAlone || isNotation ? [] : [{ match }]),
    { date: dateFilter(format, language, isZoned) as never },
  ];
  const steps = filters.map((filter) => filterSchema.parse(filter));
  const read = [...values.keys()].filter((row) => {
    const value = values[row];
    return value !== undefined && valueIn(applyFilters(value, steps, base)) !== undefined;
  });
  return {
    shape,
    rule: withFilters(source, ...filters),
    read: new Set(read),
    isMoment: isZoned || isNotation,
  };
}

function dateFilter(format: string, language: string | undefined, isZoned: boolean): unknown {
  if (isZoned) return { format, zone: 'utc' };
  if (/^[a-z-]+$/.test(format)) return format;
  return { format, ...(language && { language }) };
}
