import { decodeValid, webUrl } from '../page/address.js';
import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import type { PageSurvey } from '../survey/survey-page.js';
import { albumLinks } from './album-links.js';
import { isBeside, type RowKind } from './html-rows.js';
import type { LearnedRule } from './learned-rule.js';
import { albumScore, leadsToPicture, type PhotoGroup, photoGroups } from './photo-groups.js';
import { selectorFor } from './selector.js';

/** What something must score to pass for an album's link without being tried. */
const sure = 1.5;

/** A rule for the albums that a page links to, with where they are. */
export interface AlbumCandidate {
  rule: LearnedRule;
  addresses: string[];
}

/**
 * Finds the links of a page to albums, by their covers or titles.
 *
 * @param rows the photos of the page, which are no albums
 * @returns the likeliest rule with the addresses of its albums, and all that may hold, the likeliest
 *   first; nothing where the page links to no albums
 */
export function albumRules(
  page: Page,
  survey: PageSurvey,
  rows: RowKind | undefined,
): { rules: LearnedRule[]; addresses: string[]; candidates: AlbumCandidate[] } {
  const taken = new Set(rows?.photos.map(({ element }) => element));
  const groups = photoGroups(survey.photos, page.url).filter((group) =>
    isOfCovers(group, taken, page),
  );
  const covers = groups.map((group) => ({
    score: albumScore(group, page.url),
    found: byCovers(group, page),
  }));
  const titles = albumLinks(page, survey).map((list) => ({
    score: list.score,
    found: byTitles(list, page),
  }));
  const photos = new Set(rows?.photos.flatMap(({ link }) => link ?? []));
  const candidates = likeliest(covers, titles, photos);
  const [best] = candidates;
  return { rules: best ? [best.rule] : [], addresses: best?.addresses ?? [], candidates };
}

interface Scored {
  score: number;
  found: AlbumCandidate | undefined;
}

/** Puts candidates in order. Of covers and titles that lead to the same albums, the covers count. */
function likeliest(
  covers: readonly Scored[],
  titles: readonly Scored[],
  photos: ReadonlySet<string>,
): AlbumCandidate[] {
  const kept: { score: number; found: AlbumCandidate }[] = [];
  for (const { score, found } of [...covers, ...titles]) {
    if (found === undefined || isWithin(found, photos)) continue;
    const known = kept.find((one) => isWithin(found, new Set(one.found.addresses)));
    if (known === undefined) kept.push({ score, found });
    else known.score = Math.max(score, known.score);
  }
  return kept
    .sort((one, other) => other.score - one.score)
    .map(({ score, found: { rule, addresses } }) => ({
      rule: score >= sure ? rule : { ...rule, isUncertain: true },
      addresses,
    }));
}

function isWithin({ addresses }: AlbumCandidate, known: ReadonlySet<string>): boolean {
  return addresses.every((address) => known.has(address));
}

function isOfCovers(group: PhotoGroup, taken: ReadonlySet<PageElement>, page: Page): boolean {
  const [row] = group.rows;
  const { host } = new URL(page.url);
  if (row === undefined || isBeside(row)) return false;
  if (group.photos.some(({ element }) => taken.has(element))) return false;
  if (group.photos.some((photo) => leadsToPicture(photo))) return false;
  if (group.photos.some(({ link }) => link === undefined || new URL(link).host !== host))
    return false;
  return albumScore(group, page.url) > -1;
}

function byCovers({ rows, photos }: PhotoGroup, page: Page): AlbumCandidate | undefined {
  const row = selectorFor(rows, page);
  const addresses = photos.flatMap(({ link }) => link ?? []);
  if (row === undefined) return undefined;
  const link = linkIn(rows, addresses, page);
  if (link === undefined) return undefined;
  return candidate({ row, link, ...titleIn(rows, page) }, addresses, 'cover');
}

function byTitles(
  { links, conditions }: { links: PageElement[]; conditions: string[] },
  page: Page,
): AlbumCandidate | undefined {
  const addresses = links.flatMap(({ attribs }) => webUrl(attribs.href ?? '', page)?.href ?? []);
  const title = areNamedByAddress(links, page)
    ? { attribute: 'href', filters: ['decode', { match: '^(.+)/$' }] }
    : {};
  for (const condition of conditions) {
    const row = plainSelector(links, page, condition) ?? selectorFor(links, page, { condition });
    if (row === undefined) continue;
    return candidate({ row, link: { attribute: 'href' }, title }, addresses, 'title');
  }
  return undefined;
}

/** The links by what their addresses are alone, which holds in every form of a list of files. */
function plainSelector(
  links: readonly PageElement[],
  page: Page,
  condition: string,
): string | undefined {
  if (!condition.includes(':not(')) return undefined;
  const select = `a${condition}`;
  const found = page.document(select).toArray();
  const known = new Set<object>(links);
  return found.length === links.length && found.every((one) => known.has(one)) ? select : undefined;
}

/** Whether links have the names of folders, perhaps cut off, as their addresses do. */
function areNamedByAddress(links: readonly PageElement[], page: Page): boolean {
  return links.every((link) => {
    const text = page.document(link).text().trim();
    const name = decodeValid(link.attribs.href ?? '');
    const start = text.replace(/(?:\.\.>|…|\.\.\.)$/, '');
    return name.endsWith('/') && (start === text ? text === name : name.startsWith(start));
  });
}

function candidate(rule: object, addresses: string[], by: 'cover' | 'title'): AlbumCandidate {
  const seenOn = `${addresses.length} links with a ${by === 'cover' ? 'picture' : 'title'} each`;
  return { rule: { place: 'listing.albums', rule, seenOn }, addresses: [...new Set(addresses)] };
}

/** Where a row has the address of its album. */
function linkIn(
  rows: readonly PageElement[],
  addresses: readonly string[],
  page: Page,
): object | undefined {
  const addressOf = (element: PageElement | undefined) => {
    const url = webUrl(element?.attribs.href?.trim() ?? '', page);
    if (url !== undefined) url.hash = '';
    return url?.href;
  };
  const isRight = (find: (row: PageElement) => PageElement | undefined) =>
    rows.every((row, index) => addressOf(find(row)) === addresses[index]);
  if (isRight((row) => (row.name === 'a' ? row : undefined))) return { attribute: 'href' };
  for (const select of ['a', 'a:has(img)', 'h2 a, h3 a, h4 a']) {
    const isFound = isRight((row) => page.document(row).find(select).toArray()[0] as PageElement);
    if (isFound) return { select, attribute: 'href' };
  }
  return undefined;
}

/** Where a row has the title of its album: a heading, what is named so, the link's words, the picture's. */
function titleIn(rows: readonly PageElement[], page: Page): { title?: object } {
  const parts = (row: PageElement, select: string) => page.document(row).find(select).first();
  const selects = [
    ...['h1', 'h2', 'h3', 'h4', 'h5', '[class*="title" i]', '[class*="name" i]'],
    ...['[class*="caption" i]', 'figcaption', 'a:not(:has(img))', 'strong', 'b'],
  ];
  for (const select of selects) {
    const texts = rows.map((row) => parts(row, select).text().trim());
    if (areTitles(texts)) return { title: { select } };
  }
  const own = rows.map((row) => page.document(row).text().replace(/\s+/gu, ' ').trim());
  if (areTitles(own)) return { title: {} };
  for (const [select, attribute] of [
    ['a', 'title'],
    ['img', 'alt'],
    ['img', 'title'],
  ] as const) {
    const texts = rows.map((row) => parts(row, select).attr(attribute)?.trim() ?? '');
    if (areTitles(texts)) return { title: { select, attribute } };
  }
  return {};
}

function areTitles(texts: readonly string[]): boolean {
  const isTitle = (text: string) => text !== '' && text.length <= 120 && /\p{L}|\d/u.test(text);
  return texts.every(isTitle) && new Set(texts).size * 2 > texts.length;
}
