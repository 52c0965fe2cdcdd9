import { asDownloadError, DownloadError } from '../http/download-error.js';
import type { OriginalClient } from '../http/original-client.js';
import { readPictureFacts } from '../picture/picture-facts.js';
import type { PixelSize } from '../picture/pixel-size.js';

/** Bytes of a thumbnail's file that hold its size, with room for EXIF data before it. */
const headLength = 64 * 1024;

/**
 * Reads as much of a picture as tells its size, and gives up the rest.
 *
 * @param opening the headers that open the address, from the gate
 * @returns undefined where its bytes do not tell
 * @throws DownloadError, of which the gate was told
 */
export async function measurePicture(
  url: string,
  opening: Readonly<Record<string, string>>,
  client: OriginalClient,
): Promise<PixelSize | undefined> {
  const { body } = await client.open(url, { opening });
  const parts: Buffer[] = [];
  let length = 0;
  try {
    // Leaving the loop gives up the rest of the answer.
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
