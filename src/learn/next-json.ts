import { pageAddress, withParameter } from '../page/address.js';
import type { JsonMember } from '../survey/survey-json.js';
import { type FoundList, jsonListOf, pathBeside } from './json-lists.js';
import { guessedNumbers, type TriedCandidate } from './next-numbers.js';
import type { JsonPlace, SeenPage } from './next-trial.js';

/** Parameters that take a cursor back, the usual ones first. */
const cursorParameters = [
  ...['cursor', 'after', 'page_token', 'pageToken', 'next', 'continuation', 'marker', 'max_id'],
  ...['offset', 'page'],
];

/**
 * Rules for the next page by what JSON says beside its list of photos, the most lasting first. They
 * must be tried: JSON does not name the parameter that takes a cursor or a number.
 */
export function jsonCandidates({ page, keys }: SeenPage, json: JsonPlace): TriedCandidate[] {
  const found = jsonListOf(page, json, keys.length);
  if (found === undefined) return [];
  const { more, counts, pages } = found.list;
  const members = more.flatMap((member) => byMember(member, found, page.requestedUrl));
  const isMore =
    more.length > 0 ||
    counts.some(({ value }) => value > keys.length) ||
    pages.some(({ value }) => value > 1);
  return isMore ? [...members, ...guessedNumbers(page.requestedUrl, keys.length)] : [];
}

function byMember(
  { name, value }: JsonMember<string | number | true>,
  found: FoundList,
  pageUrl: string,
): TriedCandidate[] {
  const select = value === true ? undefined : pathBeside(found, name, value);
  if (select === undefined) return [];
  const what = `“${name}”`;
  const isAddress = typeof value === 'string' && /^(?:https?:\/\/|\/|\?)/.test(value);
  const url = isAddress ? pageAddress(value, { baseUrl: pageUrl, encoding: 'utf-8' }) : undefined;
  if (url !== undefined) return [{ rule: { by: 'link', select }, what, url }];
  return parametersFor(name, pageUrl).map((parameter) => ({
    rule: { by: 'cursor', select, parameter },
    what: `${what} as the parameter ${parameter}`,
    url: withParameter(pageUrl, parameter, String(value)),
  }));
}

/** The parameter that takes a cursor back is in the address already, or called as the cursor is. */
function parametersFor(name: string, pageUrl: string): string[] {
  const known = new URL(pageUrl).searchParams;
  const own = cursorParameters.filter((parameter) => known.has(parameter));
  const rest = name.replace(/^next[_-]?/i, '');
  const named = rest === '' ? [] : [`${rest.charAt(0).toLowerCase()}${rest.slice(1)}`];
  const all = [...own, ...named, ...cursorParameters, name];
  return [...new Set(all)].filter((parameter) => /^[\w-]+$/.test(parameter)).slice(0, 6);
}
