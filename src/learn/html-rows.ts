import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import { HtmlPart, type PagePart } from '../profile/page-part.js';
import type { SurveyedPhoto } from '../survey/find-photos.js';
import { ancestors, namesOf } from '../survey/page-content.js';
import type { PageSurvey } from '../survey/survey-page.js';
import { whyNoAlbum } from './no-album.js';
import { albumScore, leadsToPicture, type PhotoGroup, photoGroups } from './photo-groups.js';
import { selectorFor } from './selector.js';

/** A kind of repeated things with pictures on a page: an item of the profile. */
export interface RowKind {
  /** The selector of the rows. */
  row: string;
  /** The rule for which rows count; none is needed where the selector says it. */
  where?: unknown;
  /** The rows, in the page's order. */
  parts: PagePart[];
  /** The photo in each row. */
  photos: SurveyedPhoto[];
  /** In words: `48 rows with a picture each`. */
  seenOn: string;
  /** Whether they may be covers of albums, rather than photos. */
  mayBeAlbums?: true;
}

/** The endings of pictures and films, as a condition for links: a list of files has others too. */
const pictureLinks = `:is(${[
  ...['jpg', 'jpeg', 'jpe', 'png', 'gif', 'webp', 'avif', 'heic', 'heif', 'tif', 'tiff', 'bmp'],
  ...['dng', 'cr2', 'nef', 'arw', 'mp4', 'mov', 'm4v', 'avi', 'webm', 'mkv', '3gp'],
]
  .map((ending) => `[href$=".${ending}" i]`)
  .join(', ')})`;
/** What stands beside an album, and is no part of it. */
const besideNames =
  /(?:^|[\s_-])(?:related|similar|recommend(?:ed|ations?)|suggest(?:ed|ions)|also-like|featured-(?:posts|albums)|sponsor(?:s|ed)?|partners?|promo(?:tion)?s?|ads?|advert(?:s|isement)?|banners?|sidebar|breadcrumbs?|menu|nav(?:bar|igation)?|footer|comments?|social|share|rating|toolbar|masthead|filmstrip|bestof)(?=$|[\s_-])/i;
/** What may stand beside one, where the page has other pictures. */
const perhapsBesideNames =
  /(?:^|[\s_-])(?:recent(?:ly)?|latest|newest|random|popular|trending|also|side|members?|users?|friends|followers?|people|children|staff|team)(?=$|[\s_-])/i;
const besideTags = new Set(['aside', 'nav', 'footer', 'header', 'noscript', 'dialog', 'template']);
/** Places that hold what a page is about. */
const mainNames =
  /(?:^|[\s_-])(?:main|content|galler(?:y|ies)|album|photos?|images?|pictures?|media|thumb(?:nail)?s|grid|listing|results?)(?=$|[\s_-])/i;

/**
 * Finds the kinds of repeated things with pictures on a page, the likeliest album first. Kinds in one
 * list follow each other.
 *
 * @returns none where the page shows no album
 */
export function htmlRows(page: Page, survey: PageSurvey): RowKind[] {
  const able = photoGroups(survey.photos, page.url).filter((group) => isCandidate(group, page.url));
  const inMidst = able.filter(({ rows: [row] }) => row && !isIn(row, perhapsBesideNames));
  const groups = inMidst.length > 0 ? inMidst : able;
  const ranked = groups
    .map((group) => ({ group, score: scoreOf(group, page.url) }))
    .sort((one, other) => other.score - one.score);
  return ranked.flatMap(({ group }) => kindOf(group, page) ?? []);
}

function isCandidate(group: PhotoGroup, pageUrl: string): boolean {
  const [row] = group.rows;
  const [photo] = group.photos;
  if (row === undefined || photo === undefined || isBeside(row)) return false;
  if (group.rows.length < 2 && !leadsToPicture(photo) && photo.element.name !== 'video')
    return false;
  return albumScore(group, pageUrl) < 2 && whyNoAlbum(group) === undefined;
}

/** Whether an element stands in a part of the page that is about something else. */
export function isBeside(element: PageElement): boolean {
  return (
    isIn(element, besideNames) || [...ancestors(element)].some(({ name }) => besideTags.has(name))
  );
}

/** Whether an element stands in one with such names, other than the page's body. */
function isIn(element: PageElement, names: RegExp): boolean {
  return [...ancestors(element)].some(
    (one) => one.name !== 'body' && one.name !== 'html' && names.test(namesOf(one)),
  );
}

function scoreOf(group: PhotoGroup, pageUrl: string): number {
  const { rows, photos } = group;
  let weight = 1;
  const [row] = rows;
  if (photos.every(leadsToPicture)) weight *= 2;
  else if (photos.every(({ link }) => link === undefined)) weight *= 0.7;
  if (row !== undefined && [...ancestors(row)].some(isMain)) weight *= 1.5;
  if (albumScore(group, pageUrl) > 0) weight *= 0.3;
  return rows.length * weight;
}

function isMain(element: PageElement): boolean {
  return element.name === 'main' || (element.name !== 'body' && mainNames.test(namesOf(element)));
}

function kindOf(group: PhotoGroup, page: Page): RowKind | undefined {
  const { rows, photos } = group;
  const areLinks = photos.every(({ element }) => element.name === 'a');
  const row = areLinks ? selectorOfLinks(group, page) : selectorFor(rows, page);
  if (row === undefined) return undefined;
  const parts = HtmlPart.of(page.document).parts(row);
  const places = new Map<object | undefined, SurveyedPhoto>(
    rows.flatMap((element, index) => {
      const photo = photos[index];
      return photo === undefined ? [] : [[element, photo]];
    }),
  );
  return {
    row,
    parts,
    photos: parts.flatMap(({ node }) => places.get(node) ?? []),
    seenOn: `${rows.length} rows with a picture each`,
    ...(albumScore(group, page.url) > -0.5 && { mayBeAlbums: true as const }),
  };
}

/** Links to files are told from other links of their list by the ending of their address. */
function selectorOfLinks({ rows, photos }: PhotoGroup, page: Page): string | undefined {
  const isLink = rows.every((row, index) => row === photos[index]?.element);
  const condition = isLink ? pictureLinks : `:has(a${pictureLinks})`;
  return selectorFor(rows, page, { condition });
}
