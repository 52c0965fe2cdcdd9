import type { Total } from '../profile/read-total.js';
import { numberInWords, photosInWords } from '../text/in-words.js';
import type { PageTestimony, SeenNumber } from './page-testimony.js';

/** What speaks against the list of an album being whole. */
export interface Doubt {
  /** In a sentence without its full stop, to which the album's name is added. */
  sign: string;
  /** What to do, in a sentence. */
  remedy: string;
}

/** What a page shows of its album. */
interface CountedPage {
  keys: readonly string[];
  /** Rows found, readable or not. */
  rows: number;
  /** The albums that it links to. */
  albums: readonly unknown[];
  total?: Total | undefined;
  testimony?: Pick<PageTestimony, 'total'> | undefined;
}

/** Compares how many photos one album lists with what the site itself says. */
export class AlbumCount {
  /** Photos listed, each once. */
  #photos = 0;
  readonly #inside: AlbumCount[] = [];
  #hasRows = false;
  #hasAlbums = false;
  #total: number | undefined;
  #missing: string | undefined;
  /** The highest count that a look at the pages found. */
  #seen: SeenNumber | undefined;
  /** Rows that show a photo again on one page, or could not be read: a site counts them too. */
  #otherRows = 0;

  /** Begins to count an album inside this one. */
  inside(): AlbumCount {
    const count = new AlbumCount();
    this.#inside.push(count);
    return count;
  }

  /**
   * Adds a page of the album. Of several counts of the site's own the highest counts.
   *
   * @param newPhotos how many of its photos no page of the album before it showed
   */
  addPage({ keys, rows, albums, total, testimony }: CountedPage, newPhotos: number): void {
    this.#photos += newPhotos;
    this.#hasRows ||= rows > 0;
    this.#hasAlbums ||= albums.length > 0;
    this.#otherRows += rows - keys.length;
    const seen = testimony?.total;
    if (seen !== undefined && seen.value > (this.#seen?.value ?? 0)) this.#seen = seen;
    if (total === undefined) return;
    if ('missing' in total) this.#missing = total.missing;
    else this.#total = Math.max(this.#total ?? 0, total.value);
  }

  /** Whether what the site says of its photos is what was listed. */
  get isConfirmed(): boolean {
    const total = this.#total ?? this.#seen?.value;
    return total === this.#photos || total === this.#photos + this.#otherRows;
  }

  /** Whether the site itself says that there is no photo: not where it only leads to albums. */
  get saysEmpty(): boolean {
    return this.#total === 0 || (this.#total === undefined && this.#isIndex);
  }

  /** Why the list is perhaps not whole, or undefined. */
  get doubt(): Doubt | undefined {
    if (this.#total === undefined) {
      // A page that only leads to albums has no count of its own.
      if (this.#missing === undefined || !this.#hasRows) return this.#seenDoubt;
      return {
        sign: `The site’s own count of the photos was not found (${this.#missing})`,
        remedy: 'Correct listing.total in the profile.',
      };
    }
    const listed = this.#isIndex ? this.#withInside : this.#photos;
    if (this.#total <= listed) return undefined;
    return {
      sign: `The site says that it holds ${photosInWords(this.#total)}, but the list has ${numberInWords(listed)}`,
      remedy:
        'Look with a browser for photos or pages that the profile does not read; if the number counts anything else, correct listing.total.',
    };
  }

  get #seenDoubt(): Doubt | undefined {
    const listed = (this.#hasAlbums ? this.#withInside : this.#photos) + this.#otherRows;
    if (this.#seen === undefined || this.#seen.value <= listed) return undefined;
    const isRound = listed > 0 && listed % 100 === 0;
    const capped = isRound ? ', a round number, as if the site stopped there' : '';
    return {
      sign: `The site says ${this.#seen.what}, but the list has ${numberInWords(listed)}${capped}`,
      remedy:
        'Look with a browser for photos or pages that the profile does not read; if the number counts anything else, name its place in listing.ignore.',
    };
  }

  get #isIndex(): boolean {
    return this.#hasAlbums && !this.#hasRows;
  }

  get #withInside(): number {
    return this.#inside.reduce((sum, count) => sum + count.#withInside, this.#photos);
  }
}
