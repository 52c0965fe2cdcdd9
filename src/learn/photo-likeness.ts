import { isParent } from '../profile/json-path.js';
import { pictureEnding } from '../survey/find-photos.js';

/** A value inside an object, with the names of the members that lead to it. */
export interface FlatMember {
  names: readonly string[];
  value: string | number | boolean;
}

/** How deep the members of a thing may stand in it. */
const deepest = 4;
/** The most members of a thing that are looked at. */
const mostMembers = 300;

/** The values inside a thing, those of lists in it too. */
export function flatMembers(thing: unknown): FlatMember[] {
  const found: FlatMember[] = [];
  const add = (value: unknown, names: readonly string[]) => {
    if (found.length >= mostMembers || names.length > deepest) return;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      found.push({ names, value });
    } else if (isParent(value)) {
      for (const [name, one] of Object.entries(value)) add(one, [...names, name]);
    }
  };
  add(thing, []);
  return found;
}

/** Names of members that lead to pictures and films. */
const pictureName =
  /src|image|img|picture|photo|thumb|preview|poster|original|orig(?:inal)?_?url|full_?(?:size|url)|large|medium|download|video|media|display_?url/i;
/** Names of members that lead anywhere. */
const addressName = /ur[li]|href|link|path|address|file/i;
/** Names of members that are pictures of people, and of the look of a site. */
const otherPicture =
  /avatar|profile.?(?:pic|image|photo)|user|author|owner|sender|creator|logo|icon|cover|badge|emoji|flag|banner/i;
const fileName = /^(?:.*file.?(?:name)?|name|title|original.?name|basename)$/i;
const idName = /^(?:_?id|.*[_-]?id|.*Id|uuid|guid|key|pk|hash|sha1|md5|etag|token|code)$/;
const dateName = /date|time|taken|created|uploaded|modified|stamp|when|_at$|At$/;
const sizeName =
  /^(?:o_?)?(?:w|h|width|height|size|bytes|file_?size|rotation|orientation|dimensions?)$/i;
/** Members that people, menus and goods have, and few photos. */
const otherName =
  /^(?:e?mail|user_?name|login|first_?name|last_?name|role|permissions?|phone|children|sub_?menu|menu|price|currency|stock|sku|symbol|locale)$/i;
/** Members that only albums have. */
const albumName =
  /^(?:(?:num(?:ber)?_?(?:of_?)?)?(?:photo|image|picture|media|item|file|album)s?_?(?:count|total|num)|total_?(?:photos|images|items)|sub_?albums?|galleries)$/i;

/**
 * How much a thing looks like a photo or film: 3 and more for what surely does, 0 and less for what
 * does not.
 */
export function photoLikeness(thing: unknown): number {
  if (typeof thing === 'string') return isPicture(thing) ? 3 : 0;
  if (!isParent(thing)) return 0;
  const members = flatMembers(thing);
  const own = members.filter(({ names }) => !names.some((name) => otherPicture.test(name)));
  const has = (test: (member: FlatMember) => boolean) => own.some(test);
  const last = ({ names }: FlatMember) => names.at(-1) ?? '';
  const text = ({ value }: FlatMember) => String(value);
  let score = 0;
  if (has((one) => isPicture(text(one)))) score += 3;
  else if (has((one) => /^(?:image|video)\//.test(text(one)))) score += 2;
  if (has((one) => pictureName.test(one.names.join(' ')) && isAddress(text(one)))) score += 2;
  else if (has((one) => addressName.test(last(one)) && isAddress(text(one)))) score += 0.5;
  if (has((one) => fileName.test(last(one)) && pictureEnding.test(text(one)))) score += 1;
  if (score === 0) return 0;
  const direct = members.filter(({ names }) => names.length === 1);
  if (direct.some((one) => idName.test(last(one)))) score += 0.6;
  if (own.some((one) => dateName.test(last(one)))) score += 0.4;
  if (own.some((one) => sizeName.test(last(one)) && Number(text(one)) > 0)) score += 0.6;
  if (
    direct.some(
      ({ names: [name = ''], value }) =>
        /type|kind/i.test(name) && /photo|image|video/i.test(`${value}`),
    )
  )
    score += 0.6;
  return score - unlikeness(thing);
}

function unlikeness(thing: object): number {
  const members = Object.entries(thing);
  if (members.some(([name, value]) => isOfAlbum(name, value))) return 5;
  return members.some(([name]) => otherName.test(name)) ? 2.5 : 0;
}

/** Lists and numbers of photos are those of an album. */
const photosName = /^(?:photo|image|picture|media|item)s?$/i;

function isOfAlbum(name: string, value: unknown): boolean {
  const isMany = typeof value === 'number' || (Array.isArray(value) && value.length > 1);
  return albumName.test(name) || (isMany && photosName.test(name));
}

function isPicture(text: string): boolean {
  return text.length < 2000 && pictureEnding.test(text.replace(/[?#].*$/, ''));
}

function isAddress(text: string): boolean {
  return text.length < 2000 && /^(?:https?:)?\/\/?[^\s/]|^\.{0,2}\/\S|^\w[\w.-]*\/\S*$/.test(text);
}

/** Names of members that tell one size of a picture from the others. */
const variantName =
  /^(?:name|label|type|size|width|height|w|h|suffix|quality|kind|rel|format|media)$/i;

/**
 * Whether the things in lists are sizes of one picture each, and no photos: they have no id, and are
 * told apart by what repeats from list to list.
 *
 * @param holders how many things hold such a list
 */
export function isOneOfSizes(things: readonly unknown[], holders: number): boolean {
  if (holders < 2 || things.length < holders || !things.every(isParent)) return false;
  const names = new Set(things.flatMap((thing) => Object.keys(thing)));
  if ([...names].some((name) => idName.test(name))) return false;
  return [...names].some((name) => {
    if (!variantName.test(name)) return false;
    const values = new Set(things.map((thing) => JSON.stringify(thing[name])));
    return values.size < 12 && values.size <= Math.max(2, things.length / 2);
  });
}
