import { createHash } from 'node:crypto';
import { asDownloadError, DownloadError } from '../http/download-error.js';
import type { OriginalClient } from '../http/original-client.js';
import { FactsOfHead } from '../picture/facts-of-head.js';
import type { PixelSize } from '../picture/picture-facts.js';
import type { OriginalRequest } from './save-original.js';

/** Bytes of a thumbnail's file that hold its size, with room for EXIF data before it. */
const headLength = 64 * 1024;

/** What is known of a picture by its first 64 KiB; most thumbnails are smaller. */
export interface MeasuredPicture {
  size: PixelSize;
  /** SHA-256 of these bytes, lower-case hexadecimal. */
  sha256: string;
}

/**
 * Reads the first bytes of a picture, and drops the rest.
 *
 * @returns undefined where they do not hold its size in pixels
 * @throws DownloadError, which the authorization was told of
 */
export async function measurePicture(
  { url, ...request }: OriginalRequest,
  client: OriginalClient,
): Promise<MeasuredPicture | undefined> {
  const { body } = await client.open(url, request);
  const parts: Buffer[] = [];
  let length = 0;
  try {
    // Leaving the loop drops the rest of the answer.
    for await (const chunk of body as AsyncIterable<Buffer>) {
      parts.push(chunk.subarray(0, headLength - length));
      length += chunk.length;
      if (length >= headLength) break;
    }
  } catch (error) {
    const failure = asDownloadError(error);
    if (failure instanceof DownloadError) client.failed(url, failure);
    throw failure;
  }
  const head = Buffer.concat(parts);
  const facts = new FactsOfHead();
  facts.take(head);
  const { width, height } = await facts.finish();
  if (width === undefined || height === undefined) return undefined;
  return { size: { width, height }, sha256: createHash('sha256').update(head).digest('hex') };
}
