import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** All bytes of an original, however they come. */
export async function contentBytes(content: Buffer | Readable): Promise<Buffer> {
  return Buffer.isBuffer(content) ? content : buffer(content);
}
