import * as z from 'zod';
import { noDeviceName } from '../files/file-name.js';
import { plainName } from '../files/plain-name.js';
import type { TakenAtSource } from '../picture/exif-facts.js';

/** Texts that a site may show beside a photo: profiles read them, the album keeps them. */
export const photoTexts = [
  'title',
  'caption',
  'sender',
  'fileName',
  'date',
  'uploadedAt',
  'rotation',
] as const;
export type PhotoText = (typeof photoTexts)[number];

const textSchemas = Object.fromEntries(
  photoTexts.map((name) => [name, z.string().optional()]),
) as Record<PhotoText, z.ZodOptional<z.ZodString>>;

/**
 * A photo as a listing page shows it, before anything is downloaded. `key` names the photo, this
 * version of it, within its album: in the request queue, in the dataset and as a file name.
 */
export const listedPhotoSchema = z.object({
  key: z.string(),
  id: z.string(),
  version: z.string().optional(),
  page: z.number().int().positive(),
  position: z.number().int().positive(),
  /** Where the original is; not known yet where its own page says so, or where there are several. */
  originalUrl: z.url().optional(),
  thumbnailUrl: z.url().optional(),
  ...textSchemas,
  uploadedAt: z.iso.datetime().optional(),
  /** Titles of the albums that hold it, the outermost first. */
  album: z.array(z.string()).optional(),
});
export type ListedPhoto = z.infer<typeof listedPhotoSchema>;

/** What was learned from the bytes of an original, once they were whole and on disk. */
export interface OriginalFacts {
  /** Path relative to the storage folder, with forward slashes. */
  file: string;
  contentType: string;
  /** Size in bytes. */
  bytes: number;
  /** Size in pixels, as stored: not turned by EXIF orientation. */
  width?: number;
  height?: number;
  /** Lower-case hexadecimal SHA-256 of the file. */
  sha256: string;
  /** The site itself has it damaged: its end is missing, time and again. */
  damagedAtSource?: true;
  /** EXIF capture time as the camera wrote it, with a zone only if EXIF has one. */
  takenAt?: string;
  /** The EXIF field that it comes from, where it is not DateTimeOriginal. */
  takenAtSource?: TakenAtSource;
  /** Size in pixels as EXIF has it; another one than the picture's own where it was made smaller. */
  exifWidth?: number;
  exifHeight?: number;
}

/** How a photo was saved. */
export type SavedOutcome = ListedPhoto & { status: 'saved'; savedAt: string } & OriginalFacts;

/** How one attempt at a photo ended: an item of the dataset `photos`. */
export type Outcome =
  | SavedOutcome
  | (ListedPhoto & { status: 'failed'; failedAt: string; reason: string });

/** The record of a photo whose original is kept from this moment on. */
export function savedOutcome(photo: ListedPhoto, facts: OriginalFacts): SavedOutcome {
  return { ...photo, ...facts, status: 'saved', savedAt: new Date().toISOString() };
}

/**
 * Names one version of one photo: the same for the same id and version on every run, and different
 * for any two photos. It consists of lower-case letters, digits, hyphens, underscores and dots;
 * parts of other text are replaced by readable ones with a hash of the part.
 *
 * @param id the site's own id of the photo
 * @param version the site's mark of this state of the photo, where it has one
 */
export function photoKey(id: string, version?: string): string {
  return version === undefined ? plainName(id) : `${plainName(id)}_${plainName(version)}`;
}

/**
 * The name of a file of a photo, such as its original, safe on every system. Windows takes `con.jpg`
 * for the console; no key begins with the underscore that is put before such a name.
 */
export function photoFileName(key: string, extension: string): string {
  return noDeviceName(`${key}.${extension}`);
}
