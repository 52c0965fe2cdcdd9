import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  asDownloadError,
  DamagedOriginalError,
  DownloadError,
  NotAnOriginalError,
} from '../http/download-error.js';
import type { OriginalAnswer } from '../http/original-client.js';
import { contentKind } from '../picture/content-kind.js';
import { type EndCheck, endCheck } from '../picture/end-check.js';
import { FactsOfHead } from '../picture/facts-of-head.js';
import { fileType, typeSample } from '../picture/file-type.js';
import type { PictureFacts } from '../picture/picture-facts.js';

/** An original of which every byte came. */
export interface ReceivedOriginal {
  /** File name extension without a dot, such as jpg. */
  extension: string;
  contentType: string;
  /** Size in bytes. */
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
  /** Whether its end is missing, as in an earlier try: the site itself has no more of it. */
  isDamaged: boolean;
  /** What the headers of a picture say. */
  picture: PictureFacts;
}

/**
 * Requests the rest of an original whose transfer broke off.
 *
 * @param from bytes that have come already
 * @param error why it broke off
 * @throws what ends the transfer for good
 */
export type Resume = (from: number, error: DownloadError) => Promise<OriginalAnswer>;

/** Receives the next bytes of an original, once its type is known; a promise holds up the rest. */
export type WriteBytes = (chunk: Buffer) => void | Promise<void>;

/**
 * Reads the body of an answer: recognises its type by its first bytes, writes all bytes, and checks
 * as they come that they are whole. A transfer that breaks off resumes where it stopped.
 *
 * @param write what it throws ends the transfer and is thrown on
 * @param knownDamage SHA-256 of the damaged originals that earlier tries brought at their announced
 *   length; the same bytes at that length are accepted
 * @throws DamagedOriginalError if its end is missing, though the answer has come to its end;
 *   DownloadError if the body is empty, is not what an album holds, or is not whole
 */
export async function receiveOriginal(
  answer: OriginalAnswer,
  resume: Resume,
  write: WriteBytes,
  knownDamage: readonly string[] = [],
): Promise<ReceivedOriginal> {
  const verifier = new Verifier(write);
  for (let part = answer; ; ) {
    const broken = await readBody(part.body, (chunk) => verifier.write(chunk)).finally(() =>
      part.body.destroy(),
    );
    if (broken === undefined) {
      return verifier.finish(part.announced ?? answer.announced, knownDamage);
    }
    const failure = asDownloadError(broken);
    const canResume = verifier.isTypeKnown && part.validator !== undefined;
    if (!canResume || !(failure instanceof DownloadError)) throw failure;
    part = await resume(verifier.bytes, failure);
  }
}

/**
 * Writes the chunks of a body, one after the other.
 *
 * @returns undefined at its end, or why it broke off before
 * @throws what `write` throws
 */
function readBody(body: Readable, write: WriteBytes): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let writing: void | Promise<void>;
    const refuse = (error: unknown) => {
      body.removeListener('data', onData);
      reject(error);
    };
    // Events rather than an iterator: an iterator makes several promises a chunk.
    const onData = (chunk: Buffer) => {
      try {
        writing = write(chunk);
        if (writing === undefined) return;
        body.pause();
        writing.then(() => body.resume(), refuse);
      } catch (error) {
        refuse(error);
      }
    };
    body.on('data', onData);
    body.once('end', () => {
      Promise.resolve(writing).then(() => resolve(undefined), refuse);
    });
    // The last chunk has to be written before the transfer may be resumed.
    const breakOff = (why: unknown) => {
      Promise.resolve(writing).then(() => resolve(why), refuse);
    };
    body.once('error', breakOff);
    body.once('close', () => {
      if (body.readableEnded) return;
      breakOff(new DownloadError('the connection broke off', 'connection'));
    });
  });
}

type Kind = { extension: string; contentType: string };

/** Checks one original as its bytes come, and writes them. */
class Verifier {
  readonly #hash = createHash('sha256');
  readonly #picture = new FactsOfHead();
  #kind: Kind | undefined;
  #end: EndCheck | undefined;
  /** The first bytes, until there are enough to recognise the type. */
  #sample: Buffer[] = [];
  #bytes = 0;

  constructor(private readonly output: WriteBytes) {}

  /** Bytes that have come so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether its type is known. With fewer bytes than that a transfer is not worth resuming. */
  get isTypeKnown(): boolean {
    return this.#kind !== undefined;
  }

  write(chunk: Buffer): void | Promise<void> {
    this.#bytes += chunk.length;
    if (this.#kind !== undefined) return this.#output(chunk);
    this.#sample.push(chunk);
    return this.#bytes < typeSample ? undefined : this.#recognise().then(() => undefined);
  }

  async finish(
    announced: number | undefined,
    knownDamage: readonly string[],
  ): Promise<ReceivedOriginal> {
    if (this.#bytes === 0) throw new DownloadError('the answer is empty');
    const kind = this.#kind ?? (await this.#recognise());
    if (announced !== undefined && announced !== this.#bytes) {
      throw new DownloadError(
        `${announced} bytes were announced, ${this.#bytes} bytes came`,
        'connection',
      );
    }
    const sha256 = this.#hash.digest('hex');
    const isDamaged = this.#end?.hasEnded === false;
    if (isDamaged && !(announced !== undefined && knownDamage.includes(sha256))) {
      const what = kind.contentType.startsWith('image/') ? 'picture' : 'file';
      const reason = `the ${what} breaks off after ${this.#bytes} bytes: its end is missing`;
      // Without a length a script that always stops at the same byte looks like this.
      throw new DamagedOriginalError(reason, announced === undefined ? undefined : sha256);
    }
    return {
      ...kind,
      bytes: this.#bytes,
      sha256,
      isDamaged,
      picture: await this.#picture.finish(),
    };
  }

  /** Recognises the type by the first bytes, and writes them. */
  async #recognise(): Promise<Kind> {
    const [first] = this.#sample;
    const sample =
      this.#sample.length === 1 && first !== undefined ? first : Buffer.concat(this.#sample);
    const kind = contentKind(sample, await fileType(sample));
    if ('refused' in kind) throw new NotAnOriginalError(kind.refused);
    this.#sample = [];
    this.#kind = kind;
    this.#end = endCheck(kind.contentType);
    await this.#output(sample);
    return kind;
  }

  #output(chunk: Buffer): void | Promise<void> {
    this.#hash.update(chunk);
    this.#end?.take(chunk);
    this.#picture.take(chunk);
    return this.output(chunk);
  }
}
