/** As much of a SHA-256 as a number holds exactly: 52 of its bits, of 13 hexadecimal digits. */
const markOf = (sha256: string): number => Number.parseInt(sha256.slice(0, 13), 16);

/**
 * Which contents came more than once, as far as a part of their SHA-256 tells: it takes a number a
 * file, since albums can be large. What it finds is to be looked at again by the whole SHA-256.
 */
export class RepeatedContent {
  readonly #seen = new Set<number>();
  readonly #repeated = new Set<number>();

  /** @param sha256 of a file, hexadecimal */
  add(sha256: string): void {
    const mark = markOf(sha256);
    if (this.#seen.has(mark)) this.#repeated.add(mark);
    else this.#seen.add(mark);
  }

  /** Whether any content may have come more than once. */
  get mayRepeat(): boolean {
    return this.#repeated.size > 0;
  }

  /** Whether this content may have come more than once; if not, it has not. */
  mayBeRepeated(sha256: string): boolean {
    return this.#repeated.has(markOf(sha256));
  }
}
