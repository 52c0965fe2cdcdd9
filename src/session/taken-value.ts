import type { SiteCookies } from '../http/site-cookies.js';
import { applyFilters } from '../profile/filters.js';
import type { OpenPage } from '../profile/open-page.js';
import { valueIn } from '../profile/reading.js';
import { compile } from '../profile/regular-expression.js';
import type { TakenRule } from '../profile/sign-in-step-schema.js';
import type { Submitted } from './submit.js';

/** What a step's values are taken from. */
interface StepAnswer {
  headers: Submitted['headers'];
  /** The page that the answer leads to. */
  landed: OpenPage;
  cookies: SiteCookies;
}

/** Takes a value from the answer to a step; undefined where it is not there. */
export async function takenValue(rule: TakenRule, answer: StepAnswer): Promise<string | undefined> {
  const found = await foundIn(rule, answer);
  if (found === undefined) return undefined;
  return valueIn(applyFilters(found, rule.filters, answer.landed.base));
}

async function foundIn(
  { select, attribute, header, cookie }: TakenRule,
  { headers, landed, cookies }: StepAnswer,
): Promise<string | undefined> {
  if (header !== undefined) return headers[header.toLowerCase()]?.toString();
  if (cookie !== undefined) {
    const expression = compile(cookie);
    const all = [...(await cookies.cookiesFor(landed.url))];
    return all.find(([name]) => expression.test(name))?.[1];
  }
  if (select === undefined || !landed.has(select)) return undefined;
  return valueIn(landed.for(select).text(select, attribute));
}

/** Where a value is taken from, in words. */
export function placeOf({ select, attribute, header, cookie }: TakenRule): string {
  if (header !== undefined) return `the header ${header}`;
  if (cookie !== undefined) return `a cookie ${cookie}`;
  return attribute === undefined ? `${select}` : `${select}, ${attribute}`;
}
