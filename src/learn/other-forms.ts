import type { Page } from '../page/page.js';
import { type ListingPage, readListing } from '../profile/read-listing.js';
import { itemRules } from './item-rules.js';
import { type LearnedWay, learnWay } from './learn-way.js';
import type { LearnedRule } from './learned-rule.js';
import { type ListingRows, partsOn, prefixOf } from './listing-rows.js';
import type { Look } from './look.js';
import type { OtherAlbum } from './other-albums.js';
import type { SiteLook } from './site-look.js';
import { sketchProfile } from './sketch-profile.js';
import { profileValue } from './write-profile.js';

/** Adds what finds the originals of another album, where the rules do not find all of them there. */
export async function withOriginalsOf(
  page: Page,
  way: LearnedWay,
  look: Look,
): Promise<LearnedWay> {
  const { rows, rules } = way;
  const [kind, ...others] = rows.kinds;
  const original = rules.find(({ place }) => place === 'item.original');
  if (kind === undefined || others.length > 0 || original === undefined) return way;
  if (rows.json !== undefined || listingBy(page, rules)?.unreadable.length === 0) return way;
  const there = await itemRules(page, partsOn(page, kind, undefined), [], look, 'item');
  const further = there.rules.find((one) => one.place === 'item.original');
  const [why] = there.missing.filter((what) => what.startsWith('original'));
  // What is no original there, such as a thumbnail, must not stand in for one that fails elsewhere.
  if (further === undefined || why !== undefined) {
    const what = `item, in the album ${page.url}, ${why ?? 'original: none was found'}`;
    return { ...way, missing: [...way.missing, what] };
  }
  const rule = [...(original.rule as object[]), ...(further.rule as object[])];
  const seenOn = `${original.seenOn}; in another album: ${further.seenOn}`;
  const all = rules.map((one) => (one === original ? { ...original, rule, seenOn } : one));
  return { ...way, rules: all };
}

/**
 * Adds items for an album that shows its photos in another form. They count only where the rules of both
 * read the photos of both albums, each once.
 */
export async function withForm(
  way: LearnedWay,
  { page, form }: OtherAlbum & { form: ListingRows },
  look: SiteLook,
): Promise<LearnedWay> {
  const rows = form.kinds.map(({ row }) => row).join(', ');
  const unsettled = (why: string): LearnedWay => ({
    ...way,
    missing: [
      ...way.missing,
      `item: the album ${page.url} shows its photos in another form (${rows}): ${why}`,
    ],
  });
  if (isInJson(way.rows) || isInJson(form)) return unsettled('write an item for each form');
  const learned = await learnWay(page, form, look);
  if (learned.missing.length > 0) return unsettled(learned.missing.join('; '));
  const known = new Set(way.rules.map(({ place }) => place));
  const further = learned.rules.filter(
    ({ place }) => /^listing\.(?:next|ignore)$/.test(place) && !known.has(place),
  );
  const ofPages = way.rules.filter(
    (rule) =>
      !/^item\b/.test(rule.place) &&
      (rule.place !== 'listing.total' || hasCount(page, rule, learned)),
  );
  const rules = [
    ...ofPages,
    ...asItems(way, 0),
    ...asItems(learned, way.rows.kinds.length),
    ...further,
  ];
  const both = { ...way.rows, kinds: [...way.rows.kinds, ...form.kinds] };
  const areRead =
    way.pages.every((one) => readsAlike(one, rules, way)) && readsAlike(page, rules, learned);
  if (!areRead || sharesIds(way.pages, page, rules)) {
    return unsettled('no rules were found that read both forms');
  }
  return { rules, missing: way.missing, rows: both, pages: [...way.pages, page] };
}

/** Whether a rule for the site's own count finds that of an album whose photos have another form. */
function hasCount(page: Page, total: LearnedRule, { rules }: LearnedWay): boolean {
  const read = listingBy(page, [...rules, total]);
  return read?.total !== undefined && 'value' in read.total && read.total.value >= read.rows;
}

function isInJson({ kinds, json }: ListingRows): boolean {
  return json !== undefined || kinds.some(({ row }) => row.startsWith('$'));
}

/** The rules of the kinds of photos, as items of a profile that has several. */
function asItems({ rules, rows }: LearnedWay, first: number): LearnedRule[] {
  return rows.kinds.flatMap((_, kind) => {
    const prefix = `${prefixOf(rows.kinds, kind)}.`;
    const own = rules.filter(({ place }) => place.startsWith(prefix));
    return own.map((rule) => ({
      ...rule,
      place: `item.${first + kind}.${rule.place.slice(prefix.length)}`,
    }));
  });
}

/** What rules read on a page; undefined where they make no profile. */
function listingBy(page: Page, rules: readonly LearnedRule[]): ListingPage | undefined {
  const about = { name: 'sketch', title: 'sketch', url: page.url, missing: [] };
  const { listing, item } = profileValue({ ...about, rules });
  const sketch = sketchProfile({ listing, item });
  return sketch && readListing(page, sketch, { albumUrl: page.requestedUrl, number: 1 });
}

/** Whether rules for several forms read on a page what those of its own form do. */
function readsAlike(page: Page, rules: readonly LearnedRule[], own: LearnedWay): boolean {
  const [read, expected] = [listingBy(page, rules), listingBy(page, withoutOthers(own, rules))];
  return (
    read !== undefined &&
    expected !== undefined &&
    read.unreadable.length === 0 &&
    read.rows === expected.rows &&
    read.next === expected.next
  );
}

/** The rules of one form; where it showed no next page, and others number theirs, with that number. */
function withoutOthers({ rules }: LearnedWay, all: readonly LearnedRule[]): readonly LearnedRule[] {
  if (rules.some(({ place }) => place === 'listing.next')) return rules;
  const next = all.find(({ place }) => place === 'listing.next');
  const isNumber = (next?.rule as { by?: string } | undefined)?.by === 'number';
  return next && isNumber ? [...rules, next] : rules;
}

function sharesIds(pages: readonly Page[], page: Page, rules: readonly LearnedRule[]): boolean {
  const keysOf = (one: Page) => listingBy(one, rules)?.photos.map(({ key }) => key) ?? [];
  const known = new Set(pages.flatMap(keysOf));
  return keysOf(page).some((key) => known.has(key));
}
