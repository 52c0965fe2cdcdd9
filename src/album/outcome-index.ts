import type { Album } from './album.js';
import type { Outcome } from './photo.js';

/** How an album stands, counted over the photos of its last walk. */
export interface Tally {
  /** Photos that the album listed. */
  listed: number;
  /** Of those: saved by this run. */
  saved: number;
  /** Of those: saved before this run. */
  alreadyHad: number;
  /** Of those: tried and not saved. */
  failed: number;
  /** Of those: neither saved nor failed. */
  pending: number;
  /** Saved photos that the album no longer lists; they are kept. */
  left: number;
}

/**
 * What became of each photo, by key: read once from the album's outcomes, of which the last one of
 * a photo counts, then kept up with the run. It holds no more than counting needs, since albums can
 * be large.
 */
export class OutcomeIndex {
  readonly #savedBefore = new Set<string>();
  readonly #savedNow = new Set<string>();
  readonly #failuresBefore = new Map<string, number>();
  readonly #failedNow = new Set<string>();

  /** Reads the outcomes of all earlier runs. */
  static async read(album: Album): Promise<OutcomeIndex> {
    const ledger = new OutcomeIndex();
    for await (const { key, status } of album.outcomes()) {
      if (status === 'saved') {
        ledger.#savedBefore.add(key);
      } else {
        // A photo that was saved is so no longer once its file was found lost.
        ledger.#savedBefore.delete(key);
        ledger.#failuresBefore.set(key, ledger.failuresBefore(key) + 1);
      }
    }
    return ledger;
  }

  /** Enters an outcome of this run. */
  record(outcome: Outcome): void {
    if (outcome.status === 'failed') this.#failedNow.add(outcome.key);
    else if (!this.#savedBefore.has(outcome.key)) this.#savedNow.add(outcome.key);
  }

  /** Whether the photo is saved, by this run or an earlier one. */
  isSaved(key: string): boolean {
    return this.#savedBefore.has(key) || this.#savedNow.has(key);
  }

  /** Whether an earlier run saved the photo. */
  wasSavedBefore(key: string): boolean {
    return this.#savedBefore.has(key);
  }

  /**
   * How many times the photo failed in earlier runs. It never goes down, not even when the photo is
   * saved: each failure asks for a request of its own, and a queue takes no request twice.
   */
  failuresBefore(key: string): number {
    return this.#failuresBefore.get(key) ?? 0;
  }

  /** Counts the album's last listing against what became of each photo. */
  async tally(album: Album): Promise<Tally> {
    const tally: Tally = { listed: 0, saved: 0, alreadyHad: 0, failed: 0, pending: 0, left: 0 };
    for await (const { key } of album.listing()) {
      tally.listed += 1;
      if (this.#savedNow.has(key)) tally.saved += 1;
      else if (this.#savedBefore.has(key)) tally.alreadyHad += 1;
      else if (this.#failedNow.has(key) || this.#failuresBefore.has(key)) tally.failed += 1;
      else tally.pending += 1;
    }
    const kept = this.#savedBefore.size + this.#savedNow.size;
    return { ...tally, left: kept - tally.saved - tally.alreadyHad };
  }
}
