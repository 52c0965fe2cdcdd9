import { addressKind } from '../survey/address-kind.js';
import { numberInWords, photosInWords } from '../text/in-words.js';
import { isSamePage, pageKey } from './page-key.js';
import type { PageTestimony, SeenNumber, SeenWay } from './page-testimony.js';
import type { WalkPlace } from './walk-place.js';
import type { WalkedPage } from './walked-page.js';

/** Most doubts of one kind that are told one by one. */
const mostOfKind = 5;
/** Most ways of an album that are kept until its walk has ended. */
const mostSkipped = 50;

const mend = (what: string) => `mend ${what} in the profile (see docs/profiles.md)`;
const orIgnore = 'If it is none, name it in listing.ignore';

/** What the pages of one album have said against what its rules listed. */
interface AlbumTestimony {
  /** The last page that shows photos or albums that no page before it showed. */
  last: { place: WalkPlace; testimony: PageTestimony; next: string | undefined } | undefined;
  first: string;
  /** Pages read, with photos or without. */
  pages: number;
  keys: Set<string>;
  /** Places at which a photo was shown again, or could not be read. */
  otherRows: number;
  albums: Set<string>;
  total: (SeenNumber & { place: WalkPlace }) | undefined;
  /** The site's own count where the profile names its place: no other counts then. */
  named: number | undefined;
  furthest: (SeenNumber & { place: WalkPlace; url?: string | undefined }) | undefined;
  /** Ways to pages of the same kind of address as those read, and not read so far. */
  skipped: { place: WalkPlace; way: SeenWay; key: string }[];
  /** The second page, where it shows what the first one does. */
  repeats: WalkPlace | undefined;
}

/** An album whose pages have ended. */
interface EndedAlbum extends Omit<AlbumTestimony, 'keys' | 'albums' | 'first'> {
  listed: number;
  hasAlbums: boolean;
}

/**
 * Compares what a look at the pages of a walk has shown with what the profile's rules listed, and
 * says what speaks against that being all.
 */
export class SecondWitness {
  readonly #read = new Set<string>();
  readonly #kinds = new Set<string>();
  readonly #ended: EndedAlbum[] = [];
  readonly #untaken: string[] = [];
  #album: AlbumTestimony | undefined;
  #numbersWork = false;

  /**
   * @param numbered whether the rules count the pages up
   * @param of the album of a page in words, ` of “Summer”`, or nothing where there is one album
   */
  constructor(
    private readonly numbered: boolean,
    private readonly of: (place: WalkPlace) => string,
  ) {}

  /** Adds a page, in the order of the walk. */
  addPage(place: WalkPlace, page: WalkedPage): void {
    if (place.number === 1) this.endAlbum();
    this.#album ??= newAlbum();
    const album = this.#album;
    const { testimony, total } = page;
    if (total !== undefined && 'value' in total) {
      album.named = Math.max(album.named ?? 0, total.value);
    }
    for (const key of testimony?.addresses ?? [pageKey(place.url)]) this.#read.add(key);
    album.pages += 1;
    const shown = JSON.stringify(page.keys);
    if (album.pages === 1) album.first = shown;
    else if (page.keys.length > 0) this.#compareWithFirst(album, place, shown);
    if (testimony === undefined) return;
    this.#addPhotos(place, testimony);
    const before = album.keys.size + album.albums.size;
    for (const key of page.keys) album.keys.add(key);
    for (const { url } of page.albums) album.albums.add(url);
    album.otherRows += page.rows - page.keys.length;
    const hasNews = album.keys.size + album.albums.size > before || page.unreadable.length > 0;
    if (!hasNews) return;
    album.last = { place, testimony, next: page.next };
    album.total = larger(album.total, testimony.total, place);
    album.furthest = larger(album.furthest, testimony.furthest, place);
    this.#addSkipped(album, place, testimony, page.next);
  }

  #compareWithFirst(album: AlbumTestimony, place: WalkPlace, shown: string): void {
    if (shown !== album.first) this.#numbersWork = true;
    else if (album.pages === 2) album.repeats = place;
  }

  #addPhotos(place: WalkPlace, { takenKinds, untakenKinds, untaken }: PageTestimony): void {
    for (const kind of takenKinds) this.#kinds.add(kind);
    const strange = untakenKinds.some((kind) => this.#kinds.has(kind));
    if (untaken === undefined && !strange) return;
    const what =
      untaken === undefined
        ? 'shows photos like those of the pages before, and item.row found none of them'
        : `shows ${photosInWords(untaken.value)} like the others that item.row did not find, the first one ${untaken.what}`;
    this.#untaken.push(
      `page ${place.number}${this.of(place)} ${what}; ${mend('item.row')}. What is no photo of the album, name in listing.ignore.`,
    );
  }

  /** Notes ways past the next page, in addresses like its own, such as where a rule leaves pages out. */
  #addSkipped(
    album: AlbumTestimony,
    place: WalkPlace,
    { ways }: PageTestimony,
    next: string | undefined,
  ): void {
    if (next === undefined || album.skipped.length >= mostSkipped) return;
    const kind = addressKind(new URL(next));
    album.skipped = album.skipped.filter(({ key }) => !this.#read.has(key));
    for (const way of ways) {
      if (way.url === undefined || addressKind(new URL(way.url)) !== kind) continue;
      const key = pageKey(way.url);
      if (key !== pageKey(next) && !this.#read.has(key)) album.skipped.push({ place, way, key });
    }
  }

  /** Ends the album whose pages were added last. */
  endAlbum(): void {
    if (this.#album === undefined) return;
    const { keys, albums, first: _first, ...album } = this.#album;
    const listed = keys.size + album.otherRows;
    const hasAlbums = albums.size > 0;
    const { last, total, furthest, skipped, repeats } = album;
    const isDoubtful = total ?? furthest ?? repeats ?? skipped[0] ?? last?.testimony.ways[0];
    if (isDoubtful !== undefined) this.#ended.push({ ...album, listed, hasAlbums });
    this.#album = undefined;
  }

  /**
   * What speaks against the walk's list being whole, a sentence each.
   *
   * @param listed how many photos all albums have together
   */
  doubts(listed: number): string[] {
    this.endAlbum();
    return [
      ...few(this.#untaken),
      ...few(this.#ended.flatMap((album) => this.#unreadPages(album))),
      ...few(this.#ended.flatMap((album) => this.#tooFew(album, listed))),
    ];
  }

  #unreadPages(album: EndedAlbum): string[] {
    const { last, skipped, repeats, furthest, pages } = album;
    if (last === undefined) return [];
    const at = (place: WalkPlace) => `page ${place.number}${this.of(place)}`;
    const isFollowed = pages > last.place.number;
    const own = last.testimony.addresses;
    const doubts = skipped
      .filter(({ key }) => !this.#read.has(key))
      .map(
        ({ place, way }) =>
          `${at(place)}: ${way.what} leads to ${way.url}, which was not read; ${mend('listing.next')}.`,
      );
    for (const way of last.testimony.ways) {
      const sentence = this.#deadEnd(way, last.next, own, isFollowed, last.place);
      if (sentence !== undefined) doubts.push(`${at(last.place)}: ${sentence}`);
    }
    const beyond = furthest && this.#beyond(furthest, last.place.number, pages);
    if (beyond) doubts.push(beyond);
    const total = album.named ?? album.total?.value;
    const isWhole = total === album.listed || furthest?.value === 1;
    if (this.numbered && repeats !== undefined && !this.#numbersWork && !isWhole) {
      doubts.push(
        `${at(repeats)} shows the same photos as page 1, as if the site ignored its number; look at the album with a browser, and, if there are more photos, ${mend('listing.next')}. If there are not, say where the site counts them: listing.total.`,
      );
    }
    return [...new Set(doubts)];
  }

  /** Why a way to the next page on the last page of an album is in doubt. */
  #deadEnd(
    way: SeenWay,
    next: string | undefined,
    own: readonly string[],
    isFollowed: boolean,
    { number }: WalkPlace,
  ): string | undefined {
    const { url, what, instead, isPlaceholder } = way;
    const although = 'although the profile found no further page';
    if (url === undefined) {
      if (isFollowed || (isPlaceholder && number > 1)) return undefined;
      return `${what} leads to no page (it has ${instead}), ${although}; look for the address that it loads, and ${mend('listing.next')}. ${orIgnore}.`;
    }
    const key = pageKey(url);
    if (own.includes(key)) {
      if (isFollowed || way.isOnlyNamed) return undefined;
      return `${what} leads to the page itself, ${although}; look for the address that it loads, and ${mend('listing.next')}. ${orIgnore}.`;
    }
    const isFollowing =
      isFollowed &&
      next !== undefined &&
      (isSamePage(key, pageKey(next)) || names(url, number + 1));
    if (this.#read.has(key) || isFollowing) return undefined;
    return `${what} leads to ${url}, which was not read; ${mend('listing.next')}. ${orIgnore}.`;
  }

  #beyond(
    { value, what, url, place }: NonNullable<AlbumTestimony['furthest']>,
    lastNumber: number,
    pages: number,
  ): string | undefined {
    const isRead = value <= pages || (url !== undefined && this.#read.has(pageKey(url)));
    if (value <= lastNumber || (value === lastNumber + 1 && isRead)) return undefined;
    return `page ${place.number}${this.of(place)}: ${what} speaks of page ${numberInWords(value)}, but no photos were found behind page ${numberInWords(lastNumber)}; ${mend('listing.next')}. ${orIgnore}.`;
  }

  #tooFew({ total, named, listed: own, hasAlbums, pages }: EndedAlbum, all: number): string[] {
    const listed = hasAlbums ? Math.max(own, all) : own;
    if (named !== undefined || total === undefined || total.value <= listed) return [];
    const isRound = listed > 0 && listed % 100 === 0;
    const capped = isRound ? ', a round number, as if the site stopped there' : '';
    return [
      `page ${total.place.number}${this.of(total.place)}: the site says ${total.what}, but ${photosInWords(listed)} ${listed === 1 ? 'was' : 'were'} listed on ${numberInWords(pages)} ${pages === 1 ? 'page' : 'pages'}${capped}; look at the album with a browser for what is missing, and ${mend('what leaves it out')}.`,
    ];
  }
}

function newAlbum(): AlbumTestimony {
  return {
    last: undefined,
    first: '',
    pages: 0,
    keys: new Set(),
    otherRows: 0,
    albums: new Set(),
    total: undefined,
    named: undefined,
    furthest: undefined,
    skipped: [],
    repeats: undefined,
  };
}

function larger<Found extends SeenNumber>(
  known: (Found & { place: WalkPlace }) | undefined,
  found: Found | undefined,
  place: WalkPlace,
): (Found & { place: WalkPlace }) | undefined {
  return found === undefined || found.value <= (known?.value ?? 0) ? known : { ...found, place };
}

/** Whether a number stands in the path or the query of an address. */
function names(url: string, number: number): boolean {
  const { pathname, search } = new URL(url);
  return new RegExp(`(?<![\\d.])${number}(?!\\d)`).test(`${pathname}${search}`);
}

function few(doubts: readonly string[]): string[] {
  const more = doubts.length - mostOfKind;
  if (more <= 0) return [...doubts];
  return [...doubts.slice(0, mostOfKind), `and ${numberInWords(more)} more of this kind`];
}
