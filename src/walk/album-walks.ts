import type { PageOrder } from '../profile/next-page.js';
import type { LinkedAlbum } from '../profile/read-listing.js';
import { AlbumCount, type Doubt } from './album-count.js';
import { ListedPhotos } from './listed-photos.js';
import { PageSequence } from './page-sequence.js';
import { SecondWitness } from './second-witness.js';
import type { WalkPlace } from './walk-place.js';
import type { WalkedPage } from './walked-page.js';

/** Walks of the album in one run at the most; after them the album counts as one that keeps changing. */
const mostWalks = 4;

/** What comes after a listing page: the next page, another walk, or the end of walking. */
export type Step = 'next page' | 'next walk' | 'settled' | 'keeps changing';

/** What comes next, and the page to read for it, if any. */
export interface Walked {
  step: Step;
  place: WalkPlace | undefined;
}

/** How an album is to be walked. */
export interface WalkRule {
  /** The first pages of the albums that the walk begins with. */
  starts: readonly string[];
  /** How pages follow each other, for each level of albums. */
  orders: readonly PageOrder[];
  /** How much the number of pages grows from one to the next, for each level; 1 without it. */
  steps?: readonly number[];
  /** Pages of one walk at the most, against pages without end. */
  mostPages: number;
}

/** An album by its titles, its first page and its level. */
type AlbumPlace = Pick<WalkPlace, 'titles' | 'albumUrl' | 'level'>;
type Waiting = AlbumPlace & { count: AlbumCount };

class WalkState {
  readonly unreadable: string[] = [];
  readonly doubts: string[] = [];
  readonly #unreadableSeen = new Set<string>();
  /** Addresses of pages that were read or are to be read. */
  readonly visited: Set<string>;
  /** Albums that are still to be walked, the next one first. */
  readonly waiting: Waiting[];
  /** Albums whose first page was read or is to be read next, in order. */
  readonly begun: Waiting[] = [];
  /** Albums found so far on pages of the album being walked. */
  inside: Waiting[] = [];
  sequence: PageSequence;
  readonly witness: SecondWitness;
  /** Counts the album being walked. */
  count = new AlbumCount();
  /** Number of the last page with rows. */
  lastPage = 0;

  constructor(private readonly rule: WalkRule) {
    this.witness = new SecondWitness(
      ({ level }) => this.orderOf(level),
      (place) => this.of(place),
      ({ level }) => this.rule.steps?.[level] ?? 1,
    );
    this.waiting = [...new Set(rule.starts)].map((albumUrl) => ({
      ...{ titles: [], albumUrl, level: 0 },
      count: new AlbumCount(),
    }));
    this.visited = new Set(rule.starts);
    this.sequence = new PageSequence(this.orderOf(0));
  }

  orderOf(level: number): PageOrder {
    return this.rule.orders[level] ?? 'links';
  }

  addUnreadable(unreadable: readonly string[], place: WalkPlace): void {
    for (const sentence of unreadable) {
      const inAlbum = `${place.albumUrl} ${sentence}`;
      if (this.#unreadableSeen.has(inAlbum)) continue;
      this.#unreadableSeen.add(inAlbum);
      this.unreadable.push(`page ${place.number}${this.of(place)}, ${sentence}`);
    }
  }

  /** Notes a sign that photos of an album may be missing. */
  note(doubt: Doubt | undefined, album: AlbumPlace): void {
    if (doubt !== undefined) {
      this.doubts.push(`${doubt.sign}${this.of(album)}. ${doubt.remedy}`);
    }
  }

  /** The album of a page in words, where there are several. */
  of({ titles, albumUrl }: Pick<AlbumPlace, 'titles' | 'albumUrl'>): string {
    if (titles.length > 0) return ` of “${titles.join(' / ')}”`;
    return albumUrl === this.rule.starts[0] ? '' : ` of ${albumUrl}`;
  }
}

/**
 * Decides which page of an album comes next: page after page of one album, then the albums inside
 * it, in the order of their links, none of them twice.
 *
 * A page of photos already seen does not end a walk: photos that are added during a walk shift the
 * others to later pages. Photos that are removed shift the others to earlier pages, and one that
 * moves onto a page already read is missed. So the album counts as walked once two walks in a row
 * list the same photos.
 */
export class AlbumWalks {
  readonly #photos = new ListedPhotos();
  #number = 1;
  #current: WalkState;
  #begin: WalkPlace;
  /** What stands for the photos that the walk before listed. */
  #previous: string | undefined;
  #last: { place: WalkPlace; walked: Walked } | undefined;
  #lastPage = 0;
  #cut = false;

  constructor(private readonly rule: WalkRule) {
    this.#current = new WalkState(rule);
    this.#begin = this.#firstPage();
  }

  /** The number of the current walk, from 1. */
  get number(): number {
    return this.#number;
  }

  /** How many photos the current walk (after the end, the last one) has listed. */
  get listed(): number {
    return this.#photos.count;
  }

  /** What could not be read in that walk, a sentence each with the page. */
  get unreadable(): readonly string[] {
    return this.#current.unreadable;
  }

  /** What else speaks against that walk having listed all photos, with what to do. */
  get doubts(): readonly string[] {
    return this.#current.doubts;
  }

  /** Whether the site itself says that none of the albums of that walk has a photo. */
  get saysEmpty(): boolean {
    return this.#current.begun.every(({ count }) => count.saysEmpty);
  }

  /** The last page with photos, of the walk that ended last. */
  get lastPage(): number {
    return this.#lastPage;
  }

  /** Whether a walk was cut off because it had too many pages. */
  get cut(): boolean {
    return this.#cut;
  }

  /** The first page of the current walk. */
  get begin(): WalkPlace {
    return this.#begin;
  }

  /**
   * Adds a listing page to the walk and returns what comes next. The page that was added last may
   * come again, when its request is retried: it is not added twice, and the answer is the same.
   */
  addPage(place: WalkPlace, page: WalkedPage): Walked {
    const last = this.#last;
    if (last?.place.walk === place.walk && last.place.page === place.page) return last.walked;
    const walked = this.#next(place, page);
    this.#last = { place, walked };
    return walked;
  }

  #next(place: WalkPlace, page: WalkedPage): Walked {
    const { keys, rows, others = [], unreadable, albums, next } = page;
    const walk = this.#current;
    const { sequence } = walk;
    const newPhotos = this.#photos.addPage(keys);
    const besides = [...others, ...albums.map(({ url }) => url)];
    const ends = sequence.addPage(
      place.number,
      { keys, others: besides, rows: rows + besides.length, unreadable },
      newPhotos > 0,
    );
    walk.note(sequence.gap, place);
    walk.count.addPage(page, newPhotos);
    walk.witness.addPage(place, page, sequence.showsNews, walk.count.isConfirmed);
    walk.addUnreadable(unreadable, place);
    if (rows > 0) walk.lastPage = place.page;
    this.#find(albums, place);

    const following = ends ? undefined : this.#following(place, next);
    // After the last of numbered pages, two without photos may follow.
    this.#cut = place.page >= this.rule.mostPages + (rows === 0 ? 2 : 0);
    const ahead = following ?? this.#nextAlbum(place.page + 1);
    this.#cut &&= ahead !== undefined;
    return ahead === undefined || this.#cut ? this.#end() : { step: 'next page', place: ahead };
  }

  #find(albums: readonly LinkedAlbum[], { titles, level }: WalkPlace): void {
    const walk = this.#current;
    // Albums inside those of the last level are of that level too.
    const inside = Math.min(level + 1, this.rule.orders.length - 1);
    for (const { url, title } of albums) {
      if (walk.visited.has(url)) continue;
      walk.visited.add(url);
      walk.inside.push({
        titles: title === undefined ? titles : [...titles, title],
        albumUrl: url,
        level: inside,
        count: walk.count.inside(),
      });
    }
  }

  /** The next page of the same album; undefined where it has been read. */
  #following(place: WalkPlace, next: string | undefined): WalkPlace | undefined {
    const { visited } = this.#current;
    if (next === undefined || visited.has(next)) return undefined;
    visited.add(next);
    return { ...place, page: place.page + 1, number: place.number + 1, url: next };
  }

  /** The first page of the next album. Albums inside the one that has ended come first. */
  #nextAlbum(page: number): WalkPlace | undefined {
    const walk = this.#current;
    walk.waiting.unshift(...walk.inside);
    walk.inside = [];
    const album = walk.waiting.shift();
    if (album === undefined) return undefined;
    walk.sequence = new PageSequence(walk.orderOf(album.level));
    walk.begun.push(album);
    this.#photos.beginAlbum();
    const { count, ...place } = album;
    walk.count = count;
    return { walk: this.#number, page, url: album.albumUrl, number: 1, ...place };
  }

  #firstPage(): WalkPlace {
    const place = this.#nextAlbum(1);
    if (place === undefined) throw new Error('there is no page that a walk could begin with');
    return place;
  }

  #end(): Walked {
    const { lastPage, begun, witness } = this.#current;
    const { digest } = this.#photos;
    for (const album of begun) this.#current.note(album.count.doubt, album);
    if (!this.#cut) this.#current.doubts.push(...witness.doubts());
    this.#lastPage = lastPage;
    if (digest === this.#previous) return { step: 'settled', place: undefined };
    if (this.#number === mostWalks || this.#cut)
      return { step: 'keeps changing', place: undefined };
    this.#previous = digest;
    this.#number += 1;
    this.#current = new WalkState(this.rule);
    this.#photos.beginWalk();
    this.#begin = this.#firstPage();
    return { step: 'next walk', place: this.#begin };
  }
}
