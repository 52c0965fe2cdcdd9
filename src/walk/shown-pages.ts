import { createHash } from 'node:crypto';
import type { WalkPlace } from './walk-place.js';
import type { WalkedPage } from './walked-page.js';

interface ShownPage {
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
  readonly #places = new Map<number, WalkPlace>();

  /** Notes where a page is being read: its photos may be looked up there before all is stored. */
  begin(place: WalkPlace): void {
    this.#places.set(place.page, place);
  }

  /** What the page showed the last time, if its text was the same; else undefined. */
  find(place: WalkPlace, text: string): WalkedPage | undefined {
    const page = this.#pages.get(place.page);
    return page?.digest === digestOf(place, text) ? page.shown : undefined;
  }

  /** Notes what a page has shown, in place of what it showed before. */
  note(place: WalkPlace, text: string, shown: WalkedPage): void {
    this.#pages.set(place.page, { digest: digestOf(place, text), shown });
  }

  /** Where the page of that number within its walk was read, or undefined where there is none. */
  placeOf(page: number): WalkPlace | undefined {
    return this.#places.get(page);
  }

  /** Forgets the pages after the last one of a walk, as the album does. */
  forgetAfter(lastPage: number): void {
    for (const pages of [this.#pages, this.#places]) {
      for (const page of pages.keys()) if (page > lastPage) pages.delete(page);
    }
  }
}

/** Covers the place too, since that is stored with the page's photos, but not the walk. */
function digestOf({ walk: _walk, ...place }: WalkPlace, text: string): string {
  const placeText = JSON.stringify(Object.entries(place).sort());
  return createHash('sha256').update(placeText).update(text).digest('base64');
}
