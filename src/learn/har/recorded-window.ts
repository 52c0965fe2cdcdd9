import { DateTime } from 'luxon';
import type { Change, RecordedNext } from './request-change.js';
import { leafKey, type RequestLeaf } from './request-leaves.js';

/** Notations of a day that windows of time are asked for with. */
const notations: readonly [RegExp, string][] = [
  [/^\d{4}-\d\d-\d\d$/, 'yyyy-MM-dd'],
  [/^\d{4}-\d\d$/, 'yyyy-MM'],
  [/^\d{4}\d\d\d\d$/, 'yyyyMMdd'],
  [/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/, 'iso'],
  [/^\d\d\.\d\d\.\d{4}$/, 'dd.MM.yyyy'],
  [/^\d\d\/\d\d\/\d{4}$/, 'dd/MM/yyyy'],
  [/^1\d{9}$/, 'unix'],
  [/^1\d{12}$/, 'unix-milliseconds'],
];

/** The first day of an album whose photos are of no known time: before digital cameras. */
const firstDay = '2000-01-01';

/**
 * The rule for windows of time, from what changes between the requests for two of them.
 *
 * @returns undefined where they are no windows
 */
export function windowOf(changes: readonly Change[]): RecordedNext | undefined {
  const format = formatOf(changes[0]?.leaf.value ?? '');
  const isAlike = ({ leaf, before }: Change) =>
    before !== undefined && formatOf(leaf.value) === format;
  if (format === undefined || changes.length > 2 || !changes.every(isAlike)) return undefined;
  const millis = ({ leaf }: Change) => momentOf(leaf.value, format, 'utc').toMillis();
  const [from, until] = [...changes].sort((one, other) => millis(one) - millis(other));
  if (from === undefined) return undefined;
  const span = [from.leaf.value, until?.leaf.value ?? from.before?.value ?? ''];
  const zone = zoneOf(span, format);
  const every = lengthOf(span.map((text) => momentOf(text, format, zone)));
  if (every === undefined) return undefined;
  const nameOf = ({ leaf }: Change) => leaf.path.at(-1) ?? '';
  const parameters = { from: nameOf(from), ...(until && { until: nameOf(until) }) };
  const slots: [string, { leaf: RequestLeaf; slot: 'from' | 'until' }][] = [
    [leafKey(from.leaf), { leaf: from.leaf, slot: 'from' }],
  ];
  if (until !== undefined) slots.push([leafKey(until.leaf), { leaf: until.leaf, slot: 'until' }]);
  return {
    rule: {
      by: 'window',
      from: firstDay,
      every,
      format,
      ...(zone !== 'utc' && { zone }),
      ...(from.leaf.where === 'query' && { parameters }),
    },
    slots: new Map(slots),
    seenOn: `windows of ${every === 'month' ? 'a month' : `${every.days} days`}; the first day is a guess: put one before the oldest photo there`,
    isUncertain: true,
    seenDay: momentOf(from.leaf.value, format, zone).toISODate() ?? firstDay,
  };
}

/** The length of windows of time: a month, or some days; undefined for what is no window. */
function lengthOf([begin, end]: DateTime[]): 'month' | { days: number } | undefined {
  if (begin === undefined || end === undefined) return undefined;
  const days = Math.abs(Math.round(end.diff(begin, 'days').days));
  if (!(days >= 1 && days <= 3660)) return undefined;
  return days >= 28 && days <= 31 && begin.day === 1 ? 'month' : { days };
}

function formatOf(value: string): string | undefined {
  return notations.find(([notation]) => notation.test(value))?.[1];
}

function momentOf(text: string, format: string, zone: string): DateTime {
  if (format === 'iso') return DateTime.fromISO(text, { zone });
  if (format === 'unix') return DateTime.fromSeconds(Number(text), { zone });
  if (format === 'unix-milliseconds') return DateTime.fromMillis(Number(text), { zone });
  return DateTime.fromFormat(text, format, { zone });
}

/** The time zone in which the ends of a window are beginnings of days, the recorder's own first. */
function zoneOf(span: readonly string[], format: string): string {
  if (!/^unix|^iso$/.test(format)) return 'utc';
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = ['utc', own, ...commonZones, ...Intl.supportedValuesOf('timeZone')];
  const isStart = (text: string, zone: string, unit: 'day' | 'month') => {
    const moment = momentOf(text, format, zone);
    return moment.isValid && moment.toMillis() === moment.startOf(unit).toMillis();
  };
  for (const unit of ['month', 'day'] as const) {
    const found = zones.find((zone) => span.every((text) => isStart(text, zone, unit)));
    if (found !== undefined) return found;
  }
  return 'utc';
}

const commonZones = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'Asia/Tokyo',
];
