import { type ByteWalk, ChunkedWalk } from './byte-walk.js';
import { gifEnd } from './gif-end.js';
import { jpegEnd } from './jpeg-end.js';
import { pngEnd } from './png-end.js';
import { webpEnd } from './webp-end.js';

/** Recognises the end of a picture while its bytes pass. */
export interface EndCheck {
  /** Processes the next bytes of the file; any number of them. They are not kept. */
  take(chunk: Uint8Array): void;
  /**
   * Whether the picture's own end has passed; further bytes do not change it. Never true for a file
   * that does not begin like its type.
   */
  readonly hasEnded: boolean;
}

const walks = {
  'image/jpeg': jpegEnd,
  'image/png': pngEnd,
  'image/apng': pngEnd,
  'image/gif': gifEnd,
  'image/webp': webpEnd,
} satisfies Record<string, () => ByteWalk>;

/**
 * Creates a check for one file of a type.
 *
 * @param mimeType MIME type as file-type names it, such as image/jpeg
 * @returns undefined for a type whose end cannot be recognised
 */
export function endCheck(mimeType: string): EndCheck | undefined {
  return isCheckable(mimeType) ? new ChunkedWalk(walks[mimeType]()) : undefined;
}

function isCheckable(mimeType: string): mimeType is keyof typeof walks {
  return Object.hasOwn(walks, mimeType);
}
