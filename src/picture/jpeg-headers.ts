const markerPrefix = 0xff;
const startOfScan = 0xda;
const app1 = 0xe1;

type Place = 'start' | 'headers' | 'scan' | 'elsewhere';

/** Bytes of a segment that is passed on whatever it holds. */
const shortSegment = 4096;

/**
 * Passes on what stands before the first scan of a JPEG (ITU-T T.81, section B.2.1), without the
 * long segments that are no EXIF data: other metadata, comments, previews, colour profiles. The
 * first segment is passed on in any case, since readers of JPEG look for the size only behind it.
 *
 * Of a file that is no JPEG it passes on everything, and of a JPEG all that follows fill bytes
 * (B.1.1.2) or stray ones between two segments: readers differ in how they pass over those.
 */
export class JpegHeaders {
  /** What has come and was neither passed on nor dropped. */
  #pending: Buffer = Buffer.alloc(0);
  #bytesToDrop = 0;
  #segments = 0;
  #place: Place = 'start';

  /** Whether the first scan has begun: nothing more will be passed on. */
  get areOver(): boolean {
    return this.#place === 'scan';
  }

  /** Processes the next bytes of the file; any number of them. */
  take(chunk: Buffer): Buffer[] {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const passed: Buffer[] = [];
    for (let length = this.#nextPart(); length !== undefined; length = this.#nextPart()) {
      passed.push(this.#pending.subarray(0, length));
      this.#pending = this.#pending.subarray(length);
    }
    return passed;
  }

  /** What is left, once the file has ended: a part of a segment. */
  finish(): Buffer {
    return this.areOver ? Buffer.alloc(0) : this.#pending;
  }

  /** Length of the next part to pass on, or undefined until more has come. */
  #nextPart(): number | undefined {
    if (this.#place === 'start') return this.#start();
    const length = this.#place === 'headers' ? this.#nextSegment() : undefined;
    if (this.#place !== 'elsewhere') return length;
    return this.#pending.length === 0 ? undefined : this.#pending.length;
  }

  /** Length of the next segment to pass on; those before it are dropped. */
  #nextSegment(): number | undefined {
    for (;;) {
      this.#drop();
      if (this.#pending.length < 4) return undefined;
      this.#place = placeBefore(this.#pending);
      if (this.#place !== 'headers') return undefined;
      // The length counts its own two bytes (B.1.1.4).
      const length = 2 + this.#pending.readUInt16BE(2);
      const isWanted = this.#isWanted(length);
      if (isWanted === undefined) return undefined;
      this.#segments += 1;
      if (isWanted) return length;
      this.#bytesToDrop = length;
    }
  }

  #start(): number | undefined {
    if (this.#pending.length < 2) return undefined;
    this.#place = this.#pending.readUInt16BE() === 0xffd8 ? 'headers' : 'elsewhere';
    return 2;
  }

  /** Whether to pass on the segment of that length, or undefined until more of it has come. */
  #isWanted(length: number): boolean | undefined {
    const isWhole = this.#pending.length >= length;
    if (length <= shortSegment || this.#segments === 0) return isWhole || undefined;
    if (this.#pending.length < 8) return undefined;
    const isExif = this.#pending[1] === app1 && this.#pending.toString('latin1', 4, 8) === 'Exif';
    return isExif ? isWhole || undefined : false;
  }

  #drop(): void {
    const dropped = Math.min(this.#bytesToDrop, this.#pending.length);
    this.#bytesToDrop -= dropped;
    this.#pending = this.#pending.subarray(dropped);
  }
}

/** Where a walk is that has come to the end of a segment. */
function placeBefore([prefix, code]: Buffer): Place {
  if (prefix !== markerPrefix || code === markerPrefix) return 'elsewhere';
  return code === startOfScan ? 'scan' : 'headers';
}
