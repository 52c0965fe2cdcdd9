import { createHash } from 'node:crypto';
import type { Page } from '../page/page.js';
import type { WalkPlace } from './walk-place.js';
import type { WalkedPage } from './walked-page.js';

/** What a page is the same by: all that is read off it, and whether it came signed in, follows from that. */
type ServedPage = Pick<Page, 'url' | 'status' | 'text'>;

interface ShownPage {
  digest: string;
  shown: WalkedPage;
}

/**
 * What the listing pages of a run have shown, by page. A page that comes again to the letter in a
 * later walk, at the same place and from the same address, need not be read and stored again.
 */
export class ShownPages {
  /** By the page's number within its walk, as in the album. */
  readonly #pages = new Map<number, ShownPage>();
  readonly #places = new Map<number, WalkPlace>();

  /** Notes where a page is being read: its photos may be looked up there before all is stored. */
  begin(place: WalkPlace): void {
    this.#places.set(place.page, place);
  }

  /** What the page showed the last time, if it was the same; else undefined. */
  find(place: WalkPlace, served: ServedPage): WalkedPage | undefined {
    const page = this.#pages.get(place.page);
    return page?.digest === digestOf(place, served) ? page.shown : undefined;
  }

  /** Notes what a page has shown, in place of what it showed before. */
  note(place: WalkPlace, served: ServedPage, shown: WalkedPage): void {
    this.#pages.set(place.page, { digest: digestOf(place, served), shown });
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
function digestOf({ walk: _walk, ...place }: WalkPlace, { url, status, text }: ServedPage): string {
  const placeText = JSON.stringify([...Object.entries(place).sort(), url, status]);
  return createHash('sha256').update(placeText).update(text).digest('base64');
}
