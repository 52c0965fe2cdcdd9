import type { Page } from '../page/page.js';
import type { PagePart } from '../profile/page-part.js';
import { filledIn } from './column.js';
import { columnsOf } from './columns.js';
import { dateRules } from './date-rule.js';
import { findId } from './id-rule.js';
import type { LearnedRule } from './learned-rule.js';
import type { Look } from './look.js';
import { findOriginals } from './original-rule.js';
import { ownPageRules } from './own-page-rules.js';
import { languageOf } from './page-language.js';
import { addressesIn } from './row-addresses.js';
import { candidatesOfSeen, type SeenOriginal } from './seen-originals.js';
import { textRules } from './text-rules.js';
import { thumbnailPlaces } from './thumbnail-rule.js';
import { findVersion } from './version-rule.js';
import { type PageRows, valuesIn, type WrittenItem } from './written-rule.js';

/**
 * Works out the rules of an item from its rows. Originals are tried on a sample of the photos.
 *
 * @param again the same page loaded again, and further pages: ids must be the same, or others
 * @param prefix the item's place in the profile: `item`, or `item.0`
 * @param seen photos whose thumbnail and original a recorded visit asked for
 * @returns the rules, and in words what could not be settled of those that a profile needs
 */
export async function itemRules(
  page: Page,
  rows: readonly PagePart[],
  again: readonly PageRows[],
  look: Look,
  prefix: string,
  seen: readonly SeenOriginal[] = [],
): Promise<{ rules: LearnedRule[]; missing: string[] }> {
  const place: PageRows = { page, rows };
  const columns = columnsOf(rows);
  const addresses = addressesIn(place, columns);
  const shown = thumbnailPlaces(addresses);
  const thumbnails = rows.map((_, row) =>
    shown.map(({ urls }) => urls[row]).find((url) => url !== undefined),
  );
  const given = candidatesOfSeen(place, columns, thumbnails, seen);
  const originals = await findOriginals(place, addresses, shown, look, given);
  const { ownPages } = originals;
  const item: WrittenItem = {};
  const rules: LearnedRule[] = [];
  const missing: string[] = [];
  const add = (name: keyof WrittenItem, rule: unknown, seenOn: string, isUncertain = false) => {
    item[name] = rule as never;
    rules.push({ place: `${prefix}.${name}`, rule, seenOn, ...(isUncertain && { isUncertain }) });
  };
  const inRows = (count: number) => `${count} of ${rows.length} rows`;
  if (shown.length > 0) {
    const found = shown.map(({ rule }) => rule);
    item.thumbnail = found;
    const count = filledIn(valuesIn(place, item, 'thumbnail'));
    add('thumbnail', found.length > 1 ? found : found[0], inRows(count));
  }
  if (ownPages !== undefined)
    add('detail', ownPages.link.rule, inRows(filledIn(ownPages.link.urls)));
  if (originals.rules.length > 0) {
    add('original', originals.rules, originals.seenOn, originals.isUncertain);
  }
  if (originals.missing !== undefined) missing.push(originals.missing);
  const id = findId(place, columns, item, again);
  if (id === undefined) missing.push('id: no value is its own in every row and lasts');
  else add('id', id.rule, id.seenOn, id.isUncertain);
  const version = id && findVersion(place, columns, item, again);
  if (version !== undefined) add('version', version.rule, version.seenOn);
  const language = languageOf(page);
  rules.push(
    ...textRules(place, columns, item, prefix),
    ...dateRules(columns, page, language, prefix),
  );
  if (ownPages !== undefined) {
    const known = new Set(rules.map((rule) => rule.place));
    const further = await ownPageRules(ownPages, originals, place, again, prefix);
    rules.push(...further.filter((rule) => !known.has(rule.place)));
  }
  return { rules, missing };
}
