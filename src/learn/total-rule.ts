import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import { isJsonPath } from '../profile/json-path.js';
import { OpenPage } from '../profile/open-page.js';
import { readTotal } from '../profile/read-total.js';
import { profileSchema } from '../profile/schema.js';
import { ancestors } from '../survey/page-content.js';
import type { SiteCount } from '../survey/site-counts.js';
import { surveyPage } from '../survey/survey-page.js';
import { jsonListOf, pathBeside } from './json-lists.js';
import type { LearnedRule } from './learned-rule.js';
import type { JsonPlace } from './next-trial.js';
import { selectorFor } from './selector.js';

const plainNumber = String.raw`(\d[\d.,]*)`;
const number = String.raw`(\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+|\d+)`;

/**
 * Finds where the site itself says how many photos the album has, the surest place first.
 *
 * @param rowCount how many photos the page shows
 * @param json where the photos stand in JSON, if they do
 */
export function totalRules(page: Page, rowCount: number, json?: JsonPlace): LearnedRule[] {
  const inJson = page.isHtml && json === undefined ? [] : totalsInJson(page, rowCount, json);
  return page.isHtml ? [...inJson, ...totalsInText(page, rowCount)] : inJson;
}

function totalsInText(page: Page, rowCount: number): LearnedRule[] {
  const counts = surveyPage(page).counts.filter((count) => isOfAlbum(count, rowCount));
  const found = counts.flatMap((count): LearnedRule[] => {
    const rule = ruleFor(count, page);
    return rule === undefined ? [] : [{ place: 'listing.total', rule, seenOn: `“${count.words}”` }];
  });
  return found.slice(0, 3);
}

function isOfAlbum({ kind, total, from, to, isOfPhotos }: SiteCount, rowCount: number): boolean {
  if (kind === 'pages' || total < rowCount) return false;
  const length = to - from + 1;
  return kind === 'whole' || length === rowCount || (isOfPhotos && length > rowCount);
}

function ruleFor({ words, total, line }: SiteCount, page: Page): object | undefined {
  for (const element of [line.element, ...ancestors(line.element)].slice(0, 4)) {
    if (!textOf(element, page).includes(words)) continue;
    const select = selectorFor([element], page);
    if (select === undefined) continue;
    const tried: object[] = [
      { select },
      ...matchesFor(words, total).map((match) => ({ select, filters: [{ match }] })),
    ];
    const rule = tried.find((one) => totalBy(one, page) === total);
    if (rule !== undefined) return rule;
  }
  return undefined;
}

function textOf(element: PageElement, page: Page): string {
  return page.document(element).text().replace(/\s+/gu, ' ').trim();
}

/** Expressions for the total among other numbers, by the words before or behind it. */
function matchesFor(words: string, total: number): string[] {
  const places = [...words.matchAll(new RegExp(number, 'gu'))].filter(
    ([text]) => Number(text.replace(/\D/gu, '')) === total,
  );
  const last = places.at(-1);
  if (last === undefined) return [];
  const before = /[^\d]*$/.exec(words.slice(0, last.index))?.[0] ?? '';
  const behind = /^[^\d]*/.exec(words.slice(last.index + last[0].length))?.[0] ?? '';
  const word = /\S+\s*$/.exec(before)?.[0] ?? '';
  const next = /^\s*\S+/.exec(behind)?.[0] ?? '';
  return [plainNumber, number].flatMap((digits) => [
    ...(word === '' ? [] : [`${literally(word)}${digits}`]),
    ...(before === '' ? [] : [`${literally(before)}${digits}`]),
    ...(next === '' ? [] : [`${digits}${literally(next)}`]),
  ]);
}

/** A text as an expression, with any white space in place of its own. */
function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/gu, ' ');
}

function totalsInJson(page: Page, rowCount: number, json: JsonPlace): LearnedRule[] {
  const found = jsonListOf(page, json, rowCount);
  if (found === undefined) return [];
  return found.list.counts
    .filter(({ value }) => value >= rowCount)
    .flatMap(({ name, value }): LearnedRule[] => {
      const select = pathBeside(found, name, value);
      if (select === undefined || totalBy({ select }, page, json) !== value) return [];
      return [{ place: 'listing.total', rule: { select }, seenOn: `“${name}”: ${value}` }];
    });
}

/** What a rule reads as the total; undefined where it reads none. */
function totalBy(total: object, page: Page, json?: JsonPlace): number | undefined {
  // Any row of the kind that the total is of: the two cannot be mixed.
  const isJson = 'select' in total && isJsonPath(String(total.select));
  const [row, field] = isJson ? ['$[*]', { select: '$' }] : ['a', { attribute: 'href' }];
  const profile = profileSchema.parse({
    name: 'total',
    title: 'total',
    signIn: { by: 'none' },
    listing: { total, ...(json && { json }) },
    item: { row, id: field, original: [field] },
  });
  const read = readTotal(new OpenPage(page, json), profile);
  return read !== undefined && 'value' in read ? read.value : undefined;
}
