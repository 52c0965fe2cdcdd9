import type { AlbumEntry } from '../album/entries.js';
import { photoTexts } from '../album/photo.js';
import { photoDate } from '../album/photo-date.js';

/** The fields of one photo in an export, in their order. */
export const exportFields = [
  'id',
  'version',
  'status',
  'page',
  'position',
  'originalUrl',
  'thumbnailUrl',
  'takenAt',
  'takenAtSource',
  'dateSource',
  ...photoTexts,
  'album',
  'file',
  'contentType',
  'bytes',
  'width',
  'height',
  'sha256',
  'damagedAtSource',
  'savedAt',
  'reason',
] as const;

/** One photo in an export; what is not known is left out. */
export type ExportedPhoto = Partial<
  Record<(typeof exportFields)[number], string | number | boolean | readonly string[] | undefined>
>;

/** The fields of one photo, in the order of {@link exportFields}. */
export function exportedPhoto({ status, photo, outcome }: AlbumEntry): ExportedPhoto {
  const { page, position } = photo;
  const dateSource = photoDate(photo, outcome)?.source;
  const known: ExportedPhoto = { ...outcome, ...photo, page, position, status, dateSource };
  return Object.fromEntries(
    exportFields.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]])),
  );
}
