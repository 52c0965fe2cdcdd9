import { DateTime } from 'luxon';
import { pageAddress } from '../../page/address.js';
import { linksWithRelation } from '../../page/link-header.js';
import { isParent } from '../../profile/json-path.js';
import { memberStep } from '../json-groups.js';
import { jsonValue } from './carried-value.js';
import type { ListedPage } from './recorded-listing.js';
import { leafKey, leavesOf, type RequestLeaf } from './request-leaves.js';

/** How the pages of a recording follow each other. */
export interface RecordedNext {
  /** The rule of `listing.next`. */
  rule: Record<string, unknown>;
  /** The parts of the request that change from page to page, each with the slot that stands for it. */
  slots: ReadonlyMap<string, { leaf: RequestLeaf; slot: 'number' | 'cursor' | 'from' | 'until' }>;
  seenOn: string;
  isUncertain?: true;
}

interface Change {
  leaf: RequestLeaf;
  before: RequestLeaf | undefined;
}

/**
 * Compares the requests for the pages of an album, each with the one before it.
 *
 * @returns undefined where nothing tells how pages follow each other
 */
export function recordedNext(pages: readonly ListedPage[]): RecordedNext | undefined {
  const [only] = pages;
  if (pages.length === 1 && only !== undefined) return ofOne(only);
  const found: RecordedNext[] = [];
  for (const [at, later] of pages.entries()) {
    for (const earlier of pages.slice(0, at).reverse()) {
      const next = between(earlier, later);
      if (next !== undefined) found.push(next);
    }
  }
  const [window] = found.filter(({ rule }) => rule.by === 'window');
  const others = found.filter(({ rule }) => rule.by !== 'window');
  const best = others.sort((one, other) => firstOf(one) - firstOf(other))[0];
  if (window === undefined || best === undefined || best.rule.by === 'number')
    return window ?? best;
  return {
    ...window,
    rule: { ...window.rule, within: best.rule },
    slots: new Map([...window.slots, ...best.slots]),
  };
}

const firstOf = ({ rule: { first = 0 } }: RecordedNext) => Number(first);

function between(earlier: ListedPage, later: ListedPage): RecordedNext | undefined {
  const seenOn = 'two requests of the recording';
  const link = linkTo(earlier, later);
  if (link !== undefined) return { rule: link, slots: new Map(), seenOn };
  const path = [earlier, later].map(({ exchange }) => new URL(exchange.url).pathname);
  const changes = changesBetween(earlier, later);
  if (path[0] !== path[1]) return changes.length > 0 ? undefined : inPath(path, earlier);
  const window = windowOf(changes);
  if (window !== undefined) return window;
  const [change, ...more] = changes;
  if (change === undefined || more.length > 0) return undefined;
  return numbered(change, earlier) ?? byCursor(change, earlier);
}

function changesBetween(earlier: ListedPage, later: ListedPage): Change[] {
  const before = new Map(leavesOf(earlier.exchange).map((leaf) => [leafKey(leaf), leaf]));
  const after = leavesOf(later.exchange);
  const isGone = [...before.keys()].some((key) => !after.some((leaf) => leafKey(leaf) === key));
  // Requests of other searches, or back to the first page.
  if (isGone) return [];
  return after.flatMap((leaf) => {
    const one = before.get(leafKey(leaf));
    return one?.value === leaf.value || isClock(leaf) ? [] : [{ leaf, before: one }];
  });
}

/** Whether a parameter only keeps an answer out of caches. */
function isClock({ path, value }: RequestLeaf): boolean {
  return (
    /^(?:_|_t|ts|rnd|rand|cb|nocache|cache|timestamp)$/i.test(path.at(-1) ?? '') &&
    /^[\d.]{10,}$/.test(value)
  );
}

/** A further page alone: the first one came with the page around it. */
function ofOne(page: ListedPage): RecordedNext | undefined {
  for (const leaf of leavesOf(page.exchange)) {
    const name = leaf.path.at(-1) ?? '';
    const number = Number(leaf.value);
    if (!numberName.test(name) || !/^\d{1,7}$/.test(leaf.value) || number < 2) continue;
    const isOffset = page.count > 1 && number % page.count === 0 && number > 2;
    const steps = isOffset ? { first: number, step: page.count } : { first: number, step: 1 };
    return { ...byNumber(leaf, steps), seenOn: `one request with ${number}` };
  }
  return undefined;
}

/** The whole address of the later page, as the earlier one has it. */
function linkTo(
  { page, exchange, rows }: ListedPage,
  later: ListedPage,
): Record<string, unknown> | undefined {
  if (exchange.method !== 'GET' || later.exchange.method !== 'GET') return undefined;
  const { url } = later.exchange;
  if (
    linksWithRelation(page.linkHeader ?? '', 'next').some((one) => pageAddress(one, page) === url)
  ) {
    return { by: 'header' };
  }
  const json = rows === undefined ? undefined : jsonValue(page);
  const select =
    json &&
    pathWhere(json, (text) => /[/?=]/.test(text) && pageAddress(text, page) === url, rows?.row);
  return select === undefined ? undefined : { by: 'link', select };
}

/** The path of the first text outside the rows that holds for a test. */
function pathWhere(
  value: unknown,
  test: (text: string) => boolean,
  row = '',
  path = '$',
): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') {
    return test(String(value)) ? path : undefined;
  }
  const list = row.replace(/(?:\[\*\]|\.\*).*$/, '');
  if (!isParent(value) || path.length > 200 || (path === list && list !== '$')) return undefined;
  for (const [name, one] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${name}]` : memberStep(name);
    const found = pathWhere(one, test, row, `${path}${step}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A number in the path, such as /page/2. */
function inPath(
  [before = '', after = '']: string[],
  { count }: ListedPage,
): RecordedNext | undefined {
  for (const { 0: digits, index } of [...after.matchAll(/\d+/g)].reverse()) {
    const [start, end] = [after.slice(0, index), after.slice(index + digits.length)];
    const own =
      before.startsWith(start) && before.endsWith(end)
        ? before.slice(start.length, before.length - end.length)
        : undefined;
    const shorter = start.replace(/[/_-]?(?:page|seite|p)?[/_-]?$/i, '');
    const isFirst = before.replace(/\/$/, '') === `${shorter}${end}`.replace(/\/$/, '');
    if (!isFirst && (own === undefined || !/^\d+$/.test(own))) continue;
    const steps = numberSteps(isFirst ? undefined : Number(own), Number(digits), count);
    if (steps === undefined) continue;
    return {
      rule: { by: 'number', address: `${start}{number}${end}`, ...steps },
      slots: new Map(),
      seenOn: 'two requests of the recording',
    };
  }
  return undefined;
}

function numberSteps(
  before: number | undefined,
  after: number,
  count: number,
): { first: number; step: number } | undefined {
  if (before !== undefined) return stepsBetween(before, after, count);
  if (after === 1) return { first: 0, step: 1 };
  if (count > 1 && after % count === 0) return { first: 0, step: count };
  if (count > 1 && after % count === 1 && after > 1 && count > 4) return { first: 1, step: count };
  return after <= 100 ? { first: 1, step: 1 } : undefined;
}

function stepsBetween(
  first: number,
  after: number,
  count: number,
): { first: number; step: number } | undefined {
  const gap = after - first;
  if (gap <= 0 || after > 10_000_000) return undefined;
  if (count > 1 && gap % count === 0) return { first, step: count };
  // Pages that were left out, rather than an offset.
  return { first, step: gap <= 20 ? 1 : gap };
}

const numberName = /page|seite|pagina|offset|start|skip|first|from|index|^p$|^pg$|^n$|number|seq/i;

function numbered({ leaf, before }: Change, { count }: ListedPage): RecordedNext | undefined {
  const name = leaf.path.at(-1) ?? '';
  const isNumber =
    /^\d{1,7}$/.test(leaf.value) && (before === undefined || /^\d{1,7}$/.test(before.value));
  if (!isNumber || !(numberName.test(name) || before !== undefined)) return undefined;
  if (/cursor|token|after|before|since|max|min|last/i.test(name)) return undefined;
  const steps = numberSteps(before && Number(before.value), Number(leaf.value), count);
  if (steps === undefined) return undefined;
  return byNumber(leaf, steps, before);
}

/** A rule by number. Where the visit began with a further page, it is made to begin with the first. */
function byNumber(
  leaf: RequestLeaf,
  { first, step }: { first: number; step: number },
  before?: RequestLeaf,
): RecordedNext {
  const least = step === 1 ? Math.min(first, 1) : first % step;
  return {
    rule: {
      by: 'number',
      ...(leaf.where === 'query' && { parameter: leaf.path[0] }),
      ...(least !== 1 && { first: least }),
      ...(step !== 1 && { step }),
    },
    slots: new Map([[leafKey(leaf), { leaf, slot: 'number' }]]),
    seenOn: `requests with ${before?.value ?? 'no number'} and ${leaf.value}`,
    ...(least !== first && { isUncertain: true }),
  };
}

function byCursor({ leaf }: Change, { page, rows }: ListedPage): RecordedNext | undefined {
  const json = rows === undefined ? undefined : jsonValue(page);
  const select = json && pathWhere(json, (text) => text === leaf.value, rows?.row);
  if (select === undefined) return undefined;
  const name = leaf.path.at(-1) ?? '';
  return {
    rule: { by: 'cursor', select, ...(leaf.where === 'query' && { parameter: name }) },
    slots: new Map([[leafKey(leaf), { leaf, slot: 'cursor' }]]),
    seenOn: 'a value of one answer that the next request sends',
  };
}

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

function windowOf(changes: readonly Change[]): RecordedNext | undefined {
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
    seenOn: `windows of ${every === 'month' ? 'a month' : `${every.days} days`}`,
    isUncertain: true,
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
