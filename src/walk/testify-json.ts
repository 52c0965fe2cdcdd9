import type { Page } from '../page/page.js';
import { pictureEnding } from '../survey/find-photos.js';
import type { JsonList, JsonMember } from '../survey/survey-json.js';
import { plainText } from '../text/plain-text.js';
import {
  addFurthest,
  addTotal,
  mostWays,
  type PageTestimony,
  type SeenNumber,
  type SeenWay,
} from './page-testimony.js';

/** Notes what JSON shows beside what the rules took of it. */
export function addJson(
  testimony: PageTestimony,
  lists: readonly JsonList[],
  known: Record<'rows' | 'others' | 'columns', ReadonlySet<object>>,
  page: Page,
): void {
  const isKnown = (item: object) => known.rows.has(item) || known.others.has(item);
  const taken = lists.filter(({ list, items }) => known.columns.has(list) || items.some(isKnown));
  const paths = new Set(taken.map(({ path }) => path));
  const others = lists
    .filter(({ path }) => paths.has(path))
    .flatMap(({ path, items }) => items.map((item) => ({ path, item })))
    .filter(({ item }) => !isKnown(item) || (known.others.has(item) && namesPicture(item)));
  const [first] = others;
  if (first !== undefined)
    testimony.untaken = { value: others.length, what: `one at ${first.path}` };
  for (const count of taken.flatMap(({ counts }) => counts)) addTotal(testimony, asNumber(count));
  // A list of events that hold the photos says how it goes on; what it counts is events.
  const around = lists.filter(({ path }) =>
    [...paths].some((inner) => inner.startsWith(`${path}[*]`)),
  );
  for (const { pages, more } of [...taken, ...around]) {
    for (const count of pages) addFurthest(testimony, asNumber(count));
    testimony.ways.push(...more.flatMap((member) => wayOf(member, page)));
  }
  testimony.ways = testimony.ways.slice(0, mostWays);
}

/** Whether JSON has the address or the name of a picture or film in it. */
function namesPicture(value: unknown): boolean {
  if (typeof value === 'string') return pictureEnding.test(value.replace(/[?#].*$/s, ''));
  return typeof value === 'object' && value !== null && Object.values(value).some(namesPicture);
}

function asNumber({ name, value }: JsonMember<number>): SeenNumber {
  return { value, what: `“${name}”: ${value}` };
}

/** A member of JSON as a way on: an address, or a value that says that there is more. */
function wayOf({ name, value }: JsonMember<string | number | true>, page: Page): SeenWay[] {
  const what = `“${name}”: ${plainText(String(value), 80)}`;
  const isAddress = typeof value === 'string' && /^(?:https?:\/\/|\/|\?)/.test(value);
  const url =
    isAddress && URL.canParse(value, page.url) ? new URL(value, page.url).href : undefined;
  return [{ what, isCertain: true, ...(url === undefined ? { instead: 'no address' } : { url }) }];
}
