import type { Page } from '../page/page.js';
import { followJsonPath, isParent } from '../profile/json-path.js';
import { OpenPage, PageError } from '../profile/open-page.js';
import { type JsonList, surveyJson } from '../survey/survey-json.js';
import type { JsonPlace } from './next-trial.js';

/** The JSON of a page, and the list in it that is likeliest to be that of the photos. */
export interface FoundList {
  value: object;
  list: JsonList;
}

/** Members beside a list that say more of it. */
const beside = /^(?:_?meta|metadata|paging|pagination|page_?info|page|pager|_?links|cursors?)$/i;

/**
 * Finds the list of photos in the JSON of a page.
 *
 * @param rowCount how many photos the page shows
 * @returns undefined where there is no JSON, or no list in it
 */
export function jsonListOf(page: Page, json: JsonPlace, rowCount: number): FoundList | undefined {
  const value = jsonOf(page, json);
  if (value === undefined) return undefined;
  const lists = surveyJson(value);
  const list =
    lists.find(({ items }) => items.length === rowCount) ??
    [...lists].sort((one, other) => other.items.length - one.items.length)[0];
  return list && { value, list };
}

function jsonOf(page: Page, json: JsonPlace): object | undefined {
  const open = new OpenPage(page, json);
  try {
    open.parts('$');
  } catch (error) {
    if (error instanceof PageError) return undefined;
    throw error;
  }
  return open.parsedJson;
}

/**
 * The path of a member that stands in one of the objects around a list, or in one beside it that says
 * more of it.
 *
 * @returns undefined where there is none with that value
 */
export function pathBeside(
  { value, list }: FoundList,
  name: string,
  wanted: unknown,
): string | undefined {
  const steps = list.path.split(/(?=[.[])/).slice(1);
  for (let length = steps.length; length >= 0; length -= 1) {
    const around = ['$', ...steps.slice(0, length)].join('');
    for (const path of [around, ...besides(value, around)]) {
      const at = `${path}${stepTo(name)}`;
      // The address of a link may be inside an object: { next: { href: … } }.
      for (const inside of [at, `${at}.href`]) {
        const [found] = followJsonPath(inside, { value });
        if (found !== undefined && String(found.value) === String(wanted)) return inside;
      }
    }
  }
  return undefined;
}

function besides(value: object, around: string): string[] {
  const [found] = followJsonPath(around, { value });
  if (!isParent(found?.value) || Array.isArray(found.value)) return [];
  const names = Object.keys(found.value).filter((name) => beside.test(name));
  return names.map((name) => `${around}${stepTo(name)}`);
}

/** A step of a path to a member. */
function stepTo(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)
    ? `.${name}`
    : `['${name.replace(/[\\']/g, '\\$&')}']`;
}
