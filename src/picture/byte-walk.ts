/** What a walk needs next. The file is whole if it ends within a step that it may end in. */
export type Step = { readonly mayEnd?: true } & /** The next byte. */ (
  | { readonly kind: 'byte' }
  /** Skip to the next byte of this value, and give that byte. */
  | { readonly kind: 'past'; readonly value: number }
  /** Skip this many bytes, at least one, and give the last of them. */
  | { readonly kind: 'skip'; readonly count: number }
);

/**
 * A walk over the bytes of a file from its start. Each yield asks for a step and receives one byte.
 * It returns true at the file's own end, or where nothing says that more has to come; false if the
 * file is none of its kind, or its end cannot come any more.
 */
export type ByteWalk = Generator<Step, boolean, number>;

/** A part of a walk, which returns `Result` to the rest of it. */
export type WalkPart<Result> = Generator<Step, Result, number>;

export const nextByte: Step = { kind: 'byte' };
/** The next byte, where the file may also end. */
export const byteOrEnd: Step = { kind: 'byte', mayEnd: true };

export function* skip(count: number): WalkPart<void> {
  if (count > 0) yield { kind: 'skip', count };
}

/** Skips bytes within which the file may end. */
export function* skipOrEnd(count: number): WalkPart<void> {
  if (count > 0) yield { kind: 'skip', count, mayEnd: true };
}

/** Reads an unsigned number of `length` bytes, highest byte first. */
export function* bigEndian(length: number, byte = nextByte): WalkPart<number> {
  let value = 0;
  for (let index = 0; index < length; index++) value = value * 256 + (yield byte);
  return value;
}

/** Reads an unsigned number of `length` bytes, lowest byte first. */
export function* littleEndian(length: number): WalkPart<number> {
  let value = 0;
  for (let index = 0; index < length; index++) value += (yield nextByte) * 256 ** index;
  return value;
}

/** Reads as many bytes as `expected` has characters (Latin-1); true if they are equal. */
export function* reads(expected: string): WalkPart<boolean> {
  for (let index = 0; index < expected.length; index++) {
    if ((yield nextByte) !== expected.charCodeAt(index)) return false;
  }
  return true;
}

/**
 * Runs a walk over a file that arrives in chunks. No chunk is kept.
 *
 * @param walk a new walk; it must ask for at least one byte
 */
export class ChunkedWalk {
  readonly #walk: ByteWalk;
  /** The step that the walk waits for; undefined once it is over. */
  #step: Step | undefined;
  /** Bytes still to skip in that step. */
  #toSkip = 0;
  #hasEnded = false;

  constructor(walk: ByteWalk) {
    this.#walk = walk;
    this.#await(walk.next());
  }

  /** Whether the walk has reached the file's own end, or a place where it may end. */
  get hasEnded(): boolean {
    return this.#hasEnded || this.#step?.mayEnd === true;
  }

  /** Processes the next bytes of the file; any number of them. */
  take(chunk: Uint8Array): void {
    let position = 0;
    while (this.#step !== undefined && position < chunk.length) {
      position = this.#follow(this.#step, chunk, position);
    }
  }

  /** Runs a step within the chunk; returns the position of the first unused byte. */
  #follow(step: Step, chunk: Uint8Array, position: number): number {
    let last: number;
    if (step.kind === 'byte') {
      last = position;
    } else if (step.kind === 'past') {
      last = chunk.indexOf(step.value, position);
      if (last === -1) return chunk.length;
    } else {
      const skipped = Math.min(this.#toSkip, chunk.length - position);
      this.#toSkip -= skipped;
      if (this.#toSkip > 0) return chunk.length;
      last = position + skipped - 1;
    }
    this.#await(this.#walk.next(chunk[last] as number));
    return last + 1;
  }

  #await(next: IteratorResult<Step, boolean>): void {
    if (next.done === true) {
      this.#step = undefined;
      this.#hasEnded = next.value;
      return;
    }
    this.#step = next.value;
    if (next.value.kind === 'skip') this.#toSkip = next.value.count;
  }
}
