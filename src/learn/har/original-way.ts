import { isParent } from '../../profile/json-path.js';
import { memberStep } from '../json-groups.js';
import type { LearnedRule } from '../learned-rule.js';
import { flatMembers } from '../photo-likeness.js';
import type { OpenedPhoto } from './recorded-originals.js';

/** A replacement in an address, as the filter `replace` takes it. */
interface Replacement {
  match: string;
  with: string;
}

const escaped = (text: string) =>
  text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('\\/', '/');

/**
 * What makes an original's address of its thumbnail's: the shortest replacements that hold for all
 * photos that were opened, each with the signs around it.
 *
 * @returns undefined where the addresses differ in more than that
 */
function rewriting(photos: readonly OpenedPhoto[]): Replacement[] | undefined {
  const [first] = photos;
  if (first === undefined || first.thumbnail === '') return undefined;
  const found = replacementsFor(first.thumbnail, first.original);
  const holds =
    found?.length && photos.every((photo) => applied(found, photo.thumbnail) === photo.original);
  return holds ? found : undefined;
}

function applied(replacements: readonly Replacement[], address: string): string {
  return replacements.reduce(
    (text, one) => text.replace(new RegExp(one.match, 'u'), one.with),
    address,
  );
}

/** An address in its parts, with the signs between them. */
const partsOf = (address: string) => address.split(/([/~_.?&=#-]+)/);

function replacementsFor(from: string, to: string): Replacement[] | undefined {
  const [before, after] = [partsOf(from), partsOf(to)];
  const found: Replacement[] = [];
  if (before.length !== after.length) return oneReplacement(before, after);
  for (const [at, part] of before.entries()) {
    const other = after[at] ?? '';
    if (part === other) continue;
    const [start = '', end = ''] = [before[at - 1], before[at + 1]];
    found.push({
      match: `${escaped(start)}${escaped(part)}${at + 1 === before.length ? '$' : escaped(end)}`,
      with: `${start}${other}${end}`,
    });
  }
  return found.length <= 3 ? found : undefined;
}

/** A run of parts in the midst that is another one, or is left out. */
function oneReplacement(before: readonly string[], after: readonly string[]): Replacement[] {
  let start = 0;
  while (before[start] !== undefined && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end++;
  // A part before and one behind say where it is.
  const [from, to] = [Math.max(0, start - 1), Math.max(0, end - 1)];
  const cut = before.slice(from, before.length - to);
  const put = after.slice(from, after.length - to);
  const isEnd = to === 0;
  return [{ match: `${cut.map(escaped).join('')}${isEnd ? '$' : ''}`, with: put.join('') }];
}

/**
 * The rule for the original, from photos that were opened: a member of the row, a rewriting of the
 * thumbnail's address, or an address that is put together from members.
 *
 * @param rows all rows of the list, where it is JSON
 * @returns undefined where the recording does not tell
 */
export function originalRule(
  photos: readonly OpenedPhoto[],
  rows: readonly unknown[],
  siteUrl: string,
): LearnedRule | undefined {
  const [first] = photos;
  if (first === undefined) return undefined;
  const seenOn = `${photos.length} ${photos.length === 1 ? 'photo' : 'photos'} opened in the recording`;
  const rule = isParent(first.row)
    ? (ofMember(photos, siteUrl) ?? ofMembers(photos, rows, siteUrl))
    : ofThumbnail(photos);
  return rule && { place: 'item.original', rule: [rule], seenOn };
}

/**
 * The rule for the thumbnail, from the pictures that a list in JSON showed.
 *
 * @param shown rows with the addresses of their pictures
 * @returns undefined where no one rule gives all of them
 */
export function thumbnailRule(
  shown: readonly { row: unknown; url: string }[],
  rows: readonly unknown[],
  siteUrl: string,
): LearnedRule | undefined {
  const photos = shown.map(({ row, url }) => ({ thumbnail: '', original: url, row }));
  const found = photos.map(
    (photo) => ofMember([photo], siteUrl) ?? ofMembers([photo], rows, siteUrl),
  );
  const [rule] = found;
  const isOne = found.every((one) => JSON.stringify(one) === JSON.stringify(rule));
  if (rule === undefined || !isOne) return undefined;
  const seenOn = `${shown.length} pictures shown in the recording`;
  return { place: 'item.thumbnail', rule, seenOn };
}

function ofThumbnail(photos: readonly OpenedPhoto[]): object | undefined {
  const replacements = rewriting(photos);
  if (replacements === undefined) return undefined;
  return { from: 'thumbnail', filters: replacements.map((replace) => ({ replace })) };
}

function ofMember(photos: readonly OpenedPhoto[], siteUrl: string): object | undefined {
  const [first] = photos;
  const isIt = (value: string, original: string) =>
    /[/.]/.test(value) && URL.canParse(value, siteUrl) && new URL(value, siteUrl).href === original;
  const member = flatMembers(first?.row).find(({ value }) =>
    isIt(String(value), first?.original ?? ''),
  );
  if (member === undefined) return undefined;
  return { select: `$${member.names.map(stepTo).join('')}` };
}

const stepTo = (name: string) => (/^\d+$/.test(name) ? `[${name}]` : memberStep(name));

/** An address of parts that stand in the row: `/media/{folder}/{file}`. */
function ofMembers(
  [first]: readonly OpenedPhoto[],
  rows: readonly unknown[],
  siteUrl: string,
): object | undefined {
  if (first === undefined) return undefined;
  const { origin, href } = new URL(first.original);
  let address = origin === new URL(siteUrl).origin ? href.slice(origin.length) : href;
  const parts: Record<string, object> = {};
  const members = flatMembers(first.row).filter(({ value }) => value !== '');
  const byLength = members.sort((one, other) => `${other.value}`.length - `${one.value}`.length);
  for (const { names, value } of byLength) {
    const name = names.at(-1)?.replace(/[^a-zA-Z]/g, '') || 'part';
    const text = writtenIn(address, String(value));
    if (text === undefined || name in parts) continue;
    address = address.replace(text, `{${name}}`);
    // What has no slash in this row may have one in others, and be encoded as a path.
    const isPath = text.includes('/') || (!/%2f/i.test(text) && hasSlashes(rows, names));
    const select = `$${names.map(stepTo).join('')}`;
    parts[name] = { select, ...(isPath && { filters: ['encodePath'] }) };
  }
  return Object.keys(parts).length === 0 ? undefined : { parts, address };
}

/** How a value stands in an address, as a part of its own; undefined where it does not. */
function writtenIn(address: string, value: string): string | undefined {
  const path = value.split('/').map(encodeURIComponent).join('/');
  return [encodeURIComponent(value), path, value].find((text) => standsAlone(address, text));
}

function hasSlashes(rows: readonly unknown[], names: readonly string[]): boolean {
  const key = JSON.stringify(names);
  return rows.some((row) =>
    flatMembers(row).some(
      ({ names: own, value }) => JSON.stringify(own) === key && String(value).includes('/'),
    ),
  );
}

/** Whether a text is a whole part of an address, and no piece of a slot. */
function standsAlone(address: string, text: string): boolean {
  const at = address.indexOf(text);
  if (at < 0) return false;
  const [before = '', after = ''] = [address[at - 1] ?? '/', address[at + text.length] ?? '/'];
  return /[/~_.?&=-]/.test(before) && /[/~_.?&=#-]/.test(after);
}
