import type { PageOrder } from '../profile/next-page.js';
import { addressKind } from '../survey/address-kind.js';
import { numberInWords, photosInWords } from '../text/in-words.js';
import { type AlbumTestimony, addFurthest, newAlbum } from './album-testimony.js';
import { BrokenPages } from './broken-pages.js';
import { isSamePage, pageKey } from './page-key.js';
import type { PageTestimony, SeenNumber, SeenWay } from './page-testimony.js';
import { foundByRule } from './testify.js';
import { UntakenWitness } from './untaken-witness.js';
import type { WalkPlace } from './walk-place.js';
import type { WalkedPage } from './walked-page.js';

/** Most doubts of one kind that are told one by one. */
const mostOfKind = 5;
/** Most ways of an album that are kept until its walk has ended. */
const mostSkipped = 50;

const mendNext =
  'Find the address in the page’s source, and mend listing.next in the profile (see docs/profiles.md); if it leads to no further page of the album, name it in listing.ignore.';

/**
 * Compares what a look at the pages of a walk has shown with what the profile's rules took, and says
 * what speaks against that being all.
 */
export class SecondWitness {
  readonly #read = new Set<string>();
  readonly #ended: AlbumTestimony[] = [];
  readonly #untaken = new UntakenWitness((place) => this.#at(place));
  readonly #broken: BrokenPages;
  /** What has led to a next page, in words. */
  readonly #nextLinks = new Set<string>();
  #album: AlbumTestimony | undefined;
  #numbersWork = false;

  /**
   * @param orderOf how the pages of an album follow each other
   * @param of the album of a page in words, ` of “Summer”`, or nothing where there is one album
   * @param stepOf how much the number of an album's pages grows from one to the next; more than 1 where it
   *   counts photos
   */
  constructor(
    private readonly orderOf: (place: WalkPlace) => PageOrder,
    private readonly of: (place: WalkPlace) => string,
    private readonly stepOf: (place: WalkPlace) => number,
  ) {
    this.#broken = new BrokenPages((place) => this.#at(place), orderOf);
  }

  /**
   * Adds a page, in the order of the walk.
   *
   * @param hasNews whether it shows what no page of its album before it showed
   * @param isAllCounted whether the site's own count is what the album's pages so far have listed
   */
  addPage(place: WalkPlace, page: WalkedPage, hasNews: boolean, isAllCounted: boolean): void {
    if (place.number === 1) this.#endAlbum();
    const album = this.#album ?? newAlbum(page);
    this.#album = album;
    const { testimony, next, furthestLink = 0 } = page;
    for (const key of testimony?.addresses ?? [pageKey(place.url)]) this.#read.add(key);
    album.pages += 1;
    // A page without photos that links to itself, in another language say, tells of no further one;
    // nor does a next that stands on every page.
    if (hasNews || furthestLink > place.number + 1) {
      addFurthest(album, { value: furthestLink, what: 'a link' }, place);
    }
    if (page.isRefused) album.refused ??= { place, key: pageKey(place.url) };
    if (testimony === undefined) return;
    this.#untaken.addPage(place, testimony, page.keys.length);
    const { others = [], albums } = page;
    const isEmpty = page.rows + others.length + albums.length === 0;
    this.#broken.addPage(place, testimony, { keys: page.keys, isEmpty, hasNews });
    if (album.pages > 1 && page.keys.length > 0) this.#compareWithFirst(album, place, page);
    if (!hasNews) return;
    this.#noteNextLink(album, place, testimony);
    album.last = { place, testimony, next };
    // A count on the only page may be of what that page shows.
    album.isAllCounted = isAllCounted && place.number > 1;
    album.photos += page.keys.length;
    album.mostRows = Math.max(album.mostRows, page.rows + others.length);
    if (testimony.perhapsPages) album.perhaps = { ...testimony.perhapsPages, place };
    addFurthest(album, testimony.furthest, place);
    if (next !== undefined) this.#addSkipped(album, place, testimony, next);
  }

  /** What speaks against the walk's list being whole, in sentences, each with what to do. */
  doubts(): string[] {
    this.#endAlbum();
    return [
      ...few(this.#untaken.doubts()),
      ...few(this.#broken.doubts()),
      ...few(this.#ended.flatMap((album) => this.#doubtsOf(album))),
    ];
  }

  /** Whether the rules make the addresses of an album's pages up. */
  #isCounted(place: WalkPlace): boolean {
    return this.orderOf(place) !== 'links';
  }

  #compareWithFirst(album: AlbumTestimony, place: WalkPlace, page: WalkedPage): void {
    if (!this.#isCounted(place)) return;
    if (JSON.stringify(page.keys) !== album.first) {
      this.#numbersWork = true;
      return;
    }
    const mayGoOn = album.mayGoOn || this.orderOf(place) === 'windows';
    if (album.pages === 2 && mayGoOn && !album.isOnlyPage) album.repeats = place;
  }

  /** Notes how the page before led to a page that shows more: so it may show that it is the last, too. */
  #noteNextLink({ last }: AlbumTestimony, place: WalkPlace, { addresses }: PageTestimony): void {
    if (last === undefined) return;
    if (!this.#isCounted(place)) this.#nextLinks.add(foundByRule);
    for (const { url, what } of last.testimony.ways) {
      if (url !== undefined && addresses.includes(pageKey(url))) this.#nextLinks.add(what);
    }
  }

  /** Notes ways other than the rules' own in addresses of its kind: the rules may pass pages over. */
  #addSkipped(
    album: AlbumTestimony,
    place: WalkPlace,
    { ways, numbered }: PageTestimony,
    next: string,
  ): void {
    const kind = addressKind(new URL(next));
    album.skipped = album.skipped.filter(({ key }) => !this.#read.has(key));
    // A number up to that of this page is that of a page that should have been read.
    const passed = numbered.filter(({ number }) => number > 1 && number <= place.number + 1);
    for (const way of [...ways, ...passed.map((one) => one.way)]) {
      if (way.url === undefined || addressKind(new URL(way.url)) !== kind) continue;
      const key = pageKey(way.url);
      const isNoted = album.skipped.some((skipped) => skipped.key === key);
      const isKnown = isNoted || key === pageKey(next) || this.#read.has(key);
      if (!isKnown && album.skipped.length < mostSkipped) album.skipped.push({ place, way, key });
    }
  }

  #endAlbum(): void {
    if (this.#album === undefined) return;
    const { furthest, perhaps, skipped, repeats, last } = this.#album;
    const [step] = this.#stepDoubts(this.#album);
    const isSuspect =
      furthest ?? perhaps ?? skipped[0] ?? repeats ?? last?.testimony.ways[0] ?? step;
    if (isSuspect !== undefined) this.#ended.push(this.#album);
    this.#album = undefined;
  }

  #doubtsOf(album: AlbumTestimony): string[] {
    const { last, skipped, repeats, pages, perhaps } = album;
    if (last === undefined) return [];
    const furthest = album.furthest ?? (perhaps?.value === album.photos ? undefined : perhaps);
    const unread = ({ what, url }: SeenWay) => `${what} leads to ${url}, which was not read`;
    const doubts = skipped
      .filter(({ key }) => !this.#read.has(key))
      .map(({ place, way }) => `${this.#at(place)}: ${unread(way)}. ${mendNext}`);
    // Where nothing is behind it, a next that leads nowhere is how the site shows its last page.
    const isFollowed = pages > last.place.number || album.isAllCounted;
    for (const way of last.testimony.ways) {
      const deadEnd =
        way.url === undefined
          ? this.#withoutAddress(way, last.place, isFollowed)
          : this.#isUnread(way.url, last, isFollowed) && unread(way);
      const itself = this.#leadsToItself(way, last.testimony, isFollowed);
      const sentence = itself ?? deadEnd;
      if (sentence) doubts.push(`${this.#at(last.place)}: ${sentence}. ${mendNext}`);
    }
    if (furthest !== undefined && this.#isBeyond(furthest, last.place.number, pages)) {
      doubts.push(
        `${this.#at(furthest.place)}: ${furthest.what} speaks of page ${numberInWords(furthest.value)}, but no photos were found behind page ${numberInWords(last.place.number)}. ${mendNext}`,
      );
    }
    doubts.push(...this.#stepDoubts(album), ...this.#refusals(album));
    if (repeats !== undefined && !this.#numbersWork) {
      doubts.push(
        `${this.#at(repeats)} shows the same photos as page 1, as if the site ignored its number or window. Look at the album with a browser: if it has more pages, mend listing.next in the profile (see docs/profiles.md); if not, name the place where the site counts the photos in listing.total.`,
      );
    }
    return [...new Set(doubts)];
  }

  /** A page to which the last one leads is no page behind the last. */
  #refusals({ last, refused }: AlbumTestimony): string[] {
    if (last === undefined || refused === undefined) return [];
    const { ways, numbered } = last.testimony;
    const links = [...ways, ...numbered.map(({ way }) => way)];
    const link = links.find(({ url }) => url !== undefined && pageKey(url) === refused.key);
    if (link === undefined) return [];
    return [
      `${this.#at(refused.place)} was refused by the site, although ${link.what} leads there. Open that page with a browser, and run the same command again later.`,
    ];
  }

  /** Offsets that grow by more than a page shows pass photos over. */
  #stepDoubts({ last, mostRows, skipped }: AlbumTestimony): string[] {
    if (last === undefined || last.place.number === 1 || skipped.length > 0) return [];
    const step = this.stepOf(last.place);
    if (mostRows >= step) return [];
    return [
      `The pages${this.of(last.place)} show at most ${photosInWords(mostRows)}, but the profile goes on by ${numberInWords(step)}, so it may pass photos over. Correct listing.next.step in the profile.`,
    ];
  }

  #at(place: WalkPlace): string {
    return `Page ${numberInWords(place.number)}${this.of(place)}`;
  }

  /** A link without an address is also how pages show that they are the last, and one that leads nowhere. */
  #withoutAddress(
    { what, instead, isPlaceholder, isInert }: SeenWay,
    { number }: WalkPlace,
    isFollowed: boolean,
  ): string | undefined {
    if (isFollowed || (isPlaceholder && number > 1)) return undefined;
    if (isInert && this.#nextLinks.has(what)) return undefined;
    return `${what} leads to no page (it has ${instead}), although the profile found no further page`;
  }

  #leadsToItself(
    { url, what, isOnlyNamed, isPlain }: SeenWay,
    { addresses }: PageTestimony,
    isFollowed: boolean,
  ): string | undefined {
    if (url === undefined || isFollowed || isOnlyNamed) return undefined;
    if (isPlain && this.#nextLinks.has(what)) return undefined;
    if (!addresses.includes(pageKey(url))) return undefined;
    return `${what} leads to the page itself, although the profile found no further page`;
  }

  #isUnread(
    url: string,
    { place, next }: NonNullable<AlbumTestimony['last']>,
    isFollowed: boolean,
  ): boolean {
    const key = pageKey(url);
    const isNext =
      next !== undefined && (isSamePage(key, pageKey(next)) || names(url, place.number + 1));
    return !this.#read.has(key) && !(isFollowed && isNext);
  }

  /** Whether a number is that of a page behind the last one, and of more than the one after it. */
  #isBeyond(
    { value, url }: SeenNumber & { url?: string | undefined },
    last: number,
    pages: number,
  ) {
    const isRead = value <= pages || (url !== undefined && this.#read.has(pageKey(url)));
    return value > last + 1 || (value === last + 1 && !isRead);
  }
}

/** Whether a number stands in the path or the query of an address. */
function names(url: string, number: number): boolean {
  const { pathname, search } = new URL(url);
  return new RegExp(`(?<![\\d.])${number}(?!\\d)`).test(`${pathname}${search}`);
}

function few(doubts: readonly string[]): string[] {
  const more = doubts.length - mostOfKind;
  if (more <= 0) return [...doubts];
  return [
    ...doubts.slice(0, mostOfKind),
    `There are ${numberInWords(more)} more doubts like these.`,
  ];
}
