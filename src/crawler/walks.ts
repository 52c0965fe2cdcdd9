import { createHash } from 'node:crypto';

/** Walks of the album in one run at the most, before it is said to keep changing. */
const mostWalks = 4;

/** What comes after a listing page: the next page, another walk, or the end of walking. */
export type Step = 'next page' | 'next walk' | 'settled' | 'restless';

interface WalkState {
  lastPage: number;
  seen: Set<string>;
  /** Sum of the seen keys in any order: equal sets have equal sums. */
  digest: bigint;
  unreadable: string[];
  previousPage: string;
  pagesWithNews: number;
  pagesWithoutNews: number;
}

const newWalk = (): WalkState => ({
  lastPage: 0,
  seen: new Set(),
  digest: 0n,
  unreadable: [],
  previousPage: '',
  pagesWithNews: 0,
  pagesWithoutNews: 0,
});

function keyDigest(key: string): bigint {
  return createHash('sha256').update(key).digest().readBigUInt64BE();
}

/**
 * Decides how far an album has to be walked. A walk ends at a page without photos, or at one that
 * shows the very photos of the page before it (sites that repeat their last page). A page of photos
 * already seen does not end it: when photos are added in mid-walk, pages shift back. When photos
 * are removed in mid-walk, pages shift forward, and what slides onto a page already read is missed
 * without a trace; so the album counts as walked once two walks in a row list the same photos.
 */
export class AlbumWalks {
  #number = 1;
  #current = newWalk();
  #previous: { listed: number; digest: bigint } | undefined;

  /** The number of the walk under way, from 1. */
  get number(): number {
    return this.#number;
  }

  /** How many photos the walk under way (or, after the end, the last one) has listed. */
  get listed(): number {
    return this.#current.seen.size;
  }

  /** Rows of that walk that could not be read as photos, each in a sentence. */
  get unreadable(): readonly string[] {
    return this.#current.unreadable;
  }

  /**
   * Takes in a listing page and says what comes next. A page that was taken in already (its request
   * was retried) is not taken in again: the answer is the same.
   *
   * @param number the page's number, from 1
   * @param keys the photos on the page, in order
   * @param rows rows found on the page, readable or not; 0 where the page is past the end
   * @param unreadable a sentence for each row that could not be read
   */
  page(number: number, keys: readonly string[], rows: number, unreadable: readonly string[]): Step {
    const walk = this.#current;
    if (number === walk.lastPage) return 'next page';
    walk.lastPage = number;
    const page = JSON.stringify([keys, unreadable]);
    if (rows === 0 || page === walk.previousPage) return this.#end();
    walk.previousPage = page;
    walk.unreadable.push(...unreadable);
    const before = walk.seen.size;
    for (const key of keys) {
      if (walk.seen.has(key)) continue;
      walk.seen.add(key);
      walk.digest ^= keyDigest(key);
    }
    if (walk.seen.size > before) {
      walk.pagesWithNews += 1;
      walk.pagesWithoutNews = 0;
    } else {
      walk.pagesWithoutNews += 1;
    }
    // Pages shift back by what was added, never by more than was read: beyond that the site is
    // going round in circles.
    return walk.pagesWithoutNews > walk.pagesWithNews ? this.#end() : 'next page';
  }

  #end(): Step {
    const { seen, digest } = this.#current;
    const same = this.#previous?.listed === seen.size && this.#previous.digest === digest;
    if (same) return 'settled';
    if (this.#number === mostWalks) return 'restless';
    this.#previous = { listed: seen.size, digest };
    this.#number += 1;
    this.#current = newWalk();
    return 'next walk';
  }
}
