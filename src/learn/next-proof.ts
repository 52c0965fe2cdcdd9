import type { NextWay } from '../survey/next-ways.js';
import { pageKey } from '../walk/page-key.js';
import type { LearnedRule } from './learned-rule.js';
import type { NextCandidate } from './next-candidates.js';
import type { NextTrial, SeenPage } from './next-trial.js';
import { waysOn } from './ways-on.js';

/** A number that no album's page has. */
const farPage = 9000;

/** A rule that led to the second page. */
interface Outcome {
  candidate: NextCandidate;
  /** The third page, where the rule leads on from the second. */
  third: SeenPage | undefined;
}

interface LastPage {
  seen: SeenPage;
  number: number;
}

/**
 * Proves rules on an album's pages: each must lead to the second page, on to a third where there is one,
 * and nowhere from the last.
 *
 * @param candidates the most lasting first
 * @param url the second page's address
 * @returns the first that is proved
 */
export async function mostLasting(
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
  const able = going.length > 0 ? going : outcomes.sort(weakLast);
  const last = await lastPage(trial, second, able[0]?.third);
  for (const { candidate, third } of able) {
    const found =
      candidate.rule.by === 'number'
        ? await endingRule(candidate, trial)
        : endsAt(candidate, trial, last) && { rule: candidate.rule };
    if (!found) continue;
    return { place: 'listing.next', ...found, seenOn: seenOn(candidate, third, last) };
  }
  return undefined;
}

function weakLast(one: Outcome, other: Outcome): number {
  return Number(one.candidate.isWeakOnTwo ?? 0) - Number(other.candidate.isWeakOnTwo ?? 0);
}

function endsAt({ rule }: NextCandidate, trial: NextTrial, last: LastPage | undefined): boolean {
  return last === undefined || trial.target(rule, last.seen, last.number) === undefined;
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
  if (rule.by === 'link' && !isKnownWay(onward, second)) return undefined;
  const third = await trial.further(onward, [trial.first, second]);
  if (third === undefined) return rule.by === 'number' ? { candidate, third } : undefined;
  if (rule.by === 'number') return { candidate, third };
  // What leads on from the second page may lead back from the third.
  const later = trial.target(rule, third, 3);
  return later !== undefined && isOf(later, [trial.first, second])
    ? undefined
    : { candidate, third };
}

/** Whether a page of HTML shows an address as one of a further page. No others are requested. */
function isKnownWay(url: string, { page, keys }: SeenPage): boolean {
  if (!page.isHtml) return true;
  return waysOn(page, keys.length).ways.some((way) => way.url === url);
}

function isOf(url: string, pages: readonly SeenPage[]): boolean {
  const keys = pages.flatMap(({ page }) => [page.url, page.requestedUrl].map(pageKey));
  return keys.includes(pageKey(url));
}

/** A rule by number, with what its site answers behind the last page; undefined if it never ends. */
async function endingRule(
  { rule }: NextCandidate,
  trial: NextTrial,
): Promise<{ rule: object; isUncertain?: true } | undefined> {
  const far = trial.target(rule, trial.first, farPage);
  const seen = far === undefined ? undefined : await trial.page(far);
  if (seen === undefined) return { rule, isUncertain: true };
  const { status } = seen.page;
  if (status >= 500) return { rule: { ...rule, end: { status: [status] } } };
  const isFirst = seen.keys.length > 0 && seen.keys.join() === trial.first.keys.join();
  return isFirst ? undefined : { rule };
}

/** The last page, as far as the pages seen tell which one that is. */
async function lastPage(
  trial: NextTrial,
  second: SeenPage,
  third: SeenPage | undefined,
): Promise<LastPage | undefined> {
  if (third === undefined) return { seen: second, number: 2 };
  const ways = [trial.first, second].flatMap(({ page, keys }) => waysOn(page, keys.length).ways);
  const furthest = ways.reduce<NextWay | undefined>(
    (most, way) => ((way.number ?? 0) > (most?.number ?? 0) ? way : most),
    undefined,
  );
  const { url, number = 0 } = furthest ?? {};
  if (url === undefined || number > 1000) return undefined;
  if (isOf(url, [third])) return { seen: third, number: 3 };
  if (isOf(url, [trial.first, second])) return undefined;
  const seen = await trial.page(url);
  return seen === undefined || seen.keys.length === 0 ? undefined : { seen, number };
}

function seenOn(
  { what }: NextCandidate,
  third: SeenPage | undefined,
  last: LastPage | undefined,
): string {
  const pages = third === undefined ? 'pages 1 and 2' : 'pages 1 to 3';
  return `${what} on ${pages}${last === undefined ? '' : `; page ${last.number} is the last`}`;
}
