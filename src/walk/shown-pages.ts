import { createHash } from 'node:crypto';
import type { WalkedPage, WalkPlace } from './album-walks.js';

interface ShownPage {
  /** All of its place but the walk: what is kept of a page says where it stands. */
  place: string;
  digest: string;
  shown: WalkedPage;
}

/**
 * What the listing pages of a run have shown, page for page as the album keeps them. A page that
 * comes again in a later walk, the same to the letter at the same place, shows the same: it need not
 * be read and kept again.
 */
export class ShownPages {
  /** By the page's number within its walk, as in the album. */
  readonly #pages = new Map<number, ShownPage>();

  /** What the page showed when it came last, with this very text; undefined where it did not. */
  find(place: WalkPlace, text: string): WalkedPage | undefined {
    const page = this.#pages.get(place.page);
    const isSame = page?.place === placeOf(place) && page.digest === digestOf(text);
    return isSame ? page.shown : undefined;
  }

  /** Notes what a page has shown, in place of what stood there before. */
  note(place: WalkPlace, text: string, shown: WalkedPage): void {
    this.#pages.set(place.page, { place: placeOf(place), digest: digestOf(text), shown });
  }

  /** Forgets the pages behind the last one of a walk, which the album forgets too. */
  forgetBehind(lastPage: number): void {
    for (const page of this.#pages.keys()) if (page > lastPage) this.#pages.delete(page);
  }
}

function placeOf({ walk: _walk, ...place }: WalkPlace): string {
  return JSON.stringify(Object.entries(place).sort());
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
