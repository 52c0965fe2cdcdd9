import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import { asDownloadError, DownloadError, type OriginalAnswer } from './original-request.js';

/** Bytes from the start that are kept for reading the type, the size in pixels and the EXIF data. */
const headLength = 256 * 1024;
/** Bytes that telling the type of a file takes at the most (file-type's own figure). */
const typeSample = 4100;

/** An original on its way to disk: its type is known, its bytes are still to come. */
export interface IncomingOriginal {
  /** File name extension without a dot, such as jpg. */
  extension: string;
  contentType: string;
  /** The bytes; it fails with a DownloadError where they turn out not to be whole. */
  stream: Readable;
  /** What was learned, valid once the stream has ended well. */
  learned: { bytes: number; sha256: string; head: Buffer };
}

async function readSample(
  chunks: AsyncIterator<Buffer>,
): Promise<{ sample: Buffer; ended: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  while (length < typeSample) {
    const next = await chunks.next();
    if (next.done === true) return { sample: Buffer.concat(parts), ended: true };
    parts.push(next.value);
    length += next.value.length;
  }
  return { sample: Buffer.concat(parts), ended: false };
}

/**
 * Takes in the body of an answer: tells its type from its first bytes and checks, as it streams
 * through, that it is whole.
 *
 * @throws DownloadError if the body is empty, or is a web page in place of a picture
 */
export async function receiveOriginal(answer: OriginalAnswer): Promise<IncomingOriginal> {
  const chunks = answer.body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const { sample, ended } = await readSample(chunks).catch((error: unknown) => {
    throw asDownloadError(error);
  });
  try {
    if (sample.length === 0) throw new DownloadError('the answer is empty');
    const type = await fileTypeFromBuffer(sample);
    if (type === undefined && looksLikeMarkup(sample)) {
      throw new DownloadError('the server sent a web page in place of the picture');
    }
    const learned = { bytes: 0, sha256: '', head: Buffer.alloc(0) };
    return {
      extension: type?.ext ?? 'bin',
      contentType: type?.mime ?? 'application/octet-stream',
      stream: Readable.from(check(answer, chunks, sample, ended, learned), { objectMode: false }),
      learned,
    };
  } catch (error) {
    answer.body.destroy();
    throw error;
  }
}

function looksLikeMarkup(sample: Buffer): boolean {
  return /^(?:\uFEFF|\s)*<(?:!doctype|html|head|body|\?xml|!--)/i.test(
    sample.toString('utf8', 0, 1024),
  );
}

async function* check(
  answer: OriginalAnswer,
  chunks: AsyncIterator<Buffer>,
  sample: Buffer,
  ended: boolean,
  learned: IncomingOriginal['learned'],
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  const take = (chunk: Buffer): Buffer => {
    hash.update(chunk);
    if (learned.bytes < headLength) head.push(chunk);
    learned.bytes += chunk.length;
    return chunk;
  };
  try {
    yield take(sample);
    for (let done = ended; !done; ) {
      const next = await chunks.next();
      done = next.done === true;
      if (next.done !== true) yield take(next.value);
    }
  } catch (error) {
    throw asDownloadError(error);
  } finally {
    answer.body.destroy();
  }
  if (answer.announced !== undefined && answer.announced !== learned.bytes) {
    throw new DownloadError(
      `${answer.announced} bytes were announced, ${learned.bytes} bytes came`,
    );
  }
  learned.sha256 = hash.digest('hex');
  learned.head = Buffer.concat(head);
}
