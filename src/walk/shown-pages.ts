import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Album } from '../album/album.js';
import type { ListedPhoto } from '../album/photo.js';
import { holdsMark } from '../album/secrets.js';
import { buildId } from '../build-id.js';
import type { Page } from '../page/page.js';
import type { WalkPlace } from './walk-place.js';
import type { WalkedPage } from './walked-page.js';

/** What a page is the same by: all that is read off it, and whether it came signed in, follows from that. */
type ServedPage = Pick<Page, 'url' | 'status' | 'text' | 'type' | 'linkHeader'>;

/** A page that came again to the letter. */
interface ShownAgain {
  shown: WalkedPage;
  /** How many of its photos were saved before the run; 0 where it was shown in this run already. */
  savedBefore: number;
}

/**
 * What the listing pages of an album have shown, by page. A page that comes again to the letter, at the
 * same place and from the same address, need not be read and stored again: in a later walk, and in a
 * later run where all its photos are saved.
 */
export class ShownPages {
  /** Pages that were noted in this run, or found as an earlier run noted them. */
  readonly #ofThisRun = new Set<number>();
  /** As JSON, since pages are many. */
  readonly #places = new Map<number, string>();
  /** The rules and the program that pages are read by. */
  readonly #readBy: string;

  /**
   * @param run the run's name
   * @param rules what pages are read by: the profile
   * @param isTimeless whether what they find does not depend on today's date, as the next window of time does
   */
  constructor(
    private readonly album: Album,
    private readonly run: string,
    rules: object,
    private readonly isTimeless: boolean,
  ) {
    this.#readBy = createHash('sha256').update(JSON.stringify(rules)).digest('base64') + buildId;
  }

  /** Notes where a page is being read: its photos may be looked up there before all is stored. */
  begin(place: WalkPlace): void {
    this.#places.set(place.page, JSON.stringify(place));
  }

  /** What the page showed the last time, if it was the same; else undefined. */
  async find(place: WalkPlace, served: ServedPage): Promise<ShownAgain | undefined> {
    const { page } = place;
    const reading = this.album.listing.reading(page);
    if (reading?.digest !== this.#digestOf(place, served)) return undefined;
    const shown = decompressed(reading.shown);
    if (this.#ofThisRun.has(page)) return { shown, savedBefore: 0 };
    const { lasts, snapshot } = reading;
    const { listed, saved, savedBefore } = this.album.listing.counts(page, this.run);
    if (!lasts || saved < listed) return undefined;
    if (snapshot !== undefined && !(await this.album.listing.isKept(page, snapshot)))
      return undefined;
    this.begin(place);
    this.#ofThisRun.add(page);
    return { shown, savedBefore };
  }

  /**
   * Stores what a page has shown, in place of what it showed before.
   *
   * @param photos what it lists
   * @param snapshot SHA-256 of the page as it is kept, or undefined where it is not
   */
  async note(
    place: WalkPlace,
    served: ServedPage,
    shown: WalkedPage,
    photos: readonly ListedPhoto[],
    snapshot: string | undefined,
  ): Promise<void> {
    const json = JSON.stringify(shown);
    await this.album.listing.setReading(place.page, {
      digest: this.#digestOf(place, served),
      shown: deflateRawSync(json),
      snapshot,
      // A later run cannot tell what a mark stands for.
      lasts: this.isTimeless && !holdsMark(json) && !holdsMark(JSON.stringify(photos)),
    });
    this.#ofThisRun.add(place.page);
  }

  /** Where the page of that number within its walk was read, or undefined where there is none. */
  placeOf(page: number): WalkPlace | undefined {
    const place = this.#places.get(page);
    return place === undefined ? undefined : JSON.parse(place);
  }

  /** Forgets the pages after the last one of a walk, as the album does. */
  forgetAfter(lastPage: number): void {
    for (const pages of [this.#ofThisRun, this.#places]) {
      for (const page of pages.keys()) if (page > lastPage) pages.delete(page);
    }
  }

  /** Covers the place too, since that is stored with the page's photos, but not the walk. */
  #digestOf({ walk: _walk, ...place }: WalkPlace, served: ServedPage): string {
    const { url, status, text, type, linkHeader = '' } = served;
    const readAs = [...Object.entries(place).sort(), url, status, type, linkHeader, this.#readBy];
    return createHash('sha256').update(JSON.stringify(readAs)).update(text).digest('base64');
  }
}

function decompressed(shown: Buffer): WalkedPage {
  return JSON.parse(inflateRawSync(shown).toString());
}
