import type { PageOrder } from '../profile/next-page.js';
import type { Doubt } from './album-count.js';

/** Pages without photos in a row that end an album of numbered pages: one may be a mistake. */
const emptyPagesToEnd = 2;

/** What a page shows of its album. */
export interface SequencePage {
  /** The photos, in order: a key of each, or what stands for it. */
  keys: readonly string[];
  /** What stands for each row that is no photo, and the addresses of the albums. */
  others: readonly string[];
  /** Rows found, readable or not, and albums; 0 where the page has none. */
  rows: number;
  /** A sentence for each row that could not be read. */
  unreadable: readonly string[];
}

/**
 * The pages of one album, in order, and where they end. Numbered pages end at two in a row without
 * photos, or at one with the same photos as the page before it (some sites repeat their last page).
 * Linked pages end with the links, windows of time with the last one, whatever they show. Others also end when more in a row have shown nothing new than
 * have shown something new: they go round in circles. Photos added during the walk shift the others
 * by fewer pages than were read.
 */
export class PageSequence {
  /** All that was shown beside photos. */
  readonly #seen = new Set<string>();
  #previous = '';
  #emptyPages = 0;
  #withNews = 0;
  #withoutNews = 0;
  #showsNews = false;
  #gap: Doubt | undefined;

  /** @param order how the pages of the album follow each other */
  constructor(private readonly order: PageOrder) {}

  get #isNumbered(): boolean {
    return this.order === 'numbers';
  }

  /**
   * Adds a page.
   *
   * @param number the page's number in the album, from 1
   * @param hasNewPhotos whether it shows a photo that no page of the album before it showed
   * @returns whether the album's pages end with it
   */
  addPage(
    number: number,
    { keys, others, rows, unreadable }: SequencePage,
    hasNewPhotos: boolean,
  ): boolean {
    this.#gap = undefined;
    this.#showsNews = false;
    if (rows === 0) {
      this.#emptyPages += 1;
      return this.#isNumbered && this.#emptyPages === emptyPagesToEnd;
    }
    const page = JSON.stringify([keys, others, unreadable]);
    if (this.#isNumbered && page === this.#previous) return true;
    if (this.#isNumbered && this.#emptyPages > 0) {
      this.#gap = {
        sign: `Page ${number - 1} shows no photo, although page ${number} does`,
        remedy: 'Open that page with a browser: if it has photos, the profile does not fit it.',
      };
    }
    this.#emptyPages = 0;
    this.#previous = page;
    this.#showsNews = this.#hasNews([...others, ...unreadable]) || hasNewPhotos;
    if (this.#showsNews) {
      if (this.#isNumbered && this.#withoutNews > 0) {
        this.#gap ??= {
          sign: `Page ${number - 1} shows nothing but photos of pages before it, although page ${number} shows others`,
          remedy:
            'Open that page with a browser: if it has others too, run the same command again.',
        };
      }
      this.#withNews += 1;
      this.#withoutNews = 0;
    } else {
      this.#withoutNews += 1;
    }
    return this.order !== 'windows' && this.#withoutNews > this.#withNews;
  }

  /** Whether the page added last shows what no page before it showed. */
  get showsNews(): boolean {
    return this.#showsNews;
  }

  /** A sign of missing photos at the page added last, or undefined. */
  get gap(): Doubt | undefined {
    return this.#gap;
  }

  #hasNews(shown: readonly string[]): boolean {
    const before = this.#seen.size;
    for (const one of shown) this.#seen.add(one);
    return this.#seen.size > before;
  }
}
