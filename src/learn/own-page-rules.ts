import type { Page } from '../page/page.js';
import { HtmlPart } from '../profile/page-part.js';
import { pictureEnding } from '../survey/find-photos.js';
import { type Column, differentIn, filledIn } from './column.js';
import { columnsOf } from './columns.js';
import { dateRules } from './date-rule.js';
import type { FoundOriginals } from './found-originals.js';
import type { LearnedRule } from './learned-rule.js';
import { type OwnPages, textOn } from './own-page.js';
import { languageOf } from './page-language.js';
import type { RowAddresses } from './row-addresses.js';
import { ownTexts } from './text-rules.js';
import { type PageRows, valuesIn, type WrittenRule, withFilters } from './written-rule.js';

/** Names of places that stand on every photo's page, and are of other photos or of the site. */
const besides = /next|prev|nav|bread|menu|footer|header|related|comment-|list|album/i;

/** How many more pages are read, where few of the photos that were tried may have a date or a caption. */
const mostFurther = 4;
/** Requests of the look that are left to others. */
const leftToOthers = 6;

/**
 * What the photos' own pages say of them: date, title, caption, sender, and the file's name where the
 * original's address has it. The pages of the photos that were tried, and of some others, are compared.
 *
 * @param again the same listing page loaded again, and further pages, with the rows of each
 */
export async function ownPageRules(
  ownPages: OwnPages,
  { rules, urls, sample }: Pick<FoundOriginals, 'rules' | 'urls' | 'sample'>,
  place: PageRows,
  again: readonly PageRows[],
  prefix: string,
): Promise<LearnedRule[]> {
  const { link } = ownPages;
  const addresses = [...sample].map((row) => link.urls[row]);
  const further = furtherAddresses(link, place, again).filter((url) => !addresses.includes(url));
  const pages: Page[] = [];
  for (const [index, url] of [...addresses, ...further.slice(0, mostFurther)].entries()) {
    if (index >= addresses.length && ownPages.left <= leftToOthers) break;
    const page = await ownPages.pageAt(url);
    if (page !== undefined) pages.push(page);
  }
  const [first] = pages;
  const bodies = pages.flatMap(({ document }) => HtmlPart.of(document).parts('body'));
  if (first === undefined || bodies.length < 2) return [];
  const columns = columnsOf(bodies).flatMap(onOwnPage);
  const seenOn = (rule: LearnedRule) => ({
    ...rule,
    seenOn: rule.seenOn.replace(/ rows/, ' photos’ own pages'),
  });
  const [original] = rules;
  const isNamed = urls.every((url) => pictureEnding.test(new URL(url).pathname));
  const fileName: LearnedRule[] =
    original?.on === 'detail' && isNamed
      ? [
          {
            place: `${prefix}.fileName`,
            rule: withFilters(original, 'file'),
            seenOn: `${urls.length} of ${sample.length} originals tried`,
          },
        ]
      : [];
  return [
    ...fileName,
    ...ownTexts(columns, pages.map(fileNameBy(original)), prefix).map(seenOn),
    ...dateRules(columns.filter(isNotOfSite), first, languageOf(first), prefix).map(seenOn),
  ];
}

/** Addresses of the own pages of photos that are spread over all pages seen, the last ones first. */
function furtherAddresses(
  { rule, urls }: RowAddresses,
  place: PageRows,
  again: readonly PageRows[],
): string[] {
  const others = again.filter(({ page }) => page.requestedUrl !== place.page.requestedUrl);
  const lists = others.map((other) => valuesIn(other, { detail: rule }, 'detail'));
  const spread = (of: readonly (string | undefined)[], ...parts: number[]) =>
    parts.flatMap((part) => of[Math.floor((of.length - 1) * part)] ?? []);
  return [...lists.flatMap((list) => spread(list, 1, 0.5)), ...spread(urls, 0.75, 0.25)];
}

/** What is the same on all pages is the site's own. */
function isNotOfSite({ values }: Column): boolean {
  return filledIn(values) < 2 || differentIn(values) > 1;
}

/** The name of the original's file, where its rule finds it on a page. */
function fileNameBy(original: WrittenRule | undefined): (page: Page) => string | undefined {
  return (page) =>
    original?.on === 'detail' ? textOn(page, withFilters(original, 'file')) : undefined;
}

/** A column of the bodies as one of the pages; none for a place without a name of its own. */
function onOwnPage(column: Column): Column[] {
  const { source } = column;
  const { select = '' } = source;
  const isNamed = /[.#[]|^time$|^h1$|^figcaption$/.test(select) && !/:nth-of-type/.test(select);
  if (!isNamed || besides.test(select) || source.beside !== undefined) return [];
  return [{ ...column, source: { on: 'detail', ...source } }];
}
