import { jpegHeaders } from './jpeg-headers.js';
import { type PictureFacts, readPictureFacts } from './picture-facts.js';

/** Bytes from the start of a file that are read at the most. */
const mostBytes = 256 * 1024;

/**
 * Reads a picture's facts from its first bytes as they come, and keeps no more of them than that
 * takes: of a JPEG as much as stands before its first scan, of any other file 256 KiB.
 */
export class FactsOfHead {
  #parts: Buffer[] = [];
  #bytes = 0;
  /** Bytes at which to look for a JPEG's first scan next. */
  #nextLook = 0;
  #facts: PictureFacts | undefined;

  /** Processes the next bytes of the file; any number of them. */
  take(chunk: Buffer): void {
    if (this.#facts !== undefined) return;
    this.#parts.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes >= mostBytes) this.#read(this.#joined());
    else if (this.#bytes >= this.#nextLook) this.#look();
  }

  /** The facts, once the file has ended. */
  finish(): PictureFacts {
    return this.#facts ?? this.#read(this.#joined());
  }

  #look(): void {
    const bytes = this.#joined();
    const headers = jpegHeaders(bytes);
    if (headers !== undefined) this.#read(headers);
    // Else one that comes in many small chunks would be joined and walked at each of them.
    else this.#nextLook = 2 * bytes.length;
  }

  #read(head: Buffer): PictureFacts {
    this.#parts = [];
    this.#facts = readPictureFacts(head);
    return this.#facts;
  }

  #joined(): Buffer {
    const [first] = this.#parts;
    const joined = this.#parts.length === 1 && first ? first : Buffer.concat(this.#parts);
    this.#parts = [joined];
    return joined;
  }
}
