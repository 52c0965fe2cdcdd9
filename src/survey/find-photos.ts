import { type AddressBase, webUrl } from '../page/address.js';
import type { PageElement } from '../page/html-document.js';
import { addressKind } from './address-kind.js';
import { ancestors, namesOf } from './page-content.js';

/** A thing on a page that looks like a photo. */
export interface SurveyedPhoto {
  element: PageElement;
  /** Addresses of its thumbnail, the one that is shown first; of a link to a picture, that picture. */
  thumbnails: [string, ...string[]];
  /** Where its link leads, without a fragment; undefined where it has none. */
  link?: string;
  /** The names of the elements that hold it, from the page's body to itself. */
  tags: string;
  /** The same with their classes, without numbers. */
  structure: string;
  /** The kind of its thumbnail's address. */
  kind: string;
}

/** The end of the address of a picture or film. */
export const pictureEnding =
  /\.(?:jpe?g|jfif|png|gif|webp|heic|heif|avif|tiff?|dng|mp4|mov|m4v|webm|avi|mkv|3gp)$/i;
const lazy =
  /^data-(?:.*-)?(?:src|srcset|original|lazy|bg|background|background-image|thumb|image|url)$/;
/** What the pictures of a site's own look are called. */
const decoration =
  /(?:^|[^a-z])(?:logo|icon|ico|avatar|sprite|emoji|emoticon|smil(?:ey|ie)|badge|button|btn|spacer|pixel|blank|flag|captcha|placeholder|spinner|loading|banner|arrow)s?(?:[^a-z]|$)/i;
/** Longest list of addresses that is read, in UTF-16 units. */
const longestSet = 10_000;
/** Width or height in pixels below which a picture is an icon. */
const leastSide = 32;

/** An element by its name, id and classes, without numbers. Rows of a table are all alike. */
export function partOf({ name, attribs: { id = '', class: classes = '' } }: PageElement): string {
  if (name === 'tr' || name === 'tbody') return name;
  const names = classes.replace(/\d+/g, '#').split(/\s+/).filter(Boolean).sort();
  return [/\d/.test(id) || id === '' ? name : `${name}#${id}`, ...names].join('.');
}

/** Finds what looks like photos, and no logos, icons or avatars, in the page's order. */
export function findPhotos(elements: readonly PageElement[], base: AddressBase): SurveyedPhoto[] {
  const photos: SurveyedPhoto[] = [];
  const inLinks = new Set<PageElement>();
  for (const element of elements) {
    const photo = pictureAt(element, base);
    if (photo === undefined) continue;
    photos.push(photo);
    for (const ancestor of ancestors(element)) if (ancestor.name === 'a') inLinks.add(ancestor);
  }
  return photos.filter(({ element }) => !inLinks.has(element));
}

function pictureAt(element: PageElement, base: AddressBase): SurveyedPhoto | undefined {
  const { name, attribs } = element;
  const pictures = shownBy(element);
  const isLink = name === 'a' && pictures.length === 0;
  const written = isLink ? [attribs.href] : pictures;
  const urls = written.flatMap((text) => (text && webUrl(text.trim(), base)) || []);
  const [shown] = urls;
  if (shown === undefined || (isLink && !pictureEnding.test(shown.pathname))) return undefined;
  if (isDecoration(element, shown)) return undefined;
  // A picture in a <noscript> stands where that stands.
  const holders = [...ancestors(element)].filter(({ name }) => name !== 'noscript');
  const path = [element, ...holders].reverse();
  const link = linkOf(path, base);
  const [first, ...more] = urls.map(({ href }) => href) as [string, ...string[]];
  return {
    element,
    thumbnails: [first, ...more],
    ...(link !== undefined && { link }),
    tags: path.map((part) => part.name).join('>'),
    structure: path.map(partOf).join('>'),
    kind: addressKind(shown),
  };
}

/** The addresses of pictures that an element shows: those that a script loads later come first. */
function shownBy({ name, attribs }: PageElement): string[] {
  const background = /url\(\s*["']?([^"')]+)/.exec(attribs.style ?? '')?.[1];
  if (name === 'video') return [attribs.poster ?? attribs.src ?? ''].filter(Boolean);
  if (name !== 'img') return background === undefined ? [] : [background];
  const later = Object.entries(attribs).filter(([attribute]) => lazy.test(attribute));
  const sets = [...later.map(([, value]) => value), attribs.srcset ?? ''];
  const [first = ''] = sets.flatMap(candidates);
  return [first, attribs.src ?? '', ...sets.flatMap(candidates).slice(1)].filter(
    (address) => address !== '' && !/^(?:data|blob):/i.test(address),
  );
}

/** The addresses in a srcset, or the one in another attribute. */
function candidates(value: string): string[] {
  if (value.length > longestSet) return [];
  const parts = value.split(/,\s+/).map((part) => part.trim().replace(/\s+[\d.]+[wxh]$/, ''));
  return parts.filter((part) => part !== '' && !/\s/.test(part));
}

function isDecoration(element: PageElement, { pathname }: URL): boolean {
  const { attribs } = element;
  const isSmall = [attribs.width, attribs.height].some((side) => Number(side ?? NaN) < leastSide);
  const file = pathname.split('/').at(-1) ?? '';
  return isSmall || (element.name !== 'a' && decoration.test(`${namesOf(element)} ${file}`));
}

function linkOf(path: readonly PageElement[], base: AddressBase): string | undefined {
  const href = path.findLast(({ name }) => name === 'a')?.attribs.href?.trim();
  if (href === undefined || href === '' || href.startsWith('#')) return undefined;
  const url = webUrl(href, base);
  if (url !== undefined) url.hash = '';
  return url?.href;
}
