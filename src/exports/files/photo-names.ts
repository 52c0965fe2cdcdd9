import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { photoDate } from '../../album/photo-date.js';
import { fileName, fileNameText, sameName } from '../../files/file-name.js';
import type { SavedEntry } from '../saved-entry.js';
import { type NamePart, type NamePattern, type NameSlot, nameSlots } from './name-pattern.js';

/** UTF-16 units in a folder's or file's name at the most; Windows allows 260 for a whole path. */
const longestFolder = 80;
const longestFile = 120;

/** Marks the place of a value that a photo does not have. No value contains it. */
const nothing = '\0';

type SlotValues = Partial<Record<NameSlot, string | undefined>>;

function dateValues({ photo, outcome }: SavedEntry): SlotValues {
  const known = photoDate(photo, outcome)?.date;
  if (known === undefined) return {};
  const [date = '', time = ''] = known.split('T');
  const [year, month, day] = date.split('-');
  const clock = /^[\d:]+/.exec(time)?.[0].replaceAll(':', '-');
  return { date, time: clock, year, month, day };
}

function valuesOf(entry: SavedEntry, id: string): SlotValues {
  const { album, title, sender, fileName } = entry.photo;
  return {
    ...dateValues(entry),
    album: album?.join(' - '),
    title,
    sender,
    name: fileName?.replace(/\.[a-z0-9]{1,5}$/i, ''),
    id,
  };
}

/** A missing value is removed with the separators before it and the brackets around it. */
function filledIn(parts: readonly NamePart[], values: SlotValues): string {
  const text = parts
    .map((part) =>
      typeof part === 'string' ? part : fileNameText(values[part.slot] ?? '') || nothing,
    )
    .join('');
  if (!text.includes(nothing)) return text;
  return text
    .replaceAll(new RegExp(`[\\s_-]*[([]?${nothing}[)\\]]?`, 'g'), '')
    .replace(/^[\s_-]+|[\s_-]+$/g, '');
}

function folderName(parts: readonly NamePart[], values: SlotValues): string {
  const name = fileName(filledIn(parts, values), longestFolder);
  if (name !== '') return ownName(name);
  const slot = parts.find((part) => typeof part !== 'string')?.slot;
  return slot === undefined ? 'unnamed' : nameSlots[slot].missing;
}

/** Avoids the name of the list of checksums, which is beside the folders. */
function ownName(folder: string): string {
  return sameName(folder) === sameName('SHA256SUMS') ? `_${folder}` : folder;
}

/**
 * The names that a photo may get, the best first, each more distinctive than the one before. The last
 * one contains a hash of its key, so that no other photo can have it.
 */
function* namesFor({ segments }: NamePattern, entry: SavedEntry): Generator<string> {
  const hash = createHash('sha256').update(entry.photo.key).digest('hex').slice(0, 32);
  const whole = fileNameText(entry.photo.id) || hash;
  const short = fileName([...whole].slice(0, 8).join(''), 16) || hash.slice(0, 8);
  const extension = extname(entry.outcome.file);
  const named = (id: string, suffix = ''): string => {
    const values = valuesOf(entry, id);
    const most = longestFile - suffix.length - extension.length;
    const stem = fileName(filledIn(segments.at(-1) ?? [], values), most) || short;
    const folders = segments.slice(0, -1).map((parts) => folderName(parts, values));
    return [...folders, `${stem}${suffix}${extension}`].join('/');
  };
  const hasId = segments.flat().some((part) => typeof part !== 'string' && part.slot === 'id');
  yield named(short);
  yield hasId ? named(whole) : named(short, `_${short}`);
  yield named(short, `_${hash}`);
}

/**
 * Gives each photo a name, a path with forward slashes. No file system takes two of them for the
 * same. Photos that have a name keep it; the names of the others do not depend on the order of the
 * album.
 *
 * @param given the names that photos already have, by the photos' keys
 * @returns the given names and those of these photos
 */
export function namePhotos(
  pattern: NamePattern,
  entries: readonly SavedEntry[],
  given: ReadonlyMap<string, string>,
): Map<string, string> {
  const names = new Map(given);
  const taken = new Set([...given.values()].map(sameName));
  const unnamed = entries.filter(({ photo }) => !names.has(photo.key));
  for (const entry of unnamed.sort((a, b) => (a.photo.key < b.photo.key ? -1 : 1))) {
    const { key } = entry.photo;
    const name = [...namesFor(pattern, entry)].find((one) => !taken.has(sameName(one)));
    if (name === undefined) throw new Error(`there is no name left for the photo ${key}`);
    names.set(key, name);
    taken.add(sameName(name));
  }
  return names;
}
