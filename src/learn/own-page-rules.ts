import type { Page } from '../page/page.js';
import { HtmlPart } from '../profile/page-part.js';
import { pictureEnding } from '../survey/find-photos.js';
import type { Column } from './column.js';
import { columnsOf } from './columns.js';
import { dateRules } from './date-rule.js';
import type { FoundOriginals } from './found-originals.js';
import type { LearnedRule } from './learned-rule.js';
import type { OwnPages } from './own-page.js';
import { languageOf } from './page-language.js';
import { ownTexts } from './text-rules.js';
import { withFilters } from './written-rule.js';

/** Names of places that stand on every photo's page, and are of other photos or of the site. */
const besides = /next|prev|nav|bread|menu|footer|header|related|comment-|list|album/i;

/**
 * What the photos' own pages say of them: date, caption, title, sender, and the file's name where the
 * original's address has it. The pages of the photos that were tried are compared.
 */
export async function ownPageRules(
  ownPages: OwnPages,
  { rules, urls, sample }: Pick<FoundOriginals, 'rules' | 'urls' | 'sample'>,
  prefix: string,
): Promise<LearnedRule[]> {
  const pages: Page[] = [];
  for (const row of sample) {
    const page = await ownPages.page(row);
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
    ...ownTexts(columns, prefix).map(seenOn),
    ...dateRules(columns, first, languageOf(first), prefix).map(seenOn),
  ];
}

/** A column of the bodies as one of the pages; none for a place without a name of its own. */
function onOwnPage(column: Column): Column[] {
  const { source } = column;
  const { select = '' } = source;
  const isNamed = /[.#[]|^time$|^h1$|^figcaption$/.test(select) && !/:nth-of-type/.test(select);
  if (!isNamed || besides.test(select) || source.beside !== undefined) return [];
  return [{ ...column, source: { on: 'detail', ...source } }];
}
