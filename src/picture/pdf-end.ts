/** Bytes at the end of the file among which the marker has to be; readers look for it in 1,024. */
const tailLength = 4096;

/**
 * The end of a PDF (ISO 32000-1, section 7.5.5). An offset of 0 stands at the start of a linearized
 * file, whose true end comes later (annex F.3.4).
 */
const fileEnd = /startxref\s+0*[1-9]\d*\s+%%EOF/;

/** Looks for the end of a PDF in the last bytes that have come: an `EndCheck`. */
export class PdfEnd {
  #tail = Buffer.alloc(0);

  take(chunk: Uint8Array): void {
    const joined = Buffer.concat([this.#tail, chunk.subarray(-tailLength)]);
    this.#tail = Buffer.from(joined.subarray(-tailLength));
  }

  get hasEnded(): boolean {
    return fileEnd.test(this.#tail.toString('latin1'));
  }
}
