import { posix } from 'node:path';
import { photoDate } from '../../album/photo-date.js';
import type { SavedEntry } from '../saved-entry.js';
import { type Moment, momentInWords, momentOf } from './moment.js';
import type { Thumbnail } from './thumbnail-folder.js';

/** What a browser can do with an original: show it, play it, or pass it to another program. */
type Showing = 'picture' | 'film' | 'file';

/** A saved photo as the pages show it. Texts are the site's, not escaped. */
export interface GalleryPhoto {
  key: string;
  /** Name of the original's file in `originals/`. */
  original: string;
  showing: Showing;
  /** Whether pages may link to the file itself. An SVG opened by itself could run scripts. */
  mayBeOpened: boolean;
  /** What kind of file it is, for people: `Video`, `JPEG`. */
  kind: string;
  /** Its name where there is no picture of it. */
  name: string;
  /** A text for those who cannot see the picture. */
  alternative: string;
  title: string | undefined;
  caption: string | undefined;
  sender: string | undefined;
  /** Titles of its albums, the outermost first. */
  album: readonly string[] | undefined;
  moment: Moment | undefined;
  /** Size in pixels, turned as EXIF says where there is a thumbnail. */
  width: number | undefined;
  height: number | undefined;
  bytes: number;
  /** Whether the site itself has it damaged. */
  isDamaged: boolean;
  thumbnail: Thumbnail | undefined;
}

const shownByBrowsers = new Set(
  ['jpeg', 'png', 'apng', 'gif', 'webp', 'avif', 'bmp', 'svg+xml', 'x-icon'].map(
    (name) => `image/${name}`,
  ),
);

function showingOf(contentType: string): Showing {
  if (shownByBrowsers.has(contentType)) return 'picture';
  return /^(?:video|audio)\//.test(contentType) ? 'film' : 'file';
}

function kindOf(contentType: string, file: string): string {
  if (contentType.startsWith('video/')) return 'Video';
  if (contentType.startsWith('audio/')) return 'Sound';
  return posix.extname(file).slice(1).toUpperCase();
}

function filled(text: string | undefined): string | undefined {
  return text?.trim() || undefined;
}

/** Name of an original's file in `originals/`, the same as in the storage folder. */
export function originalName(file: string): string {
  return posix.basename(file);
}

/** What the pages show of a saved photo. */
export function galleryPhoto(
  { photo, outcome }: SavedEntry,
  thumbnail: Thumbnail | undefined,
): GalleryPhoto {
  const kind = kindOf(outcome.contentType, outcome.file);
  const showing = showingOf(outcome.contentType);
  const title = filled(photo.title);
  const caption = filled(photo.caption);
  const album = (photo.album ?? []).map((name) => name.trim()).filter((name) => name !== '');
  const { width, height } = thumbnail ?? outcome;
  const moment = momentOf(photoDate(photo, outcome));
  const name = filled(photo.fileName) ?? originalName(outcome.file);
  const what = title ?? caption ?? (showing === 'picture' ? 'Photo' : `${kind} ${name}`);
  return {
    key: photo.key,
    original: originalName(outcome.file),
    showing,
    mayBeOpened: outcome.contentType !== 'image/svg+xml',
    kind,
    name,
    alternative: moment === undefined ? what : `${what}, ${momentInWords(moment)}`,
    bytes: outcome.bytes,
    isDamaged: outcome.damagedAtSource ?? false,
    width,
    height,
    title,
    caption,
    sender: filled(photo.sender),
    album: album.length > 0 ? album : undefined,
    moment,
    thumbnail,
  };
}
