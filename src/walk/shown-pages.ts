import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { WalkedPage, WalkPlace } from './album-walks.js';

interface ShownPage {
  place: WalkPlace;
  digest: string;
  shown: WalkedPage;
}

/**
 * What the listing pages of a run have shown, by page. A page that comes again in a later walk with
 * the same text at the same place need not be read and stored again.
 */
export class ShownPages {
  /** By the page's number within its walk, as in the album. */
  readonly #pages = new Map<number, ShownPage>();

  /** What the page showed the last time, if its text was the same; else undefined. */
  find(place: WalkPlace, text: string): WalkedPage | undefined {
    const page = this.#pages.get(place.page);
    if (page === undefined || !isSamePlace(page.place, place)) return undefined;
    return page.digest === digestOf(text) ? page.shown : undefined;
  }

  /** Notes what a page has shown, in place of what it showed before. */
  note(place: WalkPlace, text: string, shown: WalkedPage): void {
    this.#pages.set(place.page, { place, digest: digestOf(text), shown });
  }

  /** Where the page of that number within its walk was read, or undefined where there is none. */
  placeOf(page: number): WalkPlace | undefined {
    return this.#pages.get(page)?.place;
  }

  /** Forgets the pages after the last one of a walk, as the album does. */
  forgetAfter(lastPage: number): void {
    for (const page of this.#pages.keys()) if (page > lastPage) this.#pages.delete(page);
  }
}

/** Whether two places are the same but for the walk: the place is what is stored with the photos. */
function isSamePlace(one: WalkPlace, other: WalkPlace): boolean {
  return isDeepStrictEqual({ ...one, walk: 0 }, { ...other, walk: 0 });
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
