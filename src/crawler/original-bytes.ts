import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import { contentKind } from '../picture/content-kind.js';
import { type EndCheck, endCheck } from '../picture/end-check.js';
import { asDownloadError, DownloadError, NotAnOriginalError } from './download-error.js';
import type { OriginalAnswer } from './original-request.js';

/** Bytes from the start that are kept for reading the size in pixels and the EXIF data. */
const headLength = 256 * 1024;
/** Bytes that telling the type of a file takes at the most (file-type's own figure). */
const typeSample = 4100;

/** Bytes that an original may have to be taken in as one piece, which costs less than a stream. */
const wholeInMemory = 1024 * 1024;

/** An original on its way to disk: its type is known; of a large one the bytes are still to come. */
export interface IncomingOriginal {
  /** File name extension without a dot, such as jpg. */
  extension: string;
  contentType: string;
  /** The bytes; a stream of them fails with a DownloadError where they turn out not to be whole. */
  content: Buffer | Readable;
  /** What was learned, valid once a stream has ended well. */
  learned: { bytes: number; sha256: string; head: Buffer };
}

/**
 * Asks for the rest of an original whose transfer broke off.
 *
 * @param from bytes that have come already
 * @param error why it broke off
 * @throws what ends the transfer for good
 */
export type Resume = (from: number, error: DownloadError) => Promise<OriginalAnswer>;

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
 * Takes in the body of an answer: tells its type from its first bytes and checks, as it comes, that
 * it is whole. A transfer that breaks off goes on where it stood.
 *
 * @throws DownloadError if the body is empty, is not what an album holds, or (a small one) not whole
 */
export async function receiveOriginal(
  answer: OriginalAnswer,
  resume: Resume,
): Promise<IncomingOriginal> {
  const chunks = answer.body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const { sample, ended } = await readSample(chunks).catch((error: unknown) => {
    throw asDownloadError(error);
  });
  try {
    if (sample.length === 0) throw new DownloadError('the answer is empty');
    const kind = contentKind(sample, await fileTypeFromBuffer(sample));
    if ('refused' in kind) throw new NotAnOriginalError(kind.refused);
    const original = new Passing(endCheck(kind.contentType));
    const bytes = original.pass(answer, chunks, sample, ended, resume);
    const { learned } = original;
    const { announced = Number.POSITIVE_INFINITY } = answer;
    if (announced > wholeInMemory) {
      return { ...kind, content: Readable.from(bytes, { objectMode: false }), learned };
    }
    return { ...kind, content: await inOnePiece(bytes, announced), learned };
  } catch (error) {
    answer.body.destroy();
    throw error;
  }
}

/** Collects bytes of which no more than `length` come, or an error. */
async function inOnePiece(bytes: AsyncIterable<Buffer>, length: number): Promise<Buffer> {
  const content = Buffer.allocUnsafeSlow(length);
  let position = 0;
  for await (const chunk of bytes) position += chunk.copy(content, position);
  return content;
}

/** One original while its bytes pass through. */
class Passing {
  readonly learned = { bytes: 0, sha256: '', head: Buffer.alloc(0) };
  readonly #hash = createHash('sha256');
  readonly #head: Buffer[] = [];

  constructor(private readonly end: EndCheck | undefined) {}

  async *pass(
    first: OriginalAnswer,
    chunks: AsyncIterator<Buffer>,
    sample: Buffer,
    ended: boolean,
    resume: Resume,
  ): AsyncGenerator<Buffer> {
    yield this.#take(sample);
    let answer = first;
    try {
      for (let done = ended, from = chunks; !done; ) {
        const next = await from.next().catch(asDownloadError);
        if (next instanceof DownloadError && answer.validator !== undefined) {
          answer.body.destroy();
          answer = await resume(this.learned.bytes, next);
          from = answer.body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
          continue;
        }
        if (!isResult(next)) throw next;
        done = next.done === true;
        if (next.done !== true) yield this.#take(next.value);
      }
    } finally {
      answer.body.destroy();
    }
    this.#finish(answer.announced);
  }

  #take(chunk: Buffer): Buffer {
    this.#hash.update(chunk);
    this.end?.take(chunk);
    if (this.learned.bytes < headLength) this.#head.push(chunk);
    this.learned.bytes += chunk.length;
    return chunk;
  }

  #finish(announced: number | undefined): void {
    const { bytes } = this.learned;
    if (announced !== undefined && announced !== bytes) {
      throw new DownloadError(
        `${announced} bytes were announced, ${bytes} bytes came`,
        'connection',
      );
    }
    if (this.end?.hasEnded === false) {
      throw new DownloadError(`the picture breaks off after ${bytes} bytes: its end is missing`);
    }
    this.learned.sha256 = this.#hash.digest('hex');
    this.learned.head = Buffer.concat(this.#head);
  }
}

function isResult(next: unknown): next is IteratorResult<Buffer> {
  return typeof next === 'object' && next !== null && 'done' in next;
}
