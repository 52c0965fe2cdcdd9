import { parameterOf } from '../page/address.js';
import type { Page } from '../page/page.js';
import type { NextWay } from '../survey/next-ways.js';
import { surveyPage } from '../survey/survey-page.js';
import { pageKey } from '../walk/page-key.js';
import type { LearnedRule } from './learned-rule.js';
import type { Look } from './look.js';
import { linkCandidates, type NextCandidate } from './next-candidates.js';
import { type JsonPlace, NextTrial, type SeenPage } from './next-trial.js';

/** Most addresses that are tried for the second page. */
const mostSeconds = 5;

/**
 * Finds the rule for the next page: the most lasting one that leads to a second page with other photos,
 * on to a third where there is one, and nowhere from the last.
 *
 * @param rowsOf the keys of the photos that a page shows, in its order
 * @param json where the photos stand in JSON, if they do
 * @returns none where nothing leads to a further page
 */
export async function nextRules(
  page: Page,
  rowsOf: (page: Page) => string[],
  look: Look,
  json?: JsonPlace,
): Promise<LearnedRule[]> {
  const first = { page, keys: rowsOf(page) };
  const trial = new NextTrial(first, rowsOf, look, json);
  if (!page.isHtml) return [];
  const ways = waysOn(page);
  for (const url of secondPages(ways, page).slice(0, mostSeconds)) {
    const second = await trial.further(url, [first]);
    if (second === undefined) continue;
    const candidates = [...linkCandidates(page, url, ways), ...numberCandidates(url, second, page)];
    const found = await mostLasting(candidates, trial, second, url);
    if (found !== undefined) return [found];
  }
  return [];
}

/** What leads to further pages on the site, and is no photo. */
function waysOn(page: Page): NextWay[] {
  const { ways, photos } = surveyPage(page);
  const links = new Set(photos.flatMap(({ link = '', thumbnails }) => [link, ...thumbnails]));
  const { host } = new URL(page.url);
  return ways.filter(({ url }) => {
    if (url === undefined) return true;
    return !links.has(url) && new URL(url).host === host;
  });
}

/** Addresses that may be the second page's, the surest first. */
function secondPages(ways: readonly NextWay[], page: Page): string[] {
  const trust = ({ element, isCertain, number, isOnlyNamed }: NextWay) => {
    if (element === undefined) return 0;
    if (isCertain || /(?:^|\s)next(?:\s|$)/i.test(element.attribs.rel ?? '')) return 1;
    if (number === 2) return 2;
    return isOnlyNamed === true ? 4 : 3;
  };
  const known = new Set([page.url, page.requestedUrl].map(pageKey));
  const urls = ways
    .filter(({ number }) => number === undefined || number === 2)
    .sort((one, other) => trust(one) - trust(other))
    .flatMap(({ url }) => (url === undefined || known.has(pageKey(url)) ? [] : url));
  return [...new Set(urls)];
}

/** Rules by a number in the address, which need a request past the end. */
function numberCandidates(url: string, second: SeenPage, page: Page): NextCandidate[] {
  const [own, next] = [new URL(page.requestedUrl), new URL(url)];
  const names = [...next.searchParams.keys()].filter(
    (name) => parameterOf(next, name) !== parameterOf(own, name),
  );
  const [parameter] = names;
  if (parameter === undefined || names.length > 1 || own.pathname !== next.pathname) return [];
  const value = parameterOf(next, parameter) ?? '';
  if (!/^\d{1,6}$/.test(value) || !/^[\w.[\]-]+$/.test(parameter)) return [];
  const third = waysOn(second.page)
    .filter(({ number }) => number === undefined || number === 3)
    .flatMap((way) =>
      way.url === undefined ? [] : Number(parameterOf(new URL(way.url), parameter)),
    )
    .filter((number) => number > Number(value));
  const step = third.length > 0 ? Math.min(...third) - Number(value) : 1;
  const start = Number(value) - step;
  if (start < 0) return [];
  const rule = {
    by: 'number',
    parameter,
    ...(start !== 1 && { first: start }),
    ...(step !== 1 && { step }),
  };
  return [{ rule, what: `the parameter ${parameter}` }];
}

interface Outcome {
  candidate: NextCandidate;
  /** The third page, where the rule leads on from the second. */
  third: SeenPage | undefined;
}

async function mostLasting(
  candidates: readonly NextCandidate[],
  trial: NextTrial,
  second: SeenPage,
  url: string,
): Promise<LearnedRule | undefined> {
  const outcomes: Outcome[] = [];
  for (const candidate of candidates) {
    const outcome = await tryOn(candidate, trial, second, url);
    if (outcome !== undefined) outcomes.push(outcome);
  }
  const going = outcomes.filter(({ third }) => third !== undefined);
  const able = going.length > 0 ? going : outcomes;
  const last = await lastPage(trial, second, able[0]?.third);
  for (const { candidate, third } of able) {
    const isByNumber = candidate.rule.by === 'number';
    const leadsOn = last && !isByNumber && trial.target(candidate.rule, last.seen, last.number);
    if (leadsOn) continue;
    return { place: 'listing.next', rule: candidate.rule, seenOn: seenOn(candidate, third, last) };
  }
  return undefined;
}

async function tryOn(
  candidate: NextCandidate,
  trial: NextTrial,
  second: SeenPage,
  url: string,
): Promise<Outcome | undefined> {
  const { rule } = candidate;
  const target = trial.target(rule, trial.first, 1);
  if (target === undefined || pageKey(target) !== pageKey(url)) return undefined;
  const onward = trial.target(rule, second, 2);
  if (onward === undefined) return { candidate, third: undefined };
  const third = await trial.further(onward, [trial.first, second]);
  if (third !== undefined) return { candidate, third };
  return rule.by === 'number' ? { candidate, third } : undefined;
}

/** The last page, as far as the pages seen tell which one that is. */
async function lastPage(
  trial: NextTrial,
  second: SeenPage,
  third: SeenPage | undefined,
): Promise<{ seen: SeenPage; number: number } | undefined> {
  const numbered = [trial.first, second].flatMap(({ page }) => waysOn(page));
  const furthest = numbered.reduce<NextWay | undefined>(
    (most, way) => ((way.number ?? 0) > (most?.number ?? 0) ? way : most),
    undefined,
  );
  const { url, number = 0 } = furthest ?? {};
  if (third === undefined) return { seen: second, number: 2 };
  if (url === undefined || number <= 3 || number > 1000) return undefined;
  const seen = await trial.page(url);
  return seen === undefined || seen.keys.length === 0 ? undefined : { seen, number };
}

function seenOn(
  { what }: NextCandidate,
  third: SeenPage | undefined,
  last: { number: number } | undefined,
): string {
  const pages = third === undefined ? 'pages 1 and 2' : 'pages 1 to 3';
  return `${what} on ${pages}${last === undefined ? '' : `, and not on page ${last.number}, the last`}`;
}
