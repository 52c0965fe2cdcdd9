import type { FaultRequest } from '../../src/replica/fault/fault.js';

/** What a run of the program has asked for so far. */
interface SeenRun {
  requests: number;
  /** Pages of the album, asked for by who is signed in. */
  pages: number;
  originals: number;
  /** Originals that an earlier run had asked for already. */
  originalsAgain: number;
  /** When the first original was asked for, on the clock of `performance.now()`. */
  firstOriginalAt: number | undefined;
}

const newRun = (): SeenRun => ({
  requests: 0,
  pages: 0,
  originals: 0,
  originalsAgain: 0,
  firstOriginalAt: undefined,
});

/** Sees every request at a replica as it comes, and tells what several runs asked for. */
export class RequestWitness {
  /** What the run under way has asked for. */
  run: SeenRun = newRun();
  /** Requests for originals, over all runs. */
  originals = 0;
  readonly #asked = new Set<string>();
  readonly #waiting = new Set<() => void>();

  /** How many photos were asked for at least once. */
  get photosAsked(): number {
    return this.#asked.size;
  }

  /** Begins to count for a new run. */
  beginRun(): void {
    this.run = newRun();
    this.#waiting.clear();
  }

  /** Is to be the replica's `fault` hook: it makes nothing go wrong. */
  readonly hook = ({ kind, photoId, signedIn }: FaultRequest): undefined => {
    this.run.requests += 1;
    if (kind === 'page' && signedIn) this.run.pages += 1;
    if (kind === 'original' && photoId !== undefined) this.#noteOriginal(photoId);
    for (const look of this.#waiting) look();
  };

  /** Resolves once the condition holds after some request of the run under way. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
    });
  }

  #noteOriginal(photoId: string): void {
    this.originals += 1;
    this.run.originals += 1;
    this.run.firstOriginalAt ??= performance.now();
    if (this.#asked.has(photoId)) this.run.originalsAgain += 1;
    this.#asked.add(photoId);
  }
}
