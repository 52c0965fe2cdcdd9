import { webUrl } from '../page/address.js';
import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import type { PagePart } from '../profile/page-part.js';
import { pictureEnding } from '../survey/find-photos.js';
import { surveyPage } from '../survey/survey-page.js';
import { Prose } from './prose.js';
import { buying, price } from './tile-words.js';
import { type Tile, textOf, tilesOf } from './tiles.js';

/** What was found out about a sample of a page’s pictures. */
export interface TriedSample {
  /** Pictures of which an original was looked for. */
  tried: number;
  /** Those whose original has more pixels, or bytes, than what the page shows. */
  larger: number;
  /** Pages to which pictures lead, as far as they were opened. */
  details: readonly Page[];
}

/** Something that speaks against an album, or for one if its weight is negative. */
interface Sign {
  weight: number;
  /** In words; empty for what speaks for it. */
  words: string;
}

/** The weight from which on a page is no album. */
const tooMuch = 3;

/**
 * Why a page with pictures is no album: a shop, a newspaper, an article, a discussion, a list of search
 * results. Captions, dates, titles and pages of photos speak against none.
 *
 * @param rows what would be its photos
 * @returns the reasons in words; undefined for what may well be an album
 */
export function reasonAgainstAlbum(
  page: Page,
  rows: readonly PagePart[],
  sample: TriedSample,
): string | undefined {
  const elements = rows.flatMap(({ node }) => (isElement(node) ? [node] : []));
  const signs = [
    ...(elements.length > 0 ? signsOfTiles(page, elements) : signsOfRecords(rows)),
    ...signsOfSample(sample),
  ];
  const weight = signs.reduce((sum, sign) => sum + sign.weight, 0);
  if (weight < tooMuch) return undefined;
  return signs
    .filter((sign) => sign.weight > 0)
    .map(({ words }) => words)
    .join('; ');
}

function isElement(node: object | undefined): node is PageElement {
  return node !== undefined && 'attribs' in node && 'children' in node;
}

function signsOfTiles(page: Page, rows: readonly PageElement[]): Sign[] {
  const tiles = tilesOf(rows);
  const share = (isOne: (tile: Tile) => boolean) => tiles.filter(isOne).length / tiles.length;
  const inWords = (isOne: (tile: Tile) => boolean) =>
    `${tiles.filter(isOne).length} of ${tiles.length} pictures`;
  const ifMany = (isOne: (tile: Tile) => boolean, weight: number, what: string): Sign[] =>
    share(isOne) >= 0.5 ? [{ weight, words: `${inWords(isOne)} ${what}` }] : [];
  return [
    ...ifMany(({ hasPrice }) => hasPrice, 3, 'have a price'),
    ...ifMany(({ invitesToBuy }) => invitesToBuy, 3, 'can be bought'),
    ...ifMany(({ invitesToRead }) => invitesToRead, 2, 'lead to a text to read'),
    ...ifMany(isReplied, 6, 'stand in posts that can be replied to'),
    ...signsOfTexts(tiles, share, inWords),
    ...signsOfProse(page, tiles, rows),
    ...signsOfLinks(page, tiles),
  ];
}

function isReplied({ invitesToReply, prose }: Tile): boolean {
  return invitesToReply && prose >= 70;
}

function signsOfTexts(
  tiles: readonly Tile[],
  share: (isOne: (tile: Tile) => boolean) => number,
  inWords: (isOne: (tile: Tile) => boolean) => string,
): Sign[] {
  if (tiles.length === 0) return [];
  const isTeaser = ({ hasHeadline, invitesToRead, prose }: Tile) =>
    (hasHeadline || invitesToRead) && prose >= 70;
  const isPost = (tile: Tile) => isTeaser(tile) && tile.prose >= 400;
  const isHeadline = ({ heading }: Tile) => heading.split(' ').length >= 5 && heading.length >= 30;
  if (share(isPost) >= 0.5) {
    return [{ weight: 6, words: `${inWords(isPost)} stand in a long text` }];
  }
  if (share(isTeaser) >= 0.5) {
    return [{ weight: 4, words: `${inWords(isTeaser)} go with a text to read` }];
  }
  if (share(isHeadline) >= 0.6) {
    return [{ weight: 2, words: `${inWords(isHeadline)} have a headline` }];
  }
  const isLong = ({ prose }: Tile) => prose >= 200;
  return share(isLong) >= 0.5
    ? [{ weight: 1, words: `${inWords(isLong)} stand in a longer text` }]
    : [];
}

function signsOfProse(page: Page, tiles: readonly Tile[], rows: readonly PageElement[]): Sign[] {
  const prose = new Prose(
    page,
    tiles.map(({ element }) => element),
  );
  const gaps = prose.between(rows);
  const filled = gaps.filter((length) => length >= 80);
  const mean = gaps.reduce((sum, length) => sum + length, 0) / Math.max(1, gaps.length);
  const isBetween = gaps.length > 0 && filled.length / gaps.length >= 0.5;
  const signs: Sign[] = [];
  if (isBetween && mean >= 300) {
    signs.push({ weight: 5, words: 'paragraphs of text stand between the pictures' });
  } else if (isBetween) signs.push({ weight: 2, words: 'text stands between the pictures' });
  if (prose.length >= 1500 && prose.length / rows.length >= 200) {
    signs.push({ weight: 1, words: 'the page is mostly text' });
  }
  return signs;
}

function signsOfLinks(page: Page, tiles: readonly Tile[]): Sign[] {
  const links = tiles.map((tile) => linkIn(tile.element, page));
  const toPictures = links.filter((link) => link && pictureEnding.test(link.pathname)).length;
  const { host } = new URL(page.url);
  const hosts = tiles.flatMap((tile, index) => {
    const link = links[index];
    if (link === undefined) return namedSite(tile) ?? [];
    const other = otherHost(link, host);
    return other ?? namedSite(tile) ?? [];
  });
  const signs: Sign[] = [];
  if (hosts.length / tiles.length >= 0.5 && new Set(hosts).size >= 3) {
    signs.push({ weight: 4, words: `the pictures belong to ${new Set(hosts).size} other sites` });
  }
  if (signs.length === 0 && toPictures / tiles.length >= 0.8) signs.push({ weight: -2, words: '' });
  return signs;
}

/** Where the picture’s link leads, else the tile’s first one. */
function linkIn(element: PageElement, page: Page): URL | undefined {
  const $ = page.document;
  const links = [element, ...$(element).find('a[href]').toArray()].filter(
    ({ name, attribs }) => name === 'a' && attribs.href !== undefined,
  );
  const withPicture = links.find((link) => $(link).find('img, picture, video').length > 0);
  const href = (withPicture ?? links[0])?.attribs.href;
  return href === undefined ? undefined : webUrl(href.trim(), page);
}

/** The host of another site, also where the address stands in a parameter. */
function otherHost(link: URL, host: string): string | undefined {
  const inParameter = [...link.searchParams.values()].find((value) => /^https?:\/\//.test(value));
  const address =
    inParameter !== undefined && URL.canParse(inParameter) ? new URL(inParameter) : link;
  if (pictureEnding.test(address.pathname) && inParameter === undefined) return undefined;
  return address.host === host ? undefined : address.host;
}

const siteName = /(?:^|\s)((?:[a-z\d-]+\.)+(?:com|org|net|info|edu|gov|[a-z]{2}))(?=$|\s)/i;
/** Endings of files that are countries too. */
const fileEnding = /\.(?:ai|ps|gz|js|ts|md|db)$/i;

/** The name of a site in a tile’s text, as lists of search results show it. */
function namedSite({ element }: Tile): string | undefined {
  const name = siteName.exec(textOf(element, () => true))?.[1];
  return name === undefined || fileEnding.test(name) ? undefined : name.toLowerCase();
}

/** Rows of JSON: what their keys say. */
function signsOfRecords(rows: readonly PagePart[]): Sign[] {
  const share = (keys: RegExp) =>
    rows.filter(({ node }) => Object.keys(node ?? {}).some((key) => keys.test(key))).length /
    Math.max(1, rows.length);
  const signs: Sign[] = [];
  if (share(/^(?:price|sku|gtin|add_?to_?cart|(?:sale|list|regular)_?price)$/i) >= 0.5) {
    signs.push({ weight: 3, words: 'they have prices' });
  }
  if (share(/^(?:headline|teaser|excerpt|articleBody|standfirst|byline)$/i) >= 0.5) {
    signs.push({ weight: 3, words: 'they are articles' });
  }
  return signs;
}

function signsOfSample({ tried, larger, details }: TriedSample): Sign[] {
  const signs: Sign[] = [];
  if (tried >= 3 && larger === 0) {
    signs.push({ weight: 1, words: 'no picture is larger than the page shows it' });
  } else if (tried > 0 && larger / tried >= 0.8) signs.push({ weight: -1, words: '' });
  const opened = details.filter((page) => page.status < 300 && surveyPage(page).photos.length > 0);
  if (opened.length === 0) return signs;
  const texts = opened.filter(isText);
  const shops = opened.filter(isOffer);
  if (shops.length / opened.length >= 0.5) {
    signs.push({ weight: 3, words: 'the pictures lead to things to buy' });
  } else if (texts.length / opened.length >= 0.5) {
    signs.push({ weight: 3, words: 'the pictures lead to pages of text' });
  } else signs.push({ weight: -3, words: '' });
  return signs;
}

/** Least text of a page that is an article, in UTF-16 units: captions are shorter. */
const leastArticle = 800;

function isText(page: Page): boolean {
  return new Prose(page, []).length >= leastArticle;
}

function isOffer(page: Page): boolean {
  const [body] = page.document('body').toArray();
  const text = body === undefined ? '' : textOf(body, ({ name }) => name !== 'aside');
  return price.test(text) && buying.test(text);
}
