import type { PageElement } from '../page/html-document.js';
import { pictureEnding, type SurveyedPhoto } from '../survey/find-photos.js';
import { namesOf, shortText } from '../survey/page-content.js';

const words = (text: string) => new RegExp(`(?<![a-z])(?:${text})s?(?![a-z])`, 'i');

/** What albums are called in the names of elements and in addresses. */
export const albumWords = words(
  'album|folder|director(?:y|ie)|categor(?:y|ie)|cat|collection|photoset|set|galler(?:y|ie)|subgal|galerie|alben|subalbum|sub-?galler(?:y|ie)|ordner|tag-?album',
);
/** What photos are called there. */
const photoWords = words(
  'photo|image|img|picture|pic|foto|bild|media|item|display(?:image)?|view(?:er)?|pid|image_?id|photo_?id|video|film|lightbox|fancybox|thumb(?:nail)?|attachment',
);
/** “30 photos”, “(24)”: what an album holds, below its cover. */
export const holdsMany =
  /(?:^|\D)\d+\s*(?:photos?|pictures?|images?|items?|files?|fotos?|bild(?:er)?|dateien|imágenes|images?|immagini|afbeeldingen|billeder|bilde|kuvaa|zdjęć|albums?|videos?|elements?|éléments?|снимков|фото|写真|枚|张|張)(?!\p{L})|\(\d+\)\s*$/iu;

/**
 * Whether a row on a page looks like an album's, rather than a photo's.
 *
 * @param pageUrl the address of the page
 * @returns more than 0 for an album, less for a photo; the further from 0, the surer
 */
export function looksLikeAlbum(
  row: PageElement,
  photo: SurveyedPhoto | undefined,
  pageUrl: string,
): number {
  const link = photo?.link;
  if (photo === undefined || link === undefined) return -2;
  const { pathname, search } = new URL(link);
  if (pictureEnding.test(decodeURIComponentSafely(pathname)) || namesFile(search)) return -4;
  if (isNamedAlike(photo.thumbnails[0], pathname)) return -3;
  const names = `${namesOf(row)} ${namesInside(row)}`;
  const address = beyond(`${pathname}${search}`, pageUrl);
  let score = holdsMany.test(shortText(row)) ? 2 : 0;
  score += albumWords.test(names) || isFolder(row, photo) ? 2 : 0;
  score -= photoWords.test(names) ? 1 : 0;
  score += albumWords.test(lastWords(address)) ? 1.5 : 0;
  score -= photoWords.test(lastWords(address)) ? 2 : 0;
  if (pathname.endsWith('/') && search === '') score += 0.5;
  if (/\/\d+(?:\.\w+|\/)?$|[?&](?:id|pid|photo|image)=\d+/.test(address)) score -= 0.5;
  return score;
}

/** What an address has beyond the folder of the page: the names of that say nothing of a link. */
function beyond(address: string, pageUrl: string): string {
  const folder = new URL(pageUrl).pathname.replace(/[^/]*$/, '');
  return address.startsWith(folder) ? address.slice(folder.length - 1) : address;
}

function namesFile(search: string): boolean {
  return search.split('&').some((part) => pictureEnding.test(part));
}

/** Whether a row says that it is a folder, or has the icon of one. */
function isFolder({ attribs }: PageElement, { thumbnails: [first] }: SurveyedPhoto): boolean {
  const kinds = Object.entries(attribs).filter(([name]) =>
    /^data-(?:.*-)?(?:type|kind)$/.test(name),
  );
  if (kinds.some(([, value]) => /^(?:dir|directory|folder|album)$/i.test(value))) return true;
  return /(?:^|[^a-z])(?:folder|directory)(?:[^a-z]|$)/i.test(stemOf(new URL(first).pathname));
}

/** The names of the first elements in a row, which say what it is. */
function namesInside({ children }: PageElement): string {
  const inside = children.flatMap((child) => ('attribs' in child ? [child] : []));
  return inside.map(namesOf).join(' ');
}

/** The last two parts of a path, and the names of parameters. */
function lastWords(address: string): string {
  const [path = '', query = ''] = address.split('?', 2);
  const names = query.split('&').map((part) => part.split('=', 1)[0]);
  return `${path.split('/').filter(Boolean).slice(-2).join('/')}?${names.join('&')}`;
}

/** Whether an address has the name of a picture's file in it, as a photo's own page often has. */
function isNamedAlike(thumbnail: string, pathname: string): boolean {
  const [own, other] = [stemOf(new URL(thumbnail).pathname), stemOf(pathname)];
  if (own.length < 4 || other.length < 4 || /^(?:index|cover|thumb|default)$/.test(own))
    return false;
  return own.includes(other) || other.includes(own);
}

function stemOf(pathname: string): string {
  const file = decodeURIComponentSafely(pathname).replace(/\/$/, '').split('/').at(-1) ?? '';
  return file.replace(/\.\w+$/, '').toLowerCase();
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
