import { createHash } from 'node:crypto';

/** Walks of the album in one run at the most, before it is said to keep changing. */
const mostWalks = 4;
/** Pages without photos in a row that end a walk: one alone may be the site's mistake. */
const emptyPagesToEnd = 2;

/** What comes after a listing page: the next page, another walk, or the end of walking. */
export type Step = 'next page' | 'next walk' | 'settled' | 'restless';

/** What a listing page showed, as far as walking goes. */
export interface WalkedPage {
  /** The photos, in order. */
  keys: readonly string[];
  /** Rows found, readable or not; 0 where the page has none. */
  rows: number;
  /** A sentence for each row that could not be read. */
  unreadable: readonly string[];
  /** The furthest page that the page links to, if it links to any. */
  furthestLink?: number | undefined;
}

interface WalkState {
  seen: Set<string>;
  /** Sum of the seen keys in any order: equal sets have equal sums. */
  digest: bigint;
  unreadable: string[];
  unreadableSeen: Set<string>;
  previousPage: string;
  /** The last page that had rows of its own. */
  lastPage: number;
  furthestLink: number;
  emptyPages: number;
  pagesWithNews: number;
  pagesWithoutNews: number;
}

const newWalk = (): WalkState => ({
  seen: new Set(),
  digest: 0n,
  unreadable: [],
  unreadableSeen: new Set(),
  previousPage: '',
  lastPage: 0,
  furthestLink: 0,
  emptyPages: 0,
  pagesWithNews: 0,
  pagesWithoutNews: 0,
});

function keyDigest(key: string): bigint {
  return createHash('sha256').update(key).digest().readBigUInt64BE();
}

/**
 * Decides how far an album has to be walked. A walk ends at two pages in a row without photos, or
 * at one that shows the very photos of the page before it (sites that repeat their last page). A
 * page of photos already seen does not end it: when photos are added in mid-walk, pages shift back.
 * When photos are removed in mid-walk, pages shift forward, and what slides onto a page already
 * read is missed without a trace; so the album counts as walked once two walks in a row list the
 * same photos.
 */
export class AlbumWalks {
  #number = 1;
  #current = newWalk();
  #previous: { listed: number; digest: bigint } | undefined;
  #taken: { walk: number; page: number; step: Step } | undefined;
  #lastPage = 0;
  #cut = false;

  /** @param mostPages pages of one walk at the most, against pages without end */
  constructor(private readonly mostPages = Number.POSITIVE_INFINITY) {}

  /** The number of the walk under way, from 1. */
  get number(): number {
    return this.#number;
  }

  /** How many photos the walk under way (or, after the end, the last one) has listed. */
  get listed(): number {
    return this.#current.seen.size;
  }

  /** What could not be read in that walk, each in a sentence that names the page. */
  get unreadable(): readonly string[] {
    return this.#current.unreadable;
  }

  /** The last page with photos of the walk that ended last. */
  get lastPage(): number {
    return this.#lastPage;
  }

  /** Whether a walk was given up because it had too many pages. */
  get cut(): boolean {
    return this.#cut;
  }

  /**
   * Takes in a listing page and says what comes next. A page that was taken in last (its request
   * was retried) is not taken in again: the answer is the same.
   *
   * @param walk the walk that the page belongs to, from 1
   * @param number the page's number, from 1
   */
  page(walk: number, number: number, page: WalkedPage): Step {
    if (this.#taken?.walk === walk && this.#taken.page === number) return this.#taken.step;
    const step = this.#next(number, page);
    this.#taken = { walk, page: number, step };
    return step;
  }

  #next(number: number, { keys, rows, unreadable, furthestLink = 0 }: WalkedPage): Step {
    const walk = this.#current;
    walk.furthestLink = Math.max(walk.furthestLink, furthestLink);
    if (rows === 0) {
      walk.emptyPages += 1;
      return walk.emptyPages === emptyPagesToEnd ? this.#end() : 'next page';
    }
    const page = JSON.stringify([keys, unreadable]);
    if (page === walk.previousPage) return this.#end();
    if (walk.emptyPages > 0) {
      walk.unreadable.push(`page ${number - 1} shows no photo, although page ${number} does`);
      walk.emptyPages = 0;
    }
    walk.previousPage = page;
    walk.lastPage = number;
    if (this.#takeIn(number, keys, unreadable)) {
      walk.pagesWithNews += 1;
      walk.pagesWithoutNews = 0;
    } else {
      walk.pagesWithoutNews += 1;
    }
    if (number >= this.mostPages) {
      this.#cut = true;
      return this.#end();
    }
    // Pages shift back by what was added, never by more than was read: beyond that the site is
    // going round in circles.
    return walk.pagesWithoutNews > walk.pagesWithNews ? this.#end() : 'next page';
  }

  /** Takes in photos and unreadable rows; says whether any of them is new to the walk. */
  #takeIn(number: number, keys: readonly string[], unreadable: readonly string[]): boolean {
    const walk = this.#current;
    const before = walk.seen.size + walk.unreadableSeen.size;
    for (const key of keys) {
      if (walk.seen.has(key)) continue;
      walk.seen.add(key);
      walk.digest ^= keyDigest(key);
    }
    for (const sentence of unreadable) {
      if (walk.unreadableSeen.has(sentence)) continue;
      walk.unreadableSeen.add(sentence);
      walk.unreadable.push(`page ${number}, ${sentence}`);
    }
    return walk.seen.size + walk.unreadableSeen.size > before;
  }

  #end(): Step {
    const { seen, digest, lastPage, furthestLink, unreadable } = this.#current;
    this.#lastPage = lastPage;
    // A link to the page behind the last is usual; one further on says that photos are missing.
    if (furthestLink > lastPage + 1 && !this.#cut) {
      unreadable.push(
        `there are links to page ${furthestLink}, but no photos behind page ${lastPage}`,
      );
    }
    const same = this.#previous?.listed === seen.size && this.#previous.digest === digest;
    if (same) return 'settled';
    if (this.#number === mostWalks || this.#cut) return 'restless';
    this.#previous = { listed: seen.size, digest };
    this.#number += 1;
    this.#current = newWalk();
    return 'next walk';
  }
}
