/** What a walk over a file asks for before it goes on. */
export type Step =
  /** The next byte. */
  | { readonly kind: 'byte' }
  /** Everything up to and with the next byte of this value; that byte is answered. */
  | { readonly kind: 'past'; readonly value: number }
  /** That many bytes, at least one, unread; the last of them is answered. */
  | { readonly kind: 'skip'; readonly count: number };

/**
 * A walk over the bytes of a file from its start, written as if they all lay there: each yield asks
 * for something and is answered with one byte. It returns true where the file's own end has come,
 * false where the end can no longer be told.
 */
export type ByteWalk = Generator<Step, boolean, number>;

/** A part of a walk, which gives `Result` to the walk it is part of. */
export type WalkPart<Result> = Generator<Step, Result, number>;

/** Asks for the next byte. */
export const nextByte: Step = { kind: 'byte' };

/** Goes `count` bytes on without reading them. */
export function* skip(count: number): WalkPart<void> {
  if (count > 0) yield { kind: 'skip', count };
}

/** Reads an unsigned number of `length` bytes, its highest byte first. */
export function* bigEndian(length: number): WalkPart<number> {
  let value = 0;
  for (let index = 0; index < length; index++) value = value * 256 + (yield nextByte);
  return value;
}

/** Reads an unsigned number of `length` bytes, its lowest byte first. */
export function* littleEndian(length: number): WalkPart<number> {
  let value = 0;
  for (let index = 0; index < length; index++) value += (yield nextByte) * 256 ** index;
  return value;
}

/** Reads as many bytes as `expected` has characters (Latin-1) and tells whether they are the same. */
export function* reads(expected: string): WalkPart<boolean> {
  for (let index = 0; index < expected.length; index++) {
    if ((yield nextByte) !== expected.charCodeAt(index)) return false;
  }
  return true;
}

/**
 * Leads a walk over a file that comes in chunks. Nothing of a chunk is kept.
 *
 * @param walk a walk that has not begun; it must ask for at least one byte
 */
export class ChunkedWalk {
  readonly #walk: ByteWalk;
  /** What the walk waits for; undefined once it is over. */
  #step: Step | undefined;
  /** Bytes still to skip, where the walk waits for a skip. */
  #toSkip = 0;
  #hasEnded = false;

  constructor(walk: ByteWalk) {
    this.#walk = walk;
    this.#await(walk.next());
  }

  /** Whether the walk has come to the file's own end. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Takes the next bytes of the file; any number of them. */
  take(chunk: Uint8Array): void {
    let position = 0;
    while (this.#step !== undefined && position < chunk.length) {
      position = this.#follow(this.#step, chunk, position);
    }
  }

  /** Follows a step as far as the chunk goes; gives the position of the first byte not used up. */
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
