import { asDownloadError, DownloadError } from '../http/download-error.js';
import type { OriginalClient } from '../http/original-client.js';
import type { PixelSize } from '../picture/picture-facts.js';
import { readPictureFacts } from '../picture/picture-facts.js';
import type { OriginalRequest } from './save-original.js';

/** Bytes of a thumbnail's file that hold its size, with room for EXIF data before it. */
const headLength = 64 * 1024;

/**
 * Reads a picture as far as its size in pixels is known, and drops the rest.
 *
 * @returns undefined where its first bytes do not hold the size
 * @throws DownloadError, which the authorization was told of
 */
export async function measurePicture(
  { url, ...request }: OriginalRequest,
  client: OriginalClient,
): Promise<PixelSize | undefined> {
  const { body } = await client.open(url, request);
  const parts: Buffer[] = [];
  let length = 0;
  try {
    // Leaving the loop drops the rest of the answer.
    for await (const chunk of body as AsyncIterable<Buffer>) {
      parts.push(chunk);
      length += chunk.length;
      if (length >= headLength) break;
    }
  } catch (error) {
    const failure = asDownloadError(error);
    if (failure instanceof DownloadError) client.failed(url, failure);
    throw failure;
  }
  const { width, height } = readPictureFacts(Buffer.concat(parts));
  return width === undefined || height === undefined ? undefined : { width, height };
}
