import { createHash } from 'node:crypto';
import type { LinkedAlbum } from '../profile/read-listing.js';
import { PageSequence, type SequencePage } from './page-sequence.js';

/** Walks of the album in one run at the most, before it is said to keep changing. */
const mostWalks = 4;

/** What comes after a listing page: the next page, another walk, or the end of walking. */
export type Step = 'next page' | 'next walk' | 'settled' | 'restless';

/** Where a listing page stands. */
export interface WalkPlace {
  /** The walk that it belongs to, from 1. */
  walk: number;
  /** Its number within the walk, over all albums, from 1. */
  page: number;
  url: string;
  /** Titles of the album and of those that hold it, the outermost first. */
  titles: string[];
  /** The address of the album's first page. */
  albumUrl: string;
  /** The page's number within its album, from 1. */
  number: number;
}

/** What a listing page showed, as far as walking goes. */
export interface WalkedPage extends Omit<SequencePage, 'rows'> {
  /** Rows found, readable or not; 0 where the page has none. */
  rows: number;
  /** The albums that it leads to. */
  albums: readonly LinkedAlbum[];
  /** The address of the page behind it, or undefined where it leads to none. */
  next: string | undefined;
}

/** What comes next, and the page to read for it. */
export interface Walked {
  step: Step;
  place: WalkPlace | undefined;
}

/** How an album is to be walked. */
export interface WalkRule {
  /** The first pages of the albums that the walk begins with. */
  starts: readonly string[];
  /** Whether pages have numbers, and so no end of their own. */
  numbered: boolean;
  /** Pages of one walk at the most, against pages without end. */
  mostPages: number;
}

type Waiting = Pick<WalkPlace, 'titles' | 'albumUrl'>;

class WalkState {
  readonly seen = new Set<string>();
  /** Sum of the seen keys in any order: equal sets have equal sums. */
  digest = 0n;
  readonly unreadable: string[] = [];
  readonly #unreadableSeen = new Set<string>();
  /** Addresses that were read or wait to be. */
  readonly visited: Set<string>;
  /** Albums that wait, the next one first. */
  readonly waiting: Waiting[];
  /** Albums that the pages of the album under way have led to so far. */
  inside: Waiting[] = [];
  sequence: PageSequence;
  /** The last page that had rows of its own. */
  lastPage = 0;

  constructor(private readonly rule: WalkRule) {
    this.waiting = [...new Set(rule.starts)].map((albumUrl) => ({ titles: [], albumUrl }));
    this.visited = new Set(rule.starts);
    this.sequence = new PageSequence(rule.numbered);
  }

  takeIn(keys: readonly string[], unreadable: readonly string[], place: WalkPlace): void {
    for (const key of keys) {
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      this.digest ^= keyDigest(key);
    }
    for (const sentence of unreadable) {
      const inAlbum = `${place.albumUrl} ${sentence}`;
      if (this.#unreadableSeen.has(inAlbum)) continue;
      this.#unreadableSeen.add(inAlbum);
      this.unreadable.push(`page ${place.number}${this.of(place)}, ${sentence}`);
    }
  }

  /** Notes what is odd about an album's pages. */
  note(oddity: string | undefined, place: WalkPlace): void {
    if (oddity !== undefined) this.unreadable.push(`${oddity}${this.of(place)}`);
  }

  /** Which album a page is of, in words, where there are several. */
  of({ titles, albumUrl }: WalkPlace): string {
    if (titles.length > 0) return ` of “${titles.join(' / ')}”`;
    return albumUrl === this.rule.starts[0] ? '' : ` of ${albumUrl}`;
  }
}

function keyDigest(key: string): bigint {
  return createHash('sha256').update(key).digest().readBigUInt64BE();
}

/**
 * Decides how far an album has to be walked: page after page of one album, then those inside it, in
 * the order in which pages lead to them, none of them twice.
 *
 * A page of photos already seen does not end a walk: when photos are added in mid-walk, pages shift
 * back. When photos are removed in mid-walk, pages shift forward, and what slides onto a page
 * already read is missed without a trace; so the album counts as walked once two walks in a row list
 * the same photos.
 */
export class AlbumWalks {
  #number = 1;
  #current: WalkState;
  #begin: WalkPlace;
  #previous: { listed: number; digest: bigint } | undefined;
  #taken: { place: WalkPlace; walked: Walked } | undefined;
  #lastPage = 0;
  #cut = false;

  constructor(private readonly rule: WalkRule) {
    this.#current = new WalkState(rule);
    this.#begin = this.#firstPage();
  }

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

  /** The page that the walk under way begins with. */
  get begin(): WalkPlace {
    return this.#begin;
  }

  /**
   * Takes in a listing page and says what comes next. A page that was taken in last (its request
   * was retried) is not taken in again: the answer is the same.
   */
  take(place: WalkPlace, page: WalkedPage): Walked {
    const last = this.#taken;
    if (last?.place.walk === place.walk && last.place.page === place.page) return last.walked;
    const walked = this.#next(place, page);
    this.#taken = { place, walked };
    return walked;
  }

  #next(
    place: WalkPlace,
    { keys, rows, unreadable, albums, next, furthestLink }: WalkedPage,
  ): Walked {
    const walk = this.#current;
    const { sequence } = walk;
    const shown = [...keys, ...albums.map(({ url }) => url)];
    const ends = sequence.take(place.number, {
      keys: shown,
      rows: rows + albums.length,
      unreadable,
      furthestLink,
    });
    walk.note(sequence.gap, place);
    walk.takeIn(keys, unreadable, place);
    if (rows > 0) walk.lastPage = place.page;
    this.#find(albums, place);

    const following = ends ? undefined : this.#following(place, next);
    // Behind the last page of those that have numbers two without photos may follow.
    this.#cut = place.page >= this.rule.mostPages + (rows === 0 ? 2 : 0);
    if (following === undefined && !this.#cut) walk.note(sequence.missing, place);
    const ahead = following ?? this.#nextAlbum(place.page + 1);
    this.#cut &&= ahead !== undefined;
    return ahead === undefined || this.#cut ? this.#end() : { step: 'next page', place: ahead };
  }

  #find(albums: readonly LinkedAlbum[], { titles }: WalkPlace): void {
    const walk = this.#current;
    for (const { url, title } of albums) {
      if (walk.visited.has(url)) continue;
      walk.visited.add(url);
      walk.inside.push({
        titles: title === undefined ? titles : [...titles, title],
        albumUrl: url,
      });
    }
  }

  /** The page behind a page of the same album; none where that has been read. */
  #following(place: WalkPlace, next: string | undefined): WalkPlace | undefined {
    const { visited } = this.#current;
    if (next === undefined || visited.has(next)) return undefined;
    visited.add(next);
    return { ...place, page: place.page + 1, number: place.number + 1, url: next };
  }

  /** The first page of the next album: those inside the one that has ended come first. */
  #nextAlbum(page: number): WalkPlace | undefined {
    const walk = this.#current;
    walk.waiting.unshift(...walk.inside);
    walk.inside = [];
    const album = walk.waiting.shift();
    if (album === undefined) return undefined;
    walk.sequence = new PageSequence(this.rule.numbered);
    return { walk: this.#number, page, url: album.albumUrl, number: 1, ...album };
  }

  #firstPage(): WalkPlace {
    const place = this.#nextAlbum(1);
    if (place === undefined) throw new Error('there is no page that a walk could begin with');
    return place;
  }

  #end(): Walked {
    const { seen, digest, lastPage } = this.#current;
    this.#lastPage = lastPage;
    const same = this.#previous?.listed === seen.size && this.#previous.digest === digest;
    if (same) return { step: 'settled', place: undefined };
    if (this.#number === mostWalks || this.#cut) return { step: 'restless', place: undefined };
    this.#previous = { listed: seen.size, digest };
    this.#number += 1;
    this.#current = new WalkState(this.rule);
    this.#begin = this.#firstPage();
    return { step: 'next walk', place: this.#begin };
  }
}
