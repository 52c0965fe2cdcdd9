import { readJpegFacts } from './jpeg-facts.js';
import { JpegHeaders } from './jpeg-headers.js';
import { type PictureFacts, readPictureFacts } from './picture-facts.js';

/** Bytes that are kept of a file's headers at the most. */
const mostBytes = 256 * 1024;

/**
 * Reads a picture's facts from its first bytes as they come, and keeps no more of them than that
 * takes: of a JPEG its headers, of any other file 256 KiB.
 */
export class FactsOfHead {
  readonly #headers = new JpegHeaders();
  #kept: Buffer[] = [];
  #keptBytes = 0;
  /** Of a JPEG, once its first scan has begun. */
  #facts: PictureFacts | undefined;

  /** Processes the next bytes of the file; any number of them. */
  take(chunk: Buffer): void {
    if (this.#facts !== undefined || this.#keptBytes >= mostBytes) return;
    for (const part of this.#headers.take(chunk)) this.#keep(part);
    if (!this.#headers.areOver) return;
    this.#facts = readJpegFacts(this.#kept);
    this.#kept = [];
  }

  /** The facts, once the file has ended. */
  async finish(): Promise<PictureFacts> {
    if (this.#facts !== undefined) return this.#facts;
    this.#keep(this.#headers.finish());
    return readPictureFacts(Buffer.concat(this.#kept));
  }

  #keep(part: Buffer): void {
    this.#kept.push(part);
    this.#keptBytes += part.length;
  }
}
