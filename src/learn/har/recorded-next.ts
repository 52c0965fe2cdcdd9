import { pageAddress } from '../../page/address.js';
import { linksWithRelation } from '../../page/link-header.js';
import { isParent } from '../../profile/json-path.js';
import { memberStep } from '../json-groups.js';
import { jsonValue } from './carried-value.js';
import type { ListedPage } from './recorded-listing.js';
import { windowOf } from './recorded-window.js';
import type { Change, RecordedNext } from './request-change.js';
import { leafKey, leavesOf, type RequestLeaf } from './request-leaves.js';

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
