import { webUrl } from '../page/address.js';
import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import { pictureEnding } from '../survey/find-photos.js';
import { ancestors, namesOf, shortText } from '../survey/page-content.js';
import type { PageSurvey } from '../survey/survey-page.js';
import { isSamePage, pageKey } from '../walk/page-key.js';
import { albumWords, holdsMany } from './album-looks.js';
import { isBeside } from './html-rows.js';

/** Links of one list that may lead to albums by their words. */
export interface AlbumLinks {
  links: PageElement[];
  /** What tells them from other links of their list, as the end of a selector. */
  conditions: string[];
  /** How much they look like albums: the more, the surer. */
  score: number;
}

/** What stands above or beside what a page is about. */
const notContent =
  /(?:^|[\s_-])(?:breadcrumbs?|crumbs?|path|menu|nav(?:bar|igation|links?)?|pag(?:er|ing|ination|e-?numbers?)|sort(?:ing)?|order|tags?|languages?|login|user|account|footer|header|toolbar|sizes?|osize|share|social|tabs?|filter)(?=$|[\s_-])/i;
const noAlbum =
  /log-?in|sign-?(?:in|up)|regist(?:er|rier)|passw|returnto|[?&](?:C|O|sort|order|lang|language|action|login|do|share|print|rss|feed)=|\.(?:zip|tar|gz|rar|7z|txt|xml|rss|json|css|js|pdf|docx?|m3u)$|\/(?:log-?out|sign-?out|about|contact|impressum|imprint|privacy|datenschutz|terms|help|faq|rss|feed|search|profile|settings|account|upload)\/?$/i;

/** Finds links without pictures that may lead to albums, the likeliest first. */
export function albumLinks(page: Page, survey: PageSurvey): AlbumLinks[] {
  // A year is no number of a page.
  const pagers = survey.ways.filter(({ number = 0 }) => number < 1900 || number > 2100);
  const ways = new Set(pagers.flatMap(({ url = '' }) => url));
  const own = new URL(page.url);
  const lists = new Map<string, PageElement[]>();
  for (const link of page.document('body a[href]').toArray()) {
    const url = webUrl(link.attribs.href?.trim() ?? '', page);
    if (url === undefined || url.host !== own.host || !isContent(link)) continue;
    url.hash = '';
    if (ways.has(url.href) || leadsOut(url, own) || noAlbum.test(url.pathname + url.search))
      continue;
    if (pictureEnding.test(url.pathname) || page.document(link).text().trim() === '') continue;
    const key = placeOf(link);
    lists.set(key, [...(lists.get(key) ?? []), link]);
  }
  return [...lists.values()]
    .map((links) => toAlbumLinks(links, page, own))
    .filter(({ score }) => score >= 1.5)
    .sort((one, other) => other.score - one.score);
}

function isContent(link: PageElement): boolean {
  return (
    !isBeside(link) &&
    ![...ancestors(link)]
      .slice(0, 6)
      .some((one) => one.name !== 'body' && notContent.test(namesOf(one)))
  );
}

/** Whether an address is that of the page itself, or of a folder around it. */
function leadsOut(url: URL, own: URL): boolean {
  if (url.pathname === own.pathname && isSamePage(pageKey(url.href), pageKey(own.href)))
    return true;
  const folder = url.pathname.replace(/[^/]*$/, '');
  return (
    url.search === '' &&
    url.pathname.replace(/(?:index\.\w+)?$/, '') === folder &&
    own.pathname.startsWith(folder)
  );
}

function placeOf(link: PageElement): string {
  return [link, ...ancestors(link)]
    .map(({ name, attribs }) => `${name}.${attribs.class ?? ''}`)
    .join('<');
}

function toAlbumLinks(links: PageElement[], page: Page, own: URL): AlbumLinks {
  const folder = own.pathname.replace(/[^/]*$/, '');
  const isInside = (link: PageElement) => {
    const url = webUrl(link.attribs.href ?? '', page);
    if (url?.pathname.startsWith(folder) !== true) return false;
    return /^[^/]+\/(?:.+\/)?(?:index\.\w+)?$|^[^./]+$/.test(url.pathname.slice(folder.length));
  };
  const score = (link: PageElement) => {
    const { pathname = '', search = '' } = webUrl(link.attribs.href ?? '', page) ?? {};
    const inside = isInside(link) ? 1.5 : 0;
    const around = [link, ...[...ancestors(link)].slice(0, 3)];
    const names = around.map(namesOf).join(' ');
    const row = link.parent !== null && 'attribs' in link.parent ? shortText(link.parent) : '';
    return (
      inside +
      (albumWords.test(names) ? 1.5 : 0) +
      (albumWords.test(`${pathname}${search}`.replace(folder, '/')) ? 1 : 0) +
      (holdsMany.test(row) ? 1.5 : 0)
    );
  };
  const kept = links.filter((link) => score(link) >= 1);
  const total = kept.reduce((sum, link) => sum + score(link), 0);
  const areFolders = kept.length > 0 && kept.every(({ attribs }) => attribs.href?.endsWith('/'));
  const conditions = areFolders
    ? ['[href$="/"]:not([href^="/"], [href^="."], [href*="://"])', '', '[href$="/"]']
    : [''];
  return { links: kept, conditions, score: kept.length === 0 ? 0 : total / kept.length };
}
