import { createHash } from 'node:crypto';
import type { WalkedPage, WalkPlace } from './walks.js';

interface ShownPage {
  digest: string;
  shown: WalkedPage;
}

/**
 * What the listing pages of a run have shown. A page that comes again in a later walk, the same to
 * the letter at the same place, shows the same: it need not be read and kept again.
 */
export class ShownPages {
  readonly #pages = new Map<string, ShownPage>();

  /** What the page showed when it came with this very text; undefined where it did not. */
  find(place: WalkPlace, text: string): WalkedPage | undefined {
    const page = this.#pages.get(keyOf(place));
    return page?.digest === digestOf(text) ? page.shown : undefined;
  }

  /** Notes what a page has shown, in place of what it showed before. */
  note(place: WalkPlace, text: string, shown: WalkedPage): void {
    this.#pages.set(keyOf(place), { digest: digestOf(text), shown });
  }
}

/** All of a place but the walk: what is kept of a page says where it stands. */
function keyOf({ walk: _walk, ...place }: WalkPlace): string {
  return JSON.stringify(Object.entries(place).sort());
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
