import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { DiskError } from '../../errors.js';
import type { CheckedFile } from './object-store.js';

/** Bytes of a part. S3 takes 10,000 parts: files up to 320 GB. */
const partSize = 32 * 2 ** 20;

/** Where a file goes. */
interface Target {
  client: S3Client;
  Bucket: string;
  Key: string;
}

/**
 * Puts a large file in parts (S3's multipart upload). The server checks the SHA-256 of every part; that
 * of the whole is computed while it is read, and parts of a file that has changed never become an object.
 */
export async function putInParts(
  { client, ...target }: Target,
  file: CheckedFile,
  signal?: AbortSignal,
): Promise<void> {
  const { Upload } = await import('@aws-sdk/lib-storage');
  const hash = createHash('sha256');
  async function* checked(): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(file.path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      yield chunk;
    }
    if (hash.digest('hex') !== file.sha256) {
      throw new DiskError(
        `${file.path} no longer has the SHA-256 that it was saved with. Check the disk and the memory of this machine.`,
      );
    }
  }
  const upload = new Upload({
    client,
    params: { ...target, Body: Readable.from(checked()) },
    partSize,
    queueSize: 2,
  });
  const abort = () => void upload.abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    signal?.throwIfAborted();
    await upload.done();
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
