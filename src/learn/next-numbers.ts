import { parameterOf, withParameter } from '../page/address.js';
import type { NextWay } from '../survey/next-ways.js';
import type { NextCandidate } from './next-candidates.js';

/** A rule that may hold, with the second page's address by it. */
export interface TriedCandidate extends NextCandidate {
  url: string;
}

/** Parameters that number pages, and those that count photos, as far as addresses leave them out. */
const usual = ['page', 'p', 'offset', 'start', 'pg'];
const pageNames = /^(?:page|paged|p|pg|page_?no|page_?num(?:ber)?|seite|pagina|current_?page)$/i;
const offsetNames = /^(?:offset|start|skip|first|start_?at|start_?index|from|begin)$/i;

/** The value of a parameter as a number; undefined where it is none. */
function numberIn(url: string, parameter: string): number | undefined {
  const value = parameterOf(new URL(url), parameter) ?? '';
  return /^\d{1,7}$/.test(value) ? Number(value) : undefined;
}

/**
 * Rules by a number in the query, which need a request past the end, for a second page that is known.
 *
 * @param onward what leads on from the second page
 */
export function numberCandidates(
  pageUrl: string,
  url: string,
  onward: readonly NextWay[],
): NextCandidate[] {
  const [own, next] = [new URL(pageUrl), new URL(url)];
  const changed = [...next.searchParams.keys()].filter(
    (name) => parameterOf(next, name) !== parameterOf(own, name),
  );
  const [parameter] = changed;
  if (parameter === undefined || changed.length > 1 || own.pathname !== next.pathname) return [];
  const value = numberIn(url, parameter);
  if (value === undefined || !/^[\w.[\]-]+$/.test(parameter)) return [];
  const later = onward
    .filter((way) => way.number === undefined || way.number === 3)
    .flatMap((way) => (way.url && numberIn(way.url, parameter)) || [])
    .filter((number) => number > value);
  const step = later.length > 0 ? Math.min(...later) - value : 1;
  return value < step ? [] : [numberRule(parameter, value - step, step)];
}

/**
 * Rules by numbers or offsets in the query, to be tried where no address of a second page is known:
 * first those that the page's own address has.
 *
 * @param count how many photos the page shows
 */
export function guessedNumbers(pageUrl: string, count: number): TriedCandidate[] {
  const own = [...new URL(pageUrl).searchParams.keys()].filter(
    (name) =>
      numberIn(pageUrl, name) !== undefined && (pageNames.test(name) || offsetNames.test(name)),
  );
  return [...new Set([...own, ...(own.length > 0 ? [] : usual)])].map((parameter) => {
    const isOffset = offsetNames.test(parameter);
    const first = numberIn(pageUrl, parameter) ?? (isOffset ? 0 : 1);
    const step = isOffset ? Math.max(1, count) : 1;
    const url = withParameter(pageUrl, parameter, String(first + step));
    return { ...numberRule(parameter, first, step), url };
  });
}

function numberRule(parameter: string, first: number, step: number): NextCandidate {
  const rule = {
    by: 'number',
    parameter,
    ...(first !== 1 && { first }),
    ...(step !== 1 && { step }),
  };
  return { rule, what: `the parameter ${parameter}` };
}
