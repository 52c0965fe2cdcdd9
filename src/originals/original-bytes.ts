import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import { asDownloadError, DownloadError, NotAnOriginalError } from '../http/download-error.js';
import type { OriginalAnswer } from '../http/original-client.js';
import { contentKind } from '../picture/content-kind.js';
import { type EndCheck, endCheck } from '../picture/end-check.js';

/** Bytes from the start that are kept for reading the size in pixels and the EXIF data. */
const headLength = 256 * 1024;
/** Bytes that telling the type of a file takes at the most (file-type's own figure). */
const typeSample = 4100;

/** An original that came whole. */
export interface ReceivedOriginal {
  /** File name extension without a dot, such as jpg. */
  extension: string;
  contentType: string;
  /** Size in bytes. */
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
  /** The first bytes, at least 256 KiB where there are as many. */
  head: Buffer;
}

/**
 * Asks for the rest of an original whose transfer broke off.
 *
 * @param from bytes that have come already
 * @param error why it broke off
 * @throws what ends the transfer for good
 */
export type Resume = (from: number, error: DownloadError) => Promise<OriginalAnswer>;

/** Takes the next bytes of an original, once its type is known to be one; a promise asks to wait. */
export type TakeBytes = (chunk: Buffer) => void | Promise<void>;

/**
 * Takes in the body of an answer: tells its type from its first bytes, hands all bytes on, and checks
 * as they come that they are whole. A transfer that breaks off goes on where it stood.
 *
 * @param take what it throws ends the transfer and comes out
 * @throws DownloadError if the body is empty, is not what an album holds, or is not whole
 */
export async function receiveOriginal(
  answer: OriginalAnswer,
  resume: Resume,
  take: TakeBytes,
): Promise<ReceivedOriginal> {
  const passing = new Verifier(take);
  for (let part = answer; ; ) {
    const broken = await handedOn(part.body, (chunk) => passing.take(chunk)).finally(() =>
      part.body.destroy(),
    );
    if (broken === undefined) return passing.finish(part.announced ?? answer.announced);
    const failure = asDownloadError(broken);
    const canGoOn = passing.isTold && part.validator !== undefined;
    if (!canGoOn || !(failure instanceof DownloadError)) throw failure;
    part = await resume(passing.bytes, failure);
  }
}

/**
 * Hands the chunks of a body on, one after the other.
 *
 * @returns undefined at its end, or why it broke off before
 * @throws what `take` throws
 */
function handedOn(body: Readable, take: TakeBytes): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let taking: void | Promise<void>;
    const refuse = (error: unknown) => {
      body.removeListener('data', onData);
      reject(error);
    };
    // Events rather than an iterator: an iterator makes several promises a chunk.
    const onData = (chunk: Buffer) => {
      try {
        taking = take(chunk);
        if (taking === undefined) return;
        body.pause();
        taking.then(() => body.resume(), refuse);
      } catch (error) {
        refuse(error);
      }
    };
    body.on('data', onData);
    body.once('end', () => {
      Promise.resolve(taking).then(() => resolve(undefined), refuse);
    });
    // What was handed on has to be taken before more may come.
    const breakOff = (why: unknown) => {
      Promise.resolve(taking).then(() => resolve(why), refuse);
    };
    body.once('error', breakOff);
    body.once('close', () => {
      if (body.readableEnded) return;
      breakOff(new DownloadError('the connection broke off', 'connection'));
    });
  });
}

type Kind = { extension: string; contentType: string };

/** One original while its bytes pass through. */
class Verifier {
  readonly #hash = createHash('sha256');
  readonly #head: Buffer[] = [];
  #kind: Kind | undefined;
  #end: EndCheck | undefined;
  /** The first bytes, until there are enough to tell the type. */
  #sample: Buffer[] = [];
  #bytes = 0;
  #headBytes = 0;

  constructor(private readonly handOn: TakeBytes) {}

  /** Bytes that have come so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether its type is known. Fewer bytes than tell it are not worth going on from. */
  get isTold(): boolean {
    return this.#kind !== undefined;
  }

  take(chunk: Buffer): void | Promise<void> {
    this.#bytes += chunk.length;
    if (this.#kind !== undefined) return this.#pass(chunk);
    this.#sample.push(chunk);
    return this.#bytes < typeSample ? undefined : this.#tell().then(() => undefined);
  }

  async finish(announced: number | undefined): Promise<ReceivedOriginal> {
    if (this.#bytes === 0) throw new DownloadError('the answer is empty');
    const kind = this.#kind ?? (await this.#tell());
    if (announced !== undefined && announced !== this.#bytes) {
      throw new DownloadError(
        `${announced} bytes were announced, ${this.#bytes} bytes came`,
        'connection',
      );
    }
    if (this.#end?.hasEnded === false) {
      throw new DownloadError(
        `the picture breaks off after ${this.#bytes} bytes: its end is missing`,
      );
    }
    return {
      ...kind,
      bytes: this.#bytes,
      sha256: this.#hash.digest('hex'),
      head: Buffer.concat(this.#head),
    };
  }

  /** Tells the type from the first bytes, and lets them pass. */
  async #tell(): Promise<Kind> {
    const [first] = this.#sample;
    const sample =
      this.#sample.length === 1 && first !== undefined ? first : Buffer.concat(this.#sample);
    const kind = contentKind(sample, await fileTypeFromBuffer(sample.subarray(0, typeSample)));
    if ('refused' in kind) throw new NotAnOriginalError(kind.refused);
    this.#sample = [];
    this.#kind = kind;
    this.#end = endCheck(kind.contentType);
    await this.#pass(sample);
    return kind;
  }

  #pass(chunk: Buffer): void | Promise<void> {
    this.#hash.update(chunk);
    this.#end?.take(chunk);
    if (this.#headBytes < headLength) {
      this.#head.push(chunk);
      this.#headBytes += chunk.length;
    }
    return this.handOn(chunk);
  }
}
