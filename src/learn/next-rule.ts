import type { Page } from '../page/page.js';
import type { NextWay } from '../survey/next-ways.js';
import { pageKey } from '../walk/page-key.js';
import type { LearnedRule } from './learned-rule.js';
import type { Look } from './look.js';
import { linkCandidates } from './next-candidates.js';
import { jsonCandidates } from './next-json.js';
import { guessedNumbers, numberCandidates, type TriedCandidate } from './next-numbers.js';
import { mostLasting } from './next-proof.js';
import { type JsonPlace, NextTrial, type SeenPage } from './next-trial.js';
import { waysOn } from './ways-on.js';

/** Most addresses that are tried for the second page. */
const mostSeconds = 5;
/** Most rules that are tried without an address of the site's own. */
const mostGuesses = 8;

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
  if (first.keys.length === 0) return [];
  const trial = new NextTrial(first, rowsOf, look, json);
  const isJson = !page.isHtml || json !== undefined;
  const found =
    (isJson ? await byTrying(jsonCandidates(first, json), trial) : undefined) ??
    (page.isHtml ? await byLinks(first, trial) : undefined);
  return found === undefined ? [] : [found];
}

async function byLinks(first: SeenPage, trial: NextTrial): Promise<LearnedRule | undefined> {
  const { page } = first;
  const { ways, isMore } = waysOn(page, first.keys.length);
  for (const url of secondPages(ways, page).slice(0, mostSeconds)) {
    const second = await trial.further(url, [first]);
    if (second === undefined) continue;
    const onward = waysOn(second.page, second.keys.length).ways;
    const candidates = [
      ...linkCandidates(page, url, ways),
      ...numberCandidates(page.requestedUrl, url, onward),
    ];
    const found = await mostLasting(candidates, trial, second, url);
    if (found !== undefined) return found;
  }
  return isMore ? byTrying(guessedNumbers(page.requestedUrl, first.keys.length), trial) : undefined;
}

/** Tries rules that a page gives reason for, but no address. */
async function byTrying(
  candidates: readonly TriedCandidate[],
  trial: NextTrial,
): Promise<LearnedRule | undefined> {
  for (const candidate of candidates.slice(0, mostGuesses)) {
    const second = await trial.further(candidate.url, [trial.first]);
    const found = second && (await mostLasting([candidate], trial, second, candidate.url));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Addresses that may be the second page's, the surest first. */
function secondPages(ways: readonly NextWay[], page: Page): string[] {
  const trust = ({ element, isCertain, number, isOnlyNamed }: NextWay) => {
    if (element === undefined) return 0;
    if (isCertain || /(?:^|\s)next(?:\s|$)/i.test(element.attribs.rel ?? '')) return 1;
    // Some sites count from 0: their second page is called 1.
    if (number === 1) return 2;
    if (number === 2) return 3;
    return isOnlyNamed === true ? 5 : 4;
  };
  const known = new Set([page.url, page.requestedUrl].map(pageKey));
  const urls = ways
    .filter(({ number = 1 }) => number === 1 || number === 2)
    .sort((one, other) => trust(one) - trust(other))
    .flatMap(({ url }) => (url === undefined || known.has(pageKey(url)) ? [] : url));
  return [...new Set(urls)];
}
