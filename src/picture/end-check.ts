import { aviEnd } from './avi-end.js';
import { type ByteWalk, ChunkedWalk } from './byte-walk.js';
import { gifEnd } from './gif-end.js';
import { isoMediaEnd } from './iso-media-end.js';
import { jpegEnd } from './jpeg-end.js';
import { matroskaEnd } from './matroska-end.js';
import { PdfEnd } from './pdf-end.js';
import { pngEnd } from './png-end.js';
import { tiffEnd } from './tiff-end.js';
import { webpEnd } from './webp-end.js';

/** Recognises the end of a picture or film while its bytes pass. */
export interface EndCheck {
  /** Processes the next bytes of the file; any number of them. They are not kept. */
  take(chunk: Uint8Array): void;
  /**
   * Whether the file may end after the bytes that have come: nothing in it says that more has to
   * come. Never true for a file that does not begin like its type.
   */
  readonly hasEnded: boolean;
}

const walked = (walk: () => ByteWalk) => (): EndCheck => new ChunkedWalk(walk());

const isoMedia = walked(isoMediaEnd);
const tiff = walked(tiffEnd);
const png = walked(pngEnd);
const matroska = walked(matroskaEnd);

const checks = {
  'image/jpeg': walked(jpegEnd),
  'image/png': png,
  'image/apng': png,
  'image/gif': walked(gifEnd),
  'image/webp': walked(webpEnd),
  'image/tiff': tiff,
  'image/x-adobe-dng': tiff,
  'image/avif': isoMedia,
  'image/heic': isoMedia,
  'image/heic-sequence': isoMedia,
  'image/heif': isoMedia,
  'image/heif-sequence': isoMedia,
  'image/x-canon-cr3': isoMedia,
  'video/mp4': isoMedia,
  'video/quicktime': isoMedia,
  'video/x-m4v': isoMedia,
  'video/3gpp': isoMedia,
  'video/3gpp2': isoMedia,
  'audio/mp4': isoMedia,
  'audio/x-m4a': isoMedia,
  'video/webm': matroska,
  'video/matroska': matroska,
  'video/vnd.avi': walked(aviEnd),
  'application/pdf': () => new PdfEnd(),
} satisfies Record<string, () => EndCheck>;

/**
 * Creates a check for one file of a type.
 *
 * @param mimeType MIME type as file-type names it, such as image/jpeg
 * @returns undefined for a type whose end cannot be recognised
 */
export function endCheck(mimeType: string): EndCheck | undefined {
  return isCheckable(mimeType) ? checks[mimeType]() : undefined;
}

function isCheckable(mimeType: string): mimeType is keyof typeof checks {
  return Object.hasOwn(checks, mimeType);
}
