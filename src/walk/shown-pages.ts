import { createHash } from 'node:crypto';
import type { WalkPlace } from './walk-place.js';
import type { WalkedPage } from './walked-page.js';

interface ShownPage {
  /** Its place without the walk, since that is what is stored with its photos. */
  place: string;
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
    const isSame = page?.place === placeOf(place) && page.digest === digestOf(text);
    return isSame ? page.shown : undefined;
  }

  /** Notes what a page has shown, in place of what it showed before. */
  note(place: WalkPlace, text: string, shown: WalkedPage): void {
    this.#pages.set(place.page, { place: placeOf(place), digest: digestOf(text), shown });
  }

  /** Forgets the pages after the last one of a walk, as the album does. */
  forgetAfter(lastPage: number): void {
    for (const page of this.#pages.keys()) if (page > lastPage) this.#pages.delete(page);
  }
}

function placeOf({ walk: _walk, ...place }: WalkPlace): string {
  return JSON.stringify(Object.entries(place).sort());
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
